#include "core/schedule/steps/shift.h"

#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Shift, RunsOneStatementLater) {
  EXPECT_EQ(codeAfter(named("scalar"), {"shift S1 i by 2"}), R"(
for (long i = 0; i <= pl_min(1, N - 1); i++)
  t = A[i] * 2.0;
for (long i = 2; i <= N - 1; i++) {
  t = A[i] * 2.0;
  B[i - 2] = t + 1.0;
}
for (long i = pl_max(2, N); i <= N + 1; i++)
  B[i - 2] = t + 1.0;
)");
}

TEST(Shift, TakesParameters) {
  EXPECT_EQ(codeAfter(named("downward"), {"shift S0 i by N-1"}), R"(
for (long i = 1; i <= N - 1; i++)
  A[N - i - 1] = A[N - i] + A[N - i - 1];
)");
}

TEST(Shift, RunsEarlierByANegativeAmount) {
  EXPECT_EQ(codeAfter(named("imperfect"), {"shift S0 i by -1"}), R"(
if (N >= 1) {
  for (long i = -1; i <= N - 1; i++) {
    if (N >= i + 2) {
      s[i + 1] = 0.0;
    }
    if (i >= 0) {
      for (long j = 0; j <= N - 1; j++)
        s[i] = s[i] + A[i][j] * x[j];
      x[i] = s[i];
    }
  }
}
)");
}

TEST(Shift, OfADownwardLoopCountsNegatedValues) {
  // The loops' values are -i and -j: two values later is one iteration of these.
  EXPECT_EQ(codeAfter(named("strided-pair"), {"shift S1 j by 2", "fuse i j"}), R"(
if (N >= 2) {
  A[N - 1] = B[N - 2];
  for (long i = -N + 3; i <= -1; i += 2) {
    A[-i] = B[-i - 1];
    B[-i + 2] = A[-i + 2] + 1.0;
  }
  B[N % 2 + 1] = A[N % 2 + 1] + 1.0;
}
)");
}

TEST(Shift, ByAMultipleKeepsTheStride) {
  EXPECT_EQ(scheduled(named("strided"), {"shift S1 i by 6"}).tree().root()->stride, 3);
  EXPECT_EQ(scheduled(named("strided"), {"shift S1 i by 1"}).tree().root()->stride, 1);
  EXPECT_EQ(scheduled(named("strided"), {"shift S1 i by N"}).tree().root()->stride, 1);
}

TEST(Shift, MovesOnlyTheStatementItNames) {
  EXPECT_EQ(codeAfter(named("two-reductions"), {"shift S1 j by 1"}), R"(
for (long i = 0; i <= N - 1; i++) {
  s[i] = s[i] + A[i][0];
  for (long j = 1; j <= N - 1; j++) {
    s[i] = s[i] + A[i][j];
    p[j - 1] = p[j - 1] + s[i];
  }
  p[N - 1] = p[N - 1] + s[i];
}
)");
}

TEST(Shift, RefusesWhatItCannotMove) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"shift S9 i by 1"}, "unknown-statement", "no statement is called S9; the statements are S0 and S1");
  expectRefused(gemm, {"shift S0 k by 1"}, "not-nested", "S0 is not inside k; the statements there are S1");
  expectRefused(gemm, {"shift S0 z by 1"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(gemm, {"shift S0 i by M"}, "unknown-parameter", "M is not a parameter of kernel");
  expectRefused(gemm, {"tile i by 4", "shift S0 it by 1"}, "tile-loop",
                "it counts tiles; shift the point loop before tiling it");
}

} // namespace
} // namespace polyloom::test
