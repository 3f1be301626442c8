#include "core/schedule/steps/diamond.h"

#include "core/legality/legality.h"
#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

LegalityReport::Verdict verdict(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return checkLegality(scheduled(scop, lines), computeDependences(*scop)).verdict;
}

std::vector<std::string> expansion(const ScopPtr& scop, const std::vector<std::string>& lines) {
  const Schedule before = scheduled(scop, {lines.begin(), lines.end() - 1});
  std::vector<std::string> text;
  for (const Step& step : expansionOf(before, *parseStep(lines.back())))
    text.push_back(toText(step));
  return text;
}

ScopPtr heat() {
  return program("int T, int N, double A[T + 1][N]",
                 "for (int t = 0; t < T; t++)\n  for (int i = 1; i < N - 1; i++)\n"
                 "    A[t + 1][i] = A[t][i - 1] + A[t][i] + A[t][i + 1];\n");
}

ScopPtr heat2d() {
  return program("int T, int N, double A[T + 1][N][N]",
                 "for (int t = 0; t < T; t++)\n  for (int i = 1; i < N - 1; i++)\n    for (int j = 1; j < N - 1; j++)\n"
                 "      A[t + 1][i][j] = A[t][i - 1][j] + A[t][i + 1][j] + A[t][i][j - 1] + A[t][i][j + 1];\n");
}

TEST(Diamond, StandsForOrdinarySteps) {
  EXPECT_EQ(expansion(heat(), {"diamond t i by 16 32"}),
            (std::vector<std::string>{"skew i by 1 t", "tile i by 16 as tt", "interchange t tt", "skew i by -2 t",
                                      "reverse i", "tile i by 32 as it", "interchange t it", "reverse i",
                                      "skew i by 1 t", "wavefront tt it"}));
  EXPECT_TRUE(expansion(heat(), {"tile t i by 4 4"}).empty());
}

TEST(Diamond, IsOneStepOfTheRecipe) {
  const Schedule schedule = scheduled(heat(), {"diamond t i by 16 32"});
  ASSERT_EQ(schedule.recipe().size(), 1U);
  EXPECT_EQ(toText(schedule.recipe().front()), "diamond t i by 16 32");
  EXPECT_EQ(codeAfter(heat(), {"diamond t i by 16 32"}),
            codeAfter(heat(), expansion(heat(), {"diamond t i by 16 32"})));
}

TEST(Diamond, PutsAWavefrontOverParallelTiles) {
  EXPECT_EQ(loopNames(scheduled(heat(), {"diamond t i by 16 16"}).tree()),
            (std::vector<std::string>{"tt", "it", "t", "i"}));
  EXPECT_EQ(verdict(heat(), {"diamond t i by 16 16", "parallel it"}), LegalityReport::Verdict::Legal);
  EXPECT_EQ(verdict(heat(), {"diamond t i by 16 16", "parallel tt"}), LegalityReport::Verdict::Illegal);
}

TEST(Diamond, CountsAShiftAsTime) {
  const ScopPtr jacobi = named("jacobi-1d");
  const std::vector<std::string> fused = {"shift S1 j by 1", "fuse i j", "diamond t i by 16 16 slope 2", "parallel it"};
  EXPECT_EQ(verdict(jacobi, fused), LegalityReport::Verdict::Legal);
  // Two sweeps per time step: values travel twice as far.
  EXPECT_EQ(verdict(jacobi, {"shift S1 j by 1", "fuse i j", "diamond t i by 16 16"}), LegalityReport::Verdict::Illegal);
  EXPECT_EQ(expansion(jacobi, {"shift S1 j by 1", "fuse i j", "diamond t i by 16 16 slope 2"}),
            (std::vector<std::string>{"skew i by 2 t", "tile i by 16 as tt", "interchange t tt", "skew i by -4 t",
                                      "reverse i", "shift S1 i by 2", "tile i by 16 as it", "interchange t it",
                                      "shift S1 i by -2", "reverse i", "skew i by 2 t", "wavefront tt it"}));
}

TEST(Diamond, TilesFurtherSpaceLoopsLeaningOneWay) {
  EXPECT_EQ(loopNames(scheduled(heat2d(), {"diamond t i j by 16 16 8"}).tree()),
            (std::vector<std::string>{"tt", "it", "jt", "t", "i", "j"}));
  EXPECT_EQ(verdict(heat2d(), {"diamond t i j by 16 16 8", "parallel it"}), LegalityReport::Verdict::Legal);
  EXPECT_EQ(verdict(heat2d(), {"diamond t i j by 16 16 8", "parallel jt"}), LegalityReport::Verdict::Illegal);
}

TEST(Diamond, TakesTheNextFreeNames) {
  EXPECT_EQ(loopNames(scheduled(heat2d(), {"tile j by 4 as tt", "interchange i tt", "interchange t tt",
                                           "diamond t i by 16 16"}).tree()),
            (std::vector<std::string>{"tt", "tt_2", "it", "t", "i", "j"}));
}

TEST(Diamond, RefusesWhatIsNoStencil) {
  const ScopPtr jacobi = named("jacobi-1d");
  expectRefused(heat(), {"diamond t by 16"}, "wrong-count",
                "diamond tiles need a time loop and at least one space loop, found only t");
  expectRefused(jacobi, {"diamond t i by 16 16"}, "not-nested",
                "i is not alone inside t: loop j shares its body; distribute t after S0 first");
  expectRefused(heat(), {"tile t i by 4 4", "diamond tt it by 2 2"}, "tile-loop",
                "tt counts tiles; diamond tiles are made from point loops");
  expectRefused(heat(), {"unroll i by 4", "diamond t i by 16 16"}, "unrolled-loop",
                "its part \"tile i by 16 as tt\" is refused: i is unrolled; tile it first, then unroll it");
}

} // namespace
} // namespace polyloom::test
