// Sweeps: what can be swept, the values worth trying, the recipes of the choices.
#include "core/snapshot/make_sweep.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace polyloom::test {
namespace {

using Values = std::vector<std::int64_t>;

std::vector<SweepNumber> numbersOf(const std::string& program, const std::string& recipe, const ParameterValues& values = {}) {
  return makeSweepNumbers(named(program), *parseRecipe(recipe), values);
}

TEST(CountCandidates, ArePowersOfTwoAndTheHalfWaysWithinTheLoop) {
  EXPECT_EQ(countCandidates(1, 1'000'000, 100, 32, false), (Values{4, 6, 8, 12, 16, 24, 32, 48, 64, 96}));
  EXPECT_EQ(countCandidates(1, 1'000'000, 100, 32, true), (Values{4, 8, 16, 32, 64}));
}

TEST(CountCandidates, KeepThePresentValueWhateverItIs) {
  EXPECT_EQ(countCandidates(1, 1'000'000, 10, 50, true), (Values{1, 2, 4, 8, 50}));
}

TEST(CountCandidates, StayWithinWhatTheFormAllows) {
  EXPECT_EQ(countCandidates(2, 16, 1000, 4, false), (Values{2, 3, 4, 6, 8, 12, 16}));
  EXPECT_EQ(countCandidates(2, 64, 5, 4, false), (Values{2, 3, 4}));
}

TEST(CountCandidates, OfAnEndlessLoopEnd) {
  EXPECT_EQ(countCandidates(1, 1'000'000, std::nullopt, 32, true).back(), 1024);
}

TEST(SweepNumbers, AreAllNumbersOfARecipeWithTheirPlaces) {
  const auto numbers = numbersOf("gemm", "tile i j by 8 16\nunroll k by 4\nparallel it\n", {{"N", 40}});
  ASSERT_EQ(numbers.size(), 3U);
  EXPECT_EQ(numbers[0].place, (SweepPlace{0, "sizes", 0}));
  EXPECT_EQ(numbers[1].place, (SweepPlace{0, "sizes", 1}));
  EXPECT_EQ(numbers[2].place, (SweepPlace{1, "factor", 0}));
  EXPECT_EQ(numbers[0].open, "tile i j by ? 16");
  EXPECT_EQ(numbers[1].open, "tile i j by 8 ?");
  EXPECT_EQ(numbers[1].loop, "j");
  EXPECT_EQ(numbers[1].value, 16);
  EXPECT_EQ(numbers[0].coarse, (Values{1, 2, 4, 8, 16, 32})) << "N = 40 iterations";
}

TEST(SweepNumbers, CountThePointLoopThatATileHasLeft) {
  const auto numbers = numbersOf("gemm", "tile j by 8\nunroll j by 4\n", {{"N", 1000}});
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_EQ(numbers[1].coarse, (Values{2, 4, 8})) << "a tile has eight iterations";
}

TEST(SweepNumbers, OfAmountsStandAroundThePresentOne) {
  const auto numbers = numbersOf("jacobi-1d", "shift S1 j by 1\nskew i by 2 t\nshift S0 i by N\n");
  ASSERT_EQ(numbers.size(), 2U) << "N is no number";
  EXPECT_FALSE(numbers[0].isCount);
  EXPECT_EQ(numbers[0].candidates, (Values{-3, -2, -1, 0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(numbers[1].open, "skew i by ? t");
}

TEST(SweepNumbers, EndAtTheFirstRefusedStep) {
  EXPECT_EQ(numbersOf("gemm", "tile j by 8\ntile z by 8\ntile k by 8\n").size(), 1U);
}

TEST(SweepPoints, AreTheRecipesOfAllChoicesWithTheLaterSteps) {
  const Recipe recipe = *parseRecipe("tile i j by 8 16\nparallel it\n");
  const auto points = makeSweepPoints(recipe, std::vector<SweepAxis>{{{0, "sizes", 0}, {4, 32}}, {{0, "sizes", 1}, {1, 2, 3}}});
  ASSERT_TRUE(points) << toText(points.error());
  ASSERT_EQ(points->size(), 6U);
  EXPECT_EQ((*points)[1].recipe, "tile i j by 4 2\nparallel it");
  EXPECT_EQ((*points)[5].values, (Values{32, 3}));
  EXPECT_EQ((*points)[5].recipe, "tile i j by 32 3\nparallel it");
}

struct BadAxes {
  const char* code;
  std::vector<SweepAxis> axes;
};

class RefusedAxes : public ::testing::TestWithParam<BadAxes> {};

TEST_P(RefusedAxes, AreRefusedWithAReason) {
  const auto points = makeSweepPoints(*parseRecipe("tile i j by 8 16\nparallel it\nunroll j by full\n"), GetParam().axes);
  ASSERT_FALSE(points);
  EXPECT_EQ(points.error().code, GetParam().code) << points.error().message;
}

INSTANTIATE_TEST_SUITE_P(Axes, RefusedAxes, ::testing::Values(
    BadAxes{"no-number", {}}, BadAxes{"no-number", {{{7, "sizes", 0}, {4}}}}, BadAxes{"no-number", {{{1, "loop", 0}, {4}}}},
    BadAxes{"no-number", {{{0, "sizes", 2}, {4}}}}, BadAxes{"no-number", {{{2, "factor", 0}, {4}}}},
    BadAxes{"no-values", {{{0, "sizes", 0}, {}}}}, BadAxes{"bad-value", {{{0, "sizes", 0}, {4, 0}}}},
    BadAxes{"same-number", {{{0, "sizes", 0}, {4}}, {{0, "sizes", 0}, {8}}}},
    BadAxes{"too-many-points", {{{0, "sizes", 0}, Values(30, 4)}, {{0, "sizes", 1}, Values(30, 8)}}}));

SweepPoint pointWith(double speedup, double low, double high) {
  return {.figures = {{.source = "measured", .speedup = speedup, .low = low, .high = high}}};
}

TEST(BestPoint, IsTheFastestKnownOfASource) {
  std::vector<SweepPoint> points = {pointWith(1.2, 1.1, 1.3), pointWith(1.5, 1.4, 1.6), pointWith(9, 9, 9)};
  points[2].figures[0].message = "wrong result";
  points[0].figures.push_back({.source = "predicted", .speedup = 3, .low = 3, .high = 3});
  EXPECT_EQ(bestPoint(points, "measured"), 1U);
  EXPECT_EQ(bestPoint(points, "predicted"), 0U);
  EXPECT_EQ(bestPoint(points, "guessed"), std::nullopt);
  EXPECT_EQ(figureOf(points[1], "predicted"), nullptr);
}

TEST(Ties, AreIntervalsThatOverlap) {
  const SweepFigure a{.speedup = 1.5, .low = 1.4, .high = 1.6}, b{.speedup = 1.3, .low = 1.2, .high = 1.41},
      c{.speedup = 1.1, .low = 1.0, .high = 1.2};
  EXPECT_TRUE(isTie(a, b));
  EXPECT_TRUE(isTie(b, a));
  EXPECT_FALSE(isTie(a, c));
}

TEST(SweepValues, AreTheNumbersOfAText) {
  EXPECT_EQ(sweepValues("8, 16 32"), (Values{8, 16, 32}));
  EXPECT_EQ(sweepValues("32;4,4 -2"), (Values{-2, 4, 32}));
  EXPECT_EQ(sweepValues(" - many"), Values{});
}

} // namespace
} // namespace polyloom::test
