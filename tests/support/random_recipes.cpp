#include "tests/support/random_recipes.h"

#include "core/schedule/step_form.h"
#include "core/schedule/tree_edit.h"

#include <stdexcept>
#include <utility>

namespace polyloom::test {

Schedule RandomRecipes::draw(const ScopPtr& scop) {
  constexpr int kLinesPerKind = 12; // some kinds fit few places
  Schedule schedule = Schedule::original(scop);
  const auto wanted = static_cast<std::size_t>(between(1, 5));
  for (int attempt = 0; attempt < 40 && schedule.recipe().size() < wanted; ++attempt) {
    const StepKind& kind = catalogue()[static_cast<std::size_t>(between(0, static_cast<int>(catalogue().size()) - 1))];
    for (int line = 0; line < kLinesPerKind; ++line)
      if (const std::optional<Schedule> next = tryLine(schedule, kind)) {
        schedule = *next;
        ++applied_[std::string(kind.name)];
        break;
      }
  }
  return schedule;
}

std::optional<Schedule> RandomRecipes::tryLine(const Schedule& schedule, const StepKind& kind) {
  const Result<Step> step = parseStep(line(schedule, kind));
  if (!step)
    throw std::logic_error(toText(step.error()));
  Result<Schedule> next = apply(schedule, *step);
  return next ? std::optional(std::move(*next)) : std::nullopt;
}

std::string RandomRecipes::line(const Schedule& schedule, const StepKind& kind) {
  const std::size_t loops = between(0, 1) == 0 ? 1 : 2; // for the kinds that take a list
  const bool withOptional = between(0, 2) == 0;
  std::string text;
  for (const FormItem& item : parseForm(kind)) {
    if (item.isOptional && !withOptional)
      continue;
    const bool isList = item.parameter != nullptr && (item.parameter->kind == StepParameter::Kind::Loops ||
                                                      item.parameter->kind == StepParameter::Kind::NewNames ||
                                                      item.parameter->kind == StepParameter::Kind::Integers);
    for (std::size_t word = 0; word < (isList ? loops : 1); ++word)
      text += (text.empty() ? "" : " ") + (item.parameter == nullptr ? item.text : this->word(schedule, *item.parameter));
  }
  return text;
}

std::string RandomRecipes::word(const Schedule& schedule, const StepParameter& parameter) {
  using Kind = StepParameter::Kind;
  switch (parameter.kind) {
  case Kind::Statement: {
    std::vector<std::string> statements;
    for (const Statement& statement : schedule.program().statements)
      statements.push_back(statement.name);
    return pick(statements);
  }
  case Kind::Affine: return amount(schedule);
  case Kind::Choice: return pick({parameter.choices.begin(), parameter.choices.end()});
  case Kind::NewNames: return pick({"u", "v", "w"});
  case Kind::Integer: return parameter.minimum < 0 ? pick({"-1", "1", "2"}) : std::to_string(between(parameter.minimum > 1 ? 2 : 1, 4));
  case Kind::Integers:
  case Kind::Factor: return std::to_string(between(2, 4));
  default: return pick(loopNames(schedule.tree()));
  }
}

std::string RandomRecipes::amount(const Schedule& schedule) {
  const std::string number = pick({"-2", "-1", "1", "2", "3"});
  const int kind = between(0, 3);
  if (kind < 2)
    return number;
  const std::vector<Parameter>& parameters = schedule.program().parameters;
  if (kind == 2 && !parameters.empty())
    return pick({"", "-"}) + parameters[static_cast<std::size_t>(between(0, static_cast<int>(parameters.size()) - 1))].name + "-1";
  return pick({"", "-", "2*"}) + pick(loopNames(schedule.tree())) + (number.front() == '-' ? "" : "+") + number;
}

std::string RandomRecipes::pick(const std::vector<std::string>& words) {
  return words[static_cast<std::size_t>(between(0, static_cast<int>(words.size()) - 1))];
}

std::string recipeText(const Schedule& schedule) {
  std::string text;
  for (const Step& step : schedule.recipe())
    text += (text.empty() ? "" : "; ") + polyloom::toText(step);
  return text;
}

} // namespace polyloom::test
