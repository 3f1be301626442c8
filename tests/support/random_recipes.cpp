#include "tests/support/random_recipes.h"

#include "core/schedule/step_form.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
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
  const std::vector<std::string> loops = nest(schedule, static_cast<std::size_t>(between(1, 3))); // for kinds that take a list
  const bool withOptional = between(0, 2) == 0;
  std::string text;
  for (const FormItem& item : parseForm(kind)) {
    if (item.isOptional && !withOptional)
      continue;
    const auto append = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
    const auto is = [&](StepParameter::Kind wanted) { return item.parameter != nullptr && item.parameter->kind == wanted; };
    if (is(StepParameter::Kind::Matrix))
      append(matrix(loops.size()));
    else if (is(StepParameter::Kind::Loops))
      append(fmt::format("{}", fmt::join(loops, " ")));
    else
      for (std::size_t word = 0; word < (is(StepParameter::Kind::Integers) || is(StepParameter::Kind::NewNames) ? loops.size() : 1); ++word)
        append(item.parameter == nullptr ? item.text : this->word(schedule, *item.parameter));
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

std::vector<std::string> RandomRecipes::nest(const Schedule& schedule, std::size_t count) {
  std::vector<std::string> names;
  TreePtr loop = pathToLoop(schedule.tree(), pick(loopNames(schedule.tree()))).back();
  for (; loop->isLoop() && names.size() < count; loop = loop->children.front())
    names.push_back(loop->name);
  return names;
}

std::string RandomRecipes::matrix(std::size_t size) {
  std::vector<std::vector<int>> rows(size, std::vector<int>(size, 0));
  for (std::size_t r = 0; r < size; ++r)
    rows[r][r] = between(0, 3) == 0 ? -1 : 1;
  if (between(0, 9) == 0)
    rows.front().front() = 2;
  std::ranges::shuffle(rows, engine_);
  for (int addition = between(0, 2); addition > 0 && size > 1; --addition) {
    const auto row = static_cast<std::size_t>(between(1, static_cast<int>(size) - 1));
    const int factor = between(0, 1) == 0 ? 1 : -1;
    for (std::size_t c = 0; c < size; ++c)
      rows[row][c] += factor * rows[row - 1][c];
    std::ranges::shuffle(rows, engine_);
  }
  std::vector<std::string> lines;
  for (const std::vector<int>& row : rows)
    lines.push_back(fmt::format("{}", fmt::join(row, " ")));
  return fmt::format("{}", fmt::join(lines, "; "));
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
