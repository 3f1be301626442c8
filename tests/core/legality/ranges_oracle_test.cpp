// Legal ranges against the verdict of every value in a window.
#include "core/legality/ranges.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>

namespace polyloom::test {
namespace {

using Verdict = LegalityReport::Verdict;

Verdict verdictAt(const ScopPtr& scop, const Dependences& dependences, const RangeQuestion& question, std::int64_t value) {
  std::vector<Step> steps = question.before;
  steps.push_back(question.open.with(value));
  steps.insert(steps.end(), question.after.begin(), question.after.end());
  return checkLegality(replay(scop, steps).schedule, dependences).verdict;
}

bool contains(const LegalRange& range, std::int64_t value) {
  return !range.isEmpty && value >= range.values.minimum.value_or(value) && value <= range.values.maximum.value_or(value);
}

TEST(LegalRangeProperty, AgreesWithJudgingEveryValue) {
  RandomRecipes recipes(8'091);
  int asked = 0, bounded = 0;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Dependences dependences = computeDependences(*scop);
    for (int r = 0; r < 24; ++r) {
      const Schedule drawn = recipes.draw(scop);
      if (!drawn.hasSourceStorage())
        continue; // thirteen verdicts on changed storage take too long here
      const std::vector<Step> steps = drawn.recipe();
      const auto moves = [](const Step& step) {
        return step.kind == "skew" || (step.kind == "shift" && step.word("amount").find_first_not_of("-0123456789") ==
                                                                   std::string::npos);
      };
      const auto found = std::ranges::find_if(steps, moves);
      if (found == steps.end())
        continue;
      const std::string line = found->kind == "skew"
                                   ? fmt::format("skew {} by ? {}", found->word("loop"), found->word("along"))
                                   : fmt::format("shift {} {} by ?", found->word("statement"), found->word("loop"));
      const RangeQuestion asking = questionOf(steps, *parseOpenStep(line));
      SCOPED_TRACE(program.name + ": " + toText(Recipe{.steps = steps}) + "asked: " + line);
      const auto range = legalRange(scop, dependences, asking);
      if (!range)
        continue; // some value is refused by a later step
      ++asked;
      bounded += range->values.minimum || range->values.maximum ? 1 : 0;
      for (std::int64_t value = -6; value <= 6; ++value)
        EXPECT_EQ(verdictAt(scop, dependences, asking, value) == Verdict::Legal, contains(*range, value)) << value;
    }
  }
  EXPECT_GE(asked, 20);
  EXPECT_GE(bounded, 3);
}

} // namespace
} // namespace polyloom::test
