#include "core/legality/ranges.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

RangeQuestion question(const std::string& recipe, const std::string& line) {
  return questionOf(parseRecipe(recipe)->steps, *parseOpenStep(line));
}

LegalRange rangeOf(const ScopPtr& scop, const std::string& recipe, const std::string& line) {
  return legalRange(scop, computeDependences(*scop), question(recipe, line)).value();
}

std::string textOf(const LegalRange& range) { return range.isEmpty ? "none" : toText(range.values); }

std::string refusalOf(const std::string& line) { return parseOpenStep(line).error().message; }

TEST(IntegerRanges, AreWrittenWithTheirOpenEnds) {
  EXPECT_EQ(toText(IntegerRange{}), "any");
  EXPECT_EQ(toText(IntegerRange{2, {}}), "at least 2");
  EXPECT_EQ(toText(IntegerRange{{}, -1}), "at most -1");
  EXPECT_EQ(toText(IntegerRange{1, 5}), "1 … 5");
  EXPECT_EQ(toText(IntegerRange{3, 3}), "3");
}

TEST(OpenSteps, KnowTheirOpenNumber) {
  const OpenStep skew = *parseOpenStep("skew j by ? i");
  EXPECT_EQ(skew.parameter, "factor");
  EXPECT_EQ(toText(skew.with(-7)), "skew j by -7 i");
  EXPECT_EQ(toText(parseOpenStep("tile i j by ? ?")->with(9)), "tile i j by 9 9");
  EXPECT_EQ(toText(parseOpenStep("tile i j by 32 ?")->with(9)), "tile i j by 32 9");
  EXPECT_EQ(toText(parseOpenStep("shift S0 i by ?")->with(0)), "shift S0 i by 0");
}

TEST(OpenSteps, RefuseWhatIsNoOpenNumber) {
  EXPECT_EQ(refusalOf("skew j by 1 i"), "\"skew j by 1 i\" leaves no number open; put ? in the number's place, as in "
                                        "\"skew j by ? i\"");
  EXPECT_EQ(refusalOf("shift S0 i by N-?"), "? stands for a whole number; \"shift S0 i by N-?\" has more around it");
  EXPECT_EQ(refusalOf("skew j? by 1 i"), "one number of \"skew j? by 1 i\" can be left open, not loop");
  EXPECT_EQ(refusalOf("skew ? by 1 i"), "expected loop, found \"4\"");
}

TEST(OpenSteps, AskAboutTheRecipesOwnStepWithTheStepsAfterIt) {
  const RangeQuestion own = question("skew i by 1 t\ntile t i by 4 4\n", "skew i by ? t");
  EXPECT_TRUE(own.before.empty());
  EXPECT_EQ(own.after.size(), 1U);
  EXPECT_EQ(own.present, 1);
  const RangeQuestion more = question("skew i by 1 t\n", "skew j by ? t");
  EXPECT_EQ(more.before.size(), 1U);
  EXPECT_FALSE(more.present);
}

TEST(LegalRange, OfAShiftBeforeAFusion) {
  const LegalRange range = rangeOf(named("jacobi-1d"), "shift S1 j by 0\nfuse i j\n", "shift S1 j by ?");
  EXPECT_EQ(range.parameter, "amount");
  EXPECT_EQ(textOf(range), "at least 1");
  EXPECT_EQ(range.sentence,
            "legal from 1 on; with 0, S1[t=0, j=1] overwrites A[1] before S0[t=0, i=2] has read it");
}

TEST(LegalRange, OfAShiftInsideALoop) {
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 3; i < N - 5; i++) {\n"
                                                                  "  B[i] = A[i - 3];\n"
                                                                  "  A[i] = B[i - 2] + 1.0;\n"
                                                                  "}\n");
  EXPECT_EQ(textOf(rangeOf(scop, "", "shift S0 i by ?")), "-2 … 2");
  EXPECT_EQ(textOf(rangeOf(scop, "", "shift S1 i by ?")), "-2 … 2");
  EXPECT_EQ(textOf(rangeOf(scop, "parallel i\n", "shift S1 i by ?")), "none");
}

TEST(LegalRange, EndsFarOut) {
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 50000; i < N; i++) {\n"
                                                                  "  A[i] = 1.0;\n"
                                                                  "  B[i] = A[i - 50000];\n"
                                                                  "}\n");
  EXPECT_EQ(textOf(rangeOf(scop, "", "shift S0 i by ?")), "at most 50000");
  EXPECT_EQ(textOf(rangeOf(scop, "", "shift S1 i by ?")), "at least -50000");
}

TEST(LegalRange, OfASkewBeforeTiling) {
  const LegalRange alone = rangeOf(named("stencil-2d"), "", "skew j by ? i");
  EXPECT_EQ(textOf(alone), "any");
  EXPECT_EQ(alone.tilable, (IntegerRange{1, {}}));
  EXPECT_EQ(alone.sentence, "every factor is legal; no dependence points backwards along j with at least 1");
  EXPECT_EQ(textOf(rangeOf(named("stencil-2d"), "skew j by 0 i\ntile i j by 4 4\n", "skew j by ? i")), "at least 1");
}

TEST(LegalRange, OfTileSizes) {
  EXPECT_EQ(rangeOf(named("stencil-2d"), "skew j by 1 i\n", "tile i j by ? ?").sentence,
            "every size is legal: no dependence points backwards along these loops");
  const LegalRange none = rangeOf(named("stencil-2d"), "", "tile i j by ? 4");
  EXPECT_EQ(textOf(none), "1");
  EXPECT_EQ(none.sentence.substr(0, 23), "legal up to 1; with 2, ");
  const ScopPtr apart = program("int N, double A[N][N]", "for (int i = 5; i < N; i++)\n"
                                                         "  for (int j = 0; j < N - 9; j++)\n"
                                                         "    A[i][j] = A[i - 5][j + 9] + 1.0;\n");
  EXPECT_EQ(textOf(rangeOf(apart, "", "tile i j by ? 8")), "1 … 5");
}

TEST(LegalRange, RefusesWhatTheStepRefuses) {
  const ScopPtr scop = named("gemm");
  const auto range = legalRange(scop, computeDependences(*scop), question("", "skew i by ? j"));
  ASSERT_FALSE(range);
  EXPECT_EQ(range.error().message, "j does not enclose i; a loop is skewed along one around it: interchange i j first");
}

TEST(LegalRange, SaysWhereNoVerdictFits) {
  const ScopPtr scop = named("gemm");
  const auto range = legalRange(scop, computeDependences(*scop), question("", "skew j by ? i"), {.maxOperations = 1});
  ASSERT_FALSE(range);
  EXPECT_EQ(range.error().message, "the question needs more work than a verdict may cost");
}

} // namespace
} // namespace polyloom::test
