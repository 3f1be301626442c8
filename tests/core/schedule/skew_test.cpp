#include "core/schedule/steps/skew.h"

#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Skew, AddsAMultipleOfTheOuterValue) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"skew j by 2 i"}), R"(
for (long i = 1; i <= N - 2; i++) {
  for (long j = 2 * i + 1; j <= N + 2 * i - 2; j++)
    A[i][-2 * i + j] = A[i - 1][-2 * i + j + 1] + A[i][-2 * i + j - 1];
}
)");
}

TEST(Skew, TakesANegativeFactor) {
  EXPECT_EQ(codeAfter(named("triangular"), {"skew j by -1 i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = 0; j <= N - i - 1; j++)
    A[i + j][i] = A[i][i + j] + 1.0;
}
)");
}

TEST(Skew, IsUndoneByTheOppositeFactor) {
  EXPECT_EQ(codeAfter(named("gemm"), {"skew k by 3 i", "skew k by -3 i"}), codeAfter(named("gemm"), {}));
}

TEST(Skew, ReachesAnyEnclosingLoop) {
  EXPECT_EQ(codeAfter(named("gemm"), {"skew k by 1 i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = 0; j <= N - 1; j++) {
    C[i][j] = C[i][j] * 0.5;
    for (long k = i; k <= N + i - 1; k++)
      C[i][j] = C[i][j] + A[i][-i + k] * B[-i + k][j];
  }
}
)");
}

TEST(Skew, KeepsTheCommonStride) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i += 4)\n"
                                                        "  for (int j = 0; j < N; j += 6)\n    A[i][j] = 1.0;\n");
  const Schedule schedule = scheduled(scop, {"skew j by 1 i"});
  EXPECT_EQ(schedule.tree().root()->children.front()->stride, 2);
  EXPECT_EQ("\n" + code(schedule), R"(
for (long i = 0; i <= N - 1; i += 4) {
  for (long j = i; j <= N + i - 1; j += 6)
    A[i][-i + j] = 1.0;
}
)");
}

TEST(Skew, RefusesLoopsThatDoNotEnclose) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"skew i by 1 j"}, "not-enclosing",
                "j does not enclose i; a loop is skewed along one around it: interchange i j first");
  expectRefused(gemm, {"skew i by 1 i"}, "not-enclosing", "i does not enclose i; a loop is skewed along one around it");
  expectRefused(gemm, {"skew z by 1 i"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(gemm, {"skew i by 1 z"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(named("jacobi-1d"), {"skew i by 1 j"}, "not-enclosing",
                "j does not enclose i; a loop is skewed along one around it");
}

} // namespace
} // namespace polyloom::test
