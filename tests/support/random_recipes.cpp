#include "tests/support/random_recipes.h"

#include "core/schedule/step_form.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace polyloom::test {

Schedule RandomRecipes::draw(const ScopPtr& scop) {
  Schedule schedule = Schedule::original(scop);
  const auto wanted = static_cast<std::size_t>(between(1, 4));
  for (int attempt = 0; attempt < 200 && schedule.recipe().size() < wanted; ++attempt) {
    const Result<Step> step = parseStep(line(schedule));
    if (!step)
      throw std::logic_error(toText(step.error()));
    if (const Result<Schedule> next = apply(schedule, *step)) {
      schedule = *next;
      ++applied_[step->kind];
    }
  }
  return schedule;
}

std::string RandomRecipes::line(const Schedule& schedule) {
  const auto count = static_cast<int>(catalogue().size());
  const StepKind& kind = catalogue()[static_cast<std::size_t>(between(0, count - 1))];
  const std::vector<std::string> loops = nest(schedule, static_cast<std::size_t>(between(1, 3))); // for kinds that take a list
  std::string text;
  for (const FormItem& item : parseForm(kind)) {
    if (item.isOptional)
      continue;
    const auto append = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
    const auto is = [&](StepParameter::Kind wanted) { return item.parameter != nullptr && item.parameter->kind == wanted; };
    if (is(StepParameter::Kind::Matrix))
      append(matrix(loops.size()));
    else if (is(StepParameter::Kind::Loops))
      append(fmt::format("{}", fmt::join(loops, " ")));
    else
      for (std::size_t word = 0; word < (is(StepParameter::Kind::Integers) ? loops.size() : 1); ++word)
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
  case Kind::Array: {
    std::vector<std::string> arrays;
    std::vector<std::string> own; // half of the time: few others can be expanded or contracted
    for (const Array& array : schedule.program().arrays) {
      arrays.push_back(array.name);
      if (array.isLocal)
        own.push_back(array.name);
    }
    return pick(own.empty() || between(0, 1) == 0 ? arrays : own);
  }
  case Kind::Affine: return pick({"-2", "-1", "1", "2", "3"});
  case Kind::Integer:
  case Kind::Integers:
  case Kind::Factor: return parameter.minimum < 0 ? pick({"-1", "1", "2"}) : std::to_string(between(2, 4));
  default: return pick(loopNames(schedule.tree()));
  }
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
