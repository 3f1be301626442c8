// Legal ranges against the verdict of every value in a window.
#include "core/legality/ranges.h"
#include "core/generate/random_recipe.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/schedule.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>

namespace polyloom::test {
namespace {

using Verdict = LegalityReport::Verdict;

bool contains(const LegalRange& range, std::int64_t value) {
  return !range.isEmpty && value >= range.values.minimum.value_or(value) && value <= range.values.maximum.value_or(value);
}

/// A skew, or a shift by a number.
bool moves(const Step& step) {
  return step.kind == "skew" ||
         (step.kind == "shift" && step.word("amount").find_first_not_of("-0123456789") == std::string::npos);
}

/// The recipe's first such step with its number left open; nothing where it has none.
std::optional<RangeQuestion> questionIn(const std::vector<Step>& steps) {
  const auto found = std::ranges::find_if(steps, moves);
  if (found == steps.end())
    return std::nullopt;
  const std::string line = found->kind == "skew"
                               ? fmt::format("skew {} by ? {}", found->word("loop"), found->word("along"))
                               : fmt::format("shift {} {} by ?", found->word("statement"), found->word("loop"));
  return questionOf(steps, *parseOpenStep(line));
}

/// The questions of one program, compared with the verdict of every value.
class RangeComparison {
public:
  explicit RangeComparison(const ScopPtr& scop) : scop_(scop), dependences_(computeDependences(*scop)) {}

  void ask(const std::vector<Step>& steps, const RangeQuestion& question, std::int64_t most) {
    SCOPED_TRACE(toText(Recipe{.steps = steps}) + "asked: " + toText(question.open.step));
    const auto range = legalRange(scop_, dependences_, question);
    if (!range)
      return; // some value is refused by a later step
    ++asked_;
    bounded_ += range->values.minimum || range->values.maximum ? 1 : 0;
    const Schedule before = replay(scop_, question.before).schedule;
    for (std::int64_t value = -most; value <= most; ++value) {
      std::vector<Step> rest = {question.open.with(value)};
      rest.insert(rest.end(), question.after.begin(), question.after.end());
      EXPECT_EQ(checkLegality(replay(before, rest).schedule, dependences_).verdict == Verdict::Legal,
                contains(*range, value))
          << value;
    }
  }

  int asked() const { return asked_; }
  int bounded() const { return bounded_; }

private:
  ScopPtr scop_;
  Dependences dependences_;
  int asked_ = 0, bounded_ = 0;
};

TEST(LegalRangeProperty, AgreesWithJudgingEveryValue) {
  RandomRecipes recipes(8'091);
  int asked = 0, bounded = 0;
  for (const NamedProgram& program : namedPrograms()) {
    SCOPED_TRACE(program.name);
    const ScopPtr scop = named(program.name);
    RangeComparison comparison(scop);
    for (int r = 0; r < 24; ++r) {
      const Schedule drawn = recipes.draw(scop);
      const std::optional<RangeQuestion> question = questionIn(drawn.recipe());
      if (drawn.hasSourceStorage() && question) // else below
        comparison.ask(drawn.recipe(), *question, 6);
    }
    asked += comparison.asked();
    bounded += comparison.bounded();
  }
  EXPECT_GE(asked, 20);
  EXPECT_GE(bounded, 3);
}

/// A recipe that changes storage, and then a step to ask about. A buffer that comes after the asked step would have to be
/// made and judged anew for each value.
std::optional<Schedule> withLastMove(const Schedule& schedule, Random& random) {
  for (int attempt = 0; attempt < 8; ++attempt) {
    const Result<Step> step = parseStep(randomStep(schedule, *findStepKind(attempt % 2 == 0 ? "shift" : "skew"), random));
    if (!step || !moves(*step))
      continue;
    if (const Result<Schedule> next = apply(schedule, *step))
      return *next;
  }
  return std::nullopt;
}

TEST(LegalRangeProperty, HoldsAfterChangesOfStorage) {
  RandomRecipes recipes(8'093, 1, 3);
  Random random(17);
  int asked = 0, bounded = 0;
  for (const NamedProgram& program : namedPrograms()) {
    SCOPED_TRACE(program.name);
    const ScopPtr scop = named(program.name);
    RangeComparison comparison(scop);
    for (int r = 0; r < 16; ++r) {
      const Schedule drawn = recipes.draw(scop);
      if (drawn.hasSourceStorage() || std::ranges::any_of(drawn.recipe(), moves))
        continue;
      if (const std::optional<Schedule> moved = withLastMove(drawn, random))
        comparison.ask(moved->recipe(), *questionIn(moved->recipe()), 3);
    }
    asked += comparison.asked();
    bounded += comparison.bounded();
  }
  EXPECT_GE(asked, 20);
  EXPECT_GE(bounded, 3);
}

} // namespace
} // namespace polyloom::test
