#include "core/schedule/steps/tile.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

std::vector<std::string> namesAfter(const char* program, const std::vector<std::string>& lines) {
  return loopNames(scheduled(named(program), lines).tree());
}

TEST(Tile, PutsAllTileLoopsOutsideAllPointLoops) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"tile i j by 32 64"}), R"(
for (long it = 0; it <= pl_floord(N - 2, 32); it++) {
  for (long jt = 0; jt <= (N - 2) / 64; jt++) {
    for (long i = pl_max(1, 32 * it); i <= pl_min(N - 2, 32 * it + 31); i++) {
      for (long j = pl_max(1, 64 * jt); j <= pl_min(N - 2, 64 * jt + 63); j++)
        A[i][j] = A[i - 1][j + 1] + A[i][j - 1];
    }
  }
}
)");
}

TEST(Tile, AlignsTilesToZeroAndNotToTheLowerBound) {
  const ScopPtr scop = program("double A[20]", "for (int i = 5; i < 20; i++)\n  A[i] = 1.0;\n");
  EXPECT_EQ(codeAfter(scop, {"tile i by 4"}), R"(
for (long it = 1; it <= 4; it++) {
  for (long i = pl_max(5, 4 * it); i <= 4 * it + 3; i++)
    A[i] = 1.0;
}
)");
}

TEST(Tile, CountsIterationsOfAStridedLoop) {
  EXPECT_EQ(codeAfter(named("strided"), {"tile i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 2, 12); it++) {
  for (long i = 12 * it + 1; i <= pl_min(N - 1, 12 * it + 11); i += 3) {
    A[i] = B[i - 1];
    B[i] = A[i] * 2.0;
  }
}
)");
}

TEST(Tile, CountsDownwardLoopsByTheirNegatedValues) {
  EXPECT_EQ(codeAfter(named("downward"), {"tile i by 4"}), R"(
for (long it = pl_floord(-N + 2, 4); it <= 0; it++) {
  for (long i = pl_max(-N + 2, 4 * it); i <= pl_min(0, 4 * it + 3); i++)
    A[-i] = A[-i + 1] + A[-i];
}
)");
}

TEST(Tile, OfOneLoopIsStripMining) {
  EXPECT_EQ(codeAfter(named("gemm"), {"tile k by 8"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = 0; j <= N - 1; j++) {
    C[i][j] = C[i][j] * 0.5;
    for (long kt = 0; kt <= (N - 1) / 8; kt++) {
      for (long k = 8 * kt; k <= pl_min(N - 1, 8 * kt + 7); k++)
        C[i][j] = C[i][j] + A[i][k] * B[k][j];
    }
  }
}
)");
}

TEST(Tile, OfTilesMakesLevels) {
  EXPECT_EQ(codeAfter(named("downward"), {"tile i by 4", "tile it by 8"}), R"(
for (long itt = pl_floord(-N + 2, 32); itt <= 0; itt++) {
  for (long it = pl_max(8 * itt, pl_floord(-N + 2, 4)); it <= pl_min(0, 8 * itt + 7); it++) {
    for (long i = pl_max(-N + 2, 4 * it); i <= pl_min(0, 4 * it + 3); i++)
      A[-i] = A[-i + 1] + A[-i];
  }
}
)");
}

TEST(Tile, OfTilesDividesOnce) {
  const Schedule schedule = scheduled(named("downward"), {"tile i by 4", "tile it by 8"});
  EXPECT_EQ(schedule.tree().root()->tileSize, 32);
  const Schedule reversed = scheduled(named("downward"), {"tile i by 4", "reverse it", "tile it by 8"});
  EXPECT_EQ(reversed.tree().root()->tileSize, 32);
}

TEST(Tile, NamesItsLoopsWithATAndTheNextFreeSuffix) {
  EXPECT_EQ(namesAfter("gemm", {"tile i j by 2 2"}), (std::vector<std::string>{"it", "jt", "i", "j", "k"}));
  EXPECT_EQ(namesAfter("gemm", {"tile i by 4", "tile i by 2"}), (std::vector<std::string>{"it", "it_2", "i", "j", "k"}));
  EXPECT_EQ(namesAfter("gemm", {"tile i by 8", "tile i by 4", "tile i by 2"}),
            (std::vector<std::string>{"it", "it_2", "it_3", "i", "j", "k"}));
}

TEST(Tile, TakesOtherNames) {
  EXPECT_EQ(namesAfter("gemm", {"tile i j by 2 2 as io jo"}), (std::vector<std::string>{"io", "jo", "i", "j", "k"}));
}

TEST(Tile, KeepsTheAttributesOnThePointLoops) {
  EXPECT_EQ(codeAfter(named("gemm"), {"parallel i", "tile i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  #pragma omp parallel for
  for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++) {
    for (long j = 0; j <= N - 1; j++) {
      C[i][j] = C[i][j] * 0.5;
      for (long k = 0; k <= N - 1; k++)
        C[i][j] = C[i][j] + A[i][k] * B[k][j];
    }
  }
}
)");
}

TEST(Tile, RefusesLoopsThatAreNotNestedDirectly) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"tile j k by 2 2"}, "not-nested", "k is not alone inside j: S0 shares its body; distribute j after S0 first");
  expectRefused(gemm, {"tile i k by 2 2"}, "not-nested", "k is not directly inside i: loop j stands between them");
  expectRefused(gemm, {"tile j i by 2 2"}, "not-nested",
                "i is not inside j; every loop named has to be directly inside the one before");
  expectRefused(named("jacobi-1d"), {"tile t i by 2 2"}, "not-nested",
                "i is not alone inside t: loop j shares its body; distribute t after S0 first");
  expectRefused(named("blur"), {"tile i x by 2 2"}, "not-nested",
                "x is not inside i; every loop named has to be directly inside the one before");
  expectRefused(named("imperfect"), {"tile i j by 2 2"}, "not-nested",
                "j is not alone inside i: S0 and S2 share its body; distribute i after S1, then after S0 first");
}

TEST(Tile, RefusesLoopsThatAreNotCountedAnyMore) {
  expectRefused(named("strided"), {"vectorize i by 4", "tile i by 2"}, "vector-lanes",
                "i is a group of vector lanes; tile the loop around it");
  expectRefused(named("gemm"), {"unroll k by 4", "tile k by 8"}, "unrolled-loop",
                "k is unrolled; tile it first, then unroll it");
  expectRefused(named("stencil-2d"), {"tile i j by 4 4", "wavefront it jt", "tile it by 2"}, "sum-of-tiles",
                "it is a sum of tile loops; tile those before they are added up");
}

TEST(Tile, RefusesNamesThatAreNoGood) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"tile i i by 2 2"}, "repeated-loop", "i is named twice");
  expectRefused(gemm, {"tile i z by 2 2"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(gemm, {"tile i j by 2 2 as k jo"}, "name-taken", "k is a loop already");
  expectRefused(gemm, {"tile i j by 2 2 as io io"}, "name-taken", "io is a loop already");
}

} // namespace
} // namespace polyloom::test
