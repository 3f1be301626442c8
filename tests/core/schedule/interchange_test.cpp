#include "core/schedule/steps/interchange.h"

#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Interchange, SwapsTwoLoopsThatKeepTheirNames) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"interchange i j"}), R"(
for (long j = 1; j <= N - 2; j++) {
  for (long i = 1; i <= N - 2; i++)
    A[i][j] = A[i - 1][j + 1] + A[i][j - 1];
}
)");
}

TEST(Interchange, TakesItsLoopsInAnyOrder) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"interchange j i"}), codeAfter(named("stencil-2d"), {"interchange i j"}));
}

TEST(Interchange, IsItsOwnInverse) {
  EXPECT_EQ(codeAfter(named("triangular"), {"interchange i j", "interchange i j"}), codeAfter(named("triangular"), {}));
}

TEST(Interchange, FollowsTriangularBounds) {
  EXPECT_EQ(codeAfter(named("triangular"), {"interchange i j"}), R"(
for (long j = 0; j <= N - 1; j++) {
  for (long i = 0; i <= j; i++)
    A[j][i] = A[i][j] + 1.0;
}
)");
}

TEST(Interchange, CarriesImperfectBodiesAlong) {
  EXPECT_EQ(codeAfter(named("gemm"), {"interchange i j"}), R"(
for (long j = 0; j <= N - 1; j++) {
  for (long i = 0; i <= N - 1; i++) {
    C[i][j] = C[i][j] * 0.5;
    for (long k = 0; k <= N - 1; k++)
      C[i][j] = C[i][j] + A[i][k] * B[k][j];
  }
}
)");
}

TEST(Interchange, ReachesAcrossTheLoopsBetween) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"tile i j by 2 2", "interchange it j"}), R"(
for (long j = 1; j <= N - 2; j++) {
  for (long i = 1; i <= N - 2; i++)
    A[i][j] = A[i - 1][j + 1] + A[i][j - 1];
}
)");
}

TEST(Interchange, MovesAttributesWithTheirLoops) {
  EXPECT_EQ(codeAfter(named("triangular"), {"parallel j", "interchange i j"}), R"(
#pragma omp parallel for schedule(dynamic)
for (long j = 0; j <= N - 1; j++) {
  for (long i = 0; i <= j; i++)
    A[j][i] = A[i][j] + 1.0;
}
)");
}

TEST(Interchange, RefusesWhatItCannotSwap) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"interchange i k"}, "not-nested", "k is not alone inside j: S0 shares its body; distribute j after S0 first");
  expectRefused(gemm, {"interchange k j"}, "not-nested", "k is not alone inside j: S0 shares its body; distribute j after S0 first");
  expectRefused(gemm, {"interchange i i"}, "repeated-loop", "i is named twice");
  expectRefused(gemm, {"interchange i z"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(gemm, {"interchange z i"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(named("jacobi-1d"), {"interchange i j"}, "not-nested",
                "j is not inside i; every loop named has to be directly inside the one before");
  expectRefused(named("jacobi-1d"), {"interchange t j"}, "not-nested",
                "j is not alone inside t: loop i shares its body; distribute t after S0 first");
  expectRefused(named("blur"), {"interchange i x"}, "not-nested",
                "x is not inside i; every loop named has to be directly inside the one before");
  expectRefused(named("imperfect"), {"interchange i j"}, "not-nested",
                "j is not alone inside i: S0 and S2 share its body; distribute i after S1, then after S0 first");
}

} // namespace
} // namespace polyloom::test
