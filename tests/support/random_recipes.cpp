#include "tests/support/random_recipes.h"

#include "core/schedule/catalogue.h"
#include "core/schedule/tree_edit.h"

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
  const std::vector<std::string> loops = loopNames(schedule.tree());
  std::vector<std::string> statements;
  for (const Statement& statement : schedule.program().statements)
    statements.push_back(statement.name);
  const auto loop = [&] { return pick(loops); };
  const auto size = [&] { return std::to_string(between(2, 4)); };
  const std::string kind(catalogue()[static_cast<std::size_t>(between(0, static_cast<int>(catalogue().size()) - 1))].name);
  if (kind == "interchange" || kind == "fuse")
    return kind + " " + loop() + " " + loop();
  if (kind == "shift")
    return "shift " + pick(statements) + " " + loop() + " by " + pick({"-2", "-1", "1", "2", "3"});
  if (kind == "skew")
    return "skew " + loop() + " by " + pick({"-1", "1", "2"}) + " " + loop();
  if (kind == "tile" && between(0, 1) == 0)
    return "tile " + loop() + " " + loop() + " by " + size() + " " + size();
  if (kind == "tile" || kind == "vectorize" || kind == "unroll")
    return kind + " " + loop() + " by " + size();
  return kind + " " + loop();
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
