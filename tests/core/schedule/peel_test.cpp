#include "core/schedule/steps/peel.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Peel, TakesTheFirstIterations) {
  EXPECT_EQ(codeAfter(named("scalar"), {"peel i first 2"}), R"(
for (long i = 0; i <= pl_min(1, N - 1); i++) {
  t = A[i] * 2.0;
  B[i] = t + 1.0;
}
for (long i_2 = 2; i_2 <= N - 1; i_2++) {
  t = A[i_2] * 2.0;
  B[i_2] = t + 1.0;
}
)");
}

TEST(Peel, TakesTheLastIterations) {
  EXPECT_EQ(codeAfter(named("scalar"), {"peel i last 1"}), R"(
for (long i = 0; i <= N - 2; i++) {
  t = A[i] * 2.0;
  B[i] = t + 1.0;
}
if (N >= 1) {
  t = A[N - 1] * 2.0;
  B[N - 1] = t + 1.0;
}
)");
}

TEST(Peel, FollowsTheFirstValueOfATriangle) {
  EXPECT_EQ(codeAfter(named("triangular"), {"peel j first 1"}), R"(
for (long i = 0; i <= N - 1; i++) {
  A[i][i] = A[i][i] + 1.0;
  for (long j_2 = i + 1; j_2 <= N - 1; j_2++)
    A[j_2][i] = A[i][j_2] + 1.0;
}
)");
}

TEST(Peel, CountsIterationsOfAStridedLoop) {
  EXPECT_EQ(codeAfter(named("strided"), {"peel i first 2"}), R"(
for (long i = 1; i <= pl_min(4, N - 1); i += 3) {
  A[i] = B[i - 1];
  B[i] = A[i] * 2.0;
}
for (long i_2 = 7; i_2 <= N - 1; i_2 += 3) {
  A[i_2] = B[i_2 - 1];
  B[i_2] = A[i_2] * 2.0;
}
)");
}

TEST(Peel, TakesTheFirstIterationOfEveryTile) {
  EXPECT_EQ(codeAfter(named("downward"), {"reverse i", "tile i by 4", "peel i first 1"}), R"(
for (long it = 0; it <= pl_floord(N + 2, 4) - 1; it++) {
  A[4 * it] = A[4 * it + 1] + A[4 * it];
  for (long i_2 = 4 * it + 1; i_2 <= pl_min(N - 2, 4 * it + 3); i_2++)
    A[i_2] = A[i_2 + 1] + A[i_2];
}
)");
}

TEST(Peel, MeasuresFromTheFirstOfAllStatements) {
  EXPECT_EQ(codeAfter(named("blur"), {"fuse i y", "fuse j x", "peel j first 1"}), R"(
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

TEST(Peel, RefusesToTakeEverything) {
  const ScopPtr scop = program("double A[4]", "for (int i = 0; i < 4; i++)\n  A[i] = 1.0;\n");
  expectRefused(scop, {"peel i first 4"}, "nothing-left",
                "i has no more than 4 iterations: nothing is left to peel from; its values are 0 <= i <= 3");
  expectRefused(scop, {"peel i last 4"}, "nothing-left",
                "i has no more than 4 iterations: nothing is left to peel from; its values are 0 <= i <= 3");
  EXPECT_EQ(loopNames(scheduled(scop, {"peel i last 3"}).tree()), (std::vector<std::string>{"i", "i_2"}));
  expectRefused(scop, {"peel z last 4"}, "unknown-loop", "no loop is called z; the loops are i");
}

} // namespace
} // namespace polyloom::test
