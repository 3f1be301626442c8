#include "core/schedule/steps/split.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Split, MakesTwoLoopsAtANumber) {
  EXPECT_EQ(codeAfter(named("scalar"), {"split i at 3"}), R"(
for (long i = 0; i <= pl_min(2, N - 1); i++) {
  t = A[i] * 2.0;
  B[i] = t + 1.0;
}
for (long i_2 = 3; i_2 <= N - 1; i_2++) {
  t = A[i_2] * 2.0;
  B[i_2] = t + 1.0;
}
)");
}

TEST(Split, TakesParametersAndLoopsAround) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"split j at N-i"}), R"(
for (long i = 1; i <= N - 2; i++) {
  for (long j = 1; j <= N - i - 1; j++)
    A[i][j] = A[i - 1][j + 1] + A[i][j - 1];
  for (long j_2 = N - i; j_2 <= N - 2; j_2++)
    A[i][j_2] = A[i - 1][j_2 + 1] + A[i][j_2 - 1];
}
)");
}

TEST(Split, NamesTheLoopsOfTheCopyAnew) {
  EXPECT_EQ(loopNames(scheduled(named("gemm"), {"split i at 2", "split i at 1"}).tree()),
            (std::vector<std::string>{"i", "j", "k", "i_3", "j_3", "k_3", "i_2", "j_2", "k_2"}));
}

TEST(Split, CountsValuesOfALoopThatCountsDown) {
  EXPECT_EQ(codeAfter(named("downward"), {"split i at -2"}), R"(
for (long i = -N + 2; i <= -3; i++)
  A[-i] = A[-i + 1] + A[-i];
for (long i_2 = pl_max(-2, -N + 2); i_2 <= 0; i_2++)
  A[-i_2] = A[-i_2 + 1] + A[-i_2];
)");
}

TEST(Split, CutsTilesAlongATileLoop) {
  EXPECT_EQ(codeAfter(named("downward"), {"reverse i", "tile i by 4", "split it at 1"}), R"(
for (long i = 0; i <= pl_min(3, N - 2); i++)
  A[i] = A[i + 1] + A[i];
for (long it_2 = 1; it_2 <= pl_floord(N + 2, 4) - 1; it_2++) {
  for (long i_2 = 4 * it_2; i_2 <= pl_min(N - 2, 4 * it_2 + 3); i_2++)
    A[i_2] = A[i_2 + 1] + A[i_2];
}
)");
}

TEST(Split, LeavesStatementsOutThatHaveNoSuchValues) {
  EXPECT_EQ(codeAfter(named("blur"), {"fuse i y", "fuse j x", "split j at 1"}), R"(
for (long i = 1; i <= N - 2; i++) {
  tmp[i][0] = in[i - 1][0] + in[i + 1][0];
  for (long j_2 = 1; j_2 <= N - 2; j_2++) {
    tmp[i][j_2] = in[i - 1][j_2] + in[i + 1][j_2];
    out[i][j_2] = tmp[i][j_2 - 1] + tmp[i][j_2 + 1];
  }
  tmp[i][N - 1] = in[i - 1][N - 1] + in[i + 1][N - 1];
}
)");
}

TEST(Split, MovesNoOtherCopyWithAShift) {
  EXPECT_EQ(codeAfter(named("downward"), {"split i at -2", "shift S0 i_2 by 5"}), R"(
for (long i = -N + 2; i <= -3; i++)
  A[-i] = A[-i + 1] + A[-i];
for (long i_2 = pl_max(3, -N + 7); i_2 <= 5; i_2++)
  A[-i_2 + 5] = A[-i_2 + 6] + A[-i_2 + 5];
)");
}

TEST(Split, RefusesPositionsOutsideOfTheLoop) {
  expectRefused(named("blur"), {"split x at 1"}, "nothing-to-split",
                "no value of x is below 1; its values are 0 < y <= -2 + N and 0 < x <= -2 + N");
  expectRefused(named("stencil-2d"), {"split j at N"}, "nothing-to-split",
                "no value of j is at or above N; its values are 0 < i <= -2 + N and 0 < j <= -2 + N");
  expectRefused(named("downward"), {"split i at 1"}, "nothing-to-split",
                "no value of i is at or above 1; its values are 2 - N <= i <= 0");
}

TEST(Split, RefusesNamesThatAreNotKnownThere) {
  expectRefused(named("stencil-2d"), {"split j at M"}, "unknown-parameter",
                "M is neither a parameter of kernel nor a loop around j (i)");
  expectRefused(named("stencil-2d"), {"split i at j"}, "unknown-parameter",
                "j is neither a parameter of kernel nor a loop around i");
  expectRefused(named("stencil-2d"), {"split j at j"}, "unknown-parameter",
                "j is neither a parameter of kernel nor a loop around j (i)");
  expectRefused(named("stencil-2d"), {"split z at 1"}, "unknown-loop", "no loop is called z; the loops are i and j");
}

} // namespace
} // namespace polyloom::test
