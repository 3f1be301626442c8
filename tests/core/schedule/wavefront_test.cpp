#include "core/schedule/steps/wavefront.h"

#include "core/legality/legality.h"
#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

LegalityReport judge(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return checkLegality(scheduled(scop, lines), computeDependences(*scop));
}

TEST(Wavefront, SumsIntoTheFirstLoop) {
  EXPECT_EQ(codeAfter(named("triangular"), {"wavefront i j"}), R"(
for (long i = 0; i <= 2 * N - 2; i++) {
  for (long j = (i + 1) / 2; j <= pl_min(N - 1, i); j++)
    A[j][i - j] = A[i - j][j] + 1.0;
}
)");
}

TEST(Wavefront, MakesTheOtherTileLoopsParallel) {
  const std::vector<std::string> tiled = {"skew j by 1 i", "tile i j by 4 4"};
  const ScopPtr scop = named("stencil-2d");
  std::vector<std::string> lines = tiled;
  lines.insert(lines.end(), {"parallel jt"});
  EXPECT_EQ(judge(scop, lines).verdict, LegalityReport::Verdict::Illegal);
  lines.back() = "wavefront it jt";
  lines.push_back("parallel jt");
  EXPECT_EQ(judge(scop, lines).verdict, LegalityReport::Verdict::Legal);
}

TEST(Wavefront, OfThreeTileLoopsMakesTwoParallel) {
  const ScopPtr seidel = program(
      "int T, int N, double A[N][N]",
      "for (int t = 0; t < T; t++)\n  for (int i = 1; i < N - 1; i++)\n    for (int j = 1; j < N - 1; j++)\n"
      "      A[i][j] = A[i - 1][j] + A[i][j - 1] + A[i][j] + A[i][j + 1] + A[i + 1][j];\n");
  const std::vector<std::string> lines = {"skew i by 1 t", "skew j by 1 t", "tile t i j by 4 8 8", "wavefront tt it jt",
                                          "parallel it", "parallel jt"};
  const LegalityReport report = judge(seidel, lines);
  EXPECT_EQ(report.verdict, LegalityReport::Verdict::Legal);
  EXPECT_FALSE(report.carryingLoops.contains("it"));
  EXPECT_FALSE(report.carryingLoops.contains("jt"));
}

TEST(Wavefront, OfTilesIsScannedWithoutDivisions) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"tile i j by 4 4", "wavefront it jt"}), R"(
for (long it = 0; it <= pl_floord(N, 2) - 1; it++) {
  for (long jt = pl_max(0, it - (N + 2) / 4 + 1); jt <= pl_min(it, (N + 2) / 4 - 1); jt++) {
    for (long i = pl_max(1, 4 * it - 4 * jt); i <= pl_min(N - 2, 4 * it - 4 * jt + 3); i++) {
      for (long j = pl_max(1, 4 * jt); j <= pl_min(N - 2, 4 * jt + 3); j++)
        A[i][j] = A[i - 1][j + 1] + A[i][j - 1];
    }
  }
}
)");
}

TEST(Wavefront, RefusesWhatItCannotAdd) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"wavefront i"}, "wrong-count",
                "a wavefront takes two loops or more; i alone has nothing to be added to it");
  expectRefused(gemm, {"wavefront j k"}, "not-nested",
                "k is not alone inside j: S0 shares its body; distribute j after S0 first");
  expectRefused(gemm, {"wavefront i i"}, "repeated-loop", "i is named twice");
  expectRefused(named("stencil-2d"), {"vectorize j by 4", "wavefront jt j"}, "vector-lanes",
                "j is a group of vector lanes; change the loops before one of them is vectorized");
}

} // namespace
} // namespace polyloom::test
