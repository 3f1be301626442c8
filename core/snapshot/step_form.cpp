#include "core/snapshot/step_form.h"

#include "core/schedule/catalogue.h"
#include "core/schedule/manual.h"

namespace polyloom {

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
      form.parameters.push_back({std::string(parameter.name), parameter.kind, std::string(parameter.help),
                                 parameter.minimum, parameter.maximum, std::string(parameter.initial),
                                 {parameter.choices.begin(), parameter.choices.end()}, parameter.place});
    forms.push_back(std::move(form));
  }
  return forms;
}

} // namespace polyloom
