#include "core/snapshot/step_form.h"

#include "core/base/check.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/manual.h"

namespace polyloom {

namespace {

StepFormInfo::Parameter::Kind kindOf(StepParameter::Kind kind) {
  using To = StepFormInfo::Parameter::Kind;
  switch (kind) {
  case StepParameter::Kind::Loop: return To::Loop;
  case StepParameter::Kind::Loops: return To::Loops;
  case StepParameter::Kind::Statement: return To::Statement;
  case StepParameter::Kind::Integer: return To::Integer;
  case StepParameter::Kind::Integers: return To::Integers;
  case StepParameter::Kind::Affine: return To::Affine;
  case StepParameter::Kind::Factor: return To::Factor;
  case StepParameter::Kind::NewNames: return To::NewNames;
  case StepParameter::Kind::Array: return To::Array;
  case StepParameter::Kind::Choice: return To::Choice;
  case StepParameter::Kind::Matrix: return To::Matrix;
  case StepParameter::Kind::Layout: return To::Layout;
  case StepParameter::Kind::Text: return To::Text;
  }
  throw InternalError("an unknown kind of step parameter");
}

StepFormInfo::Parameter::Place placeOf(StepParameter::Place place) {
  using To = StepFormInfo::Parameter::Place;
  switch (place) {
  case StepParameter::Place::Anywhere: return To::Anywhere;
  case StepParameter::Place::Around: return To::Around;
  case StepParameter::Place::Inside: return To::Inside;
  case StepParameter::Place::After: return To::After;
  }
  throw InternalError("an unknown place of a step's loop");
}

} // namespace

std::vector<StepFormInfo> makeStepForms() {
  std::vector<StepFormInfo> forms;
  for (const StepKind& kind : catalogue()) {
    StepFormInfo form{.name = std::string(kind.name),
                      .form = std::string(kind.form),
                      .summary = std::string(kind.summary),
                      .help = std::string(kind.help),
                      .before = std::string(kind.before),
                      .after = std::string(kind.after),
                      .page = manualPage(kind)};
    for (const StepParameter& parameter : kind.parameters)
      form.parameters.push_back({std::string(parameter.name), kindOf(parameter.kind), std::string(parameter.help),
                                 parameter.minimum, parameter.maximum, std::string(parameter.initial),
                                 {parameter.choices.begin(), parameter.choices.end()}, placeOf(parameter.place)});
    forms.push_back(std::move(form));
  }
  return forms;
}

} // namespace polyloom
