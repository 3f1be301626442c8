// Steps that change how a loop runs: unroll, parallel.
#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Unroll, MarksTheLoop) {
  EXPECT_EQ(codeAfter(named("gemm"), {"unroll k by 4"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = 0; j <= N - 1; j++) {
    C[i][j] = C[i][j] * 0.5;
    #pragma omp unroll partial(4)
    for (long k = 0; k <= N - 1; k++)
      C[i][j] = C[i][j] + A[i][k] * B[k][j];
  }
}
)");
  EXPECT_EQ(codeAfter(named("downward"), {"tile i by 4", "unroll i by full"}), R"(
for (long it = pl_floord(-N + 2, 4); it <= 0; it++) {
  #pragma omp unroll partial
  for (long i = pl_max(-N + 2, 4 * it); i <= pl_min(0, 4 * it + 3); i++)
    A[-i] = A[-i + 1] + A[-i];
}
)");
}

TEST(Unroll, RefusesLoopsThatRunOtherwise) {
  const ScopPtr scop = named("strided");
  expectRefused(scop, {"vectorize i by 4", "unroll i by 2"}, "vector-lanes",
                "i is a group of vector lanes; unroll the loop around it");
  expectRefused(scop, {"parallel i", "unroll i by 2"}, "parallel-loop", "i is parallel; unroll a loop inside it");
  expectRefused(scop, {"unroll i by full"}, "not-constant",
                "i has no constant number of iterations; unroll it by a number, or tile it and unroll the point loop");
  expectRefused(scop, {"unroll z by 2"}, "unknown-loop", "no loop is called z; the loops are i");
}

TEST(Parallel, SharesOutTheLoop) {
  EXPECT_EQ(codeAfter(named("blur"), {"parallel i", "parallel x"}), R"(
#pragma omp parallel for
for (long i = 1; i <= N - 2; i++) {
  for (long j = 0; j <= N - 1; j++)
    tmp[i][j] = in[i - 1][j] + in[i + 1][j];
}
for (long y = 1; y <= N - 2; y++) {
  #pragma omp parallel for
  for (long x = 1; x <= N - 2; x++)
    out[y][x] = tmp[y][x - 1] + tmp[y][x + 1];
}
)");
}

TEST(Parallel, StartsOneTeamWhereItIsNested) {
  const std::string text = codeAfter(named("gemm"), {"parallel i", "parallel j"});
  EXPECT_EQ(text.find("#pragma omp parallel for"), text.rfind("#pragma omp parallel for")) << text;
}

TEST(Parallel, RefusesLanesAndUnknownLoops) {
  expectRefused(named("strided"), {"vectorize i by 4", "parallel i"}, "vector-lanes",
                "i is a group of vector lanes; make the loop around it parallel");
  expectRefused(named("strided"), {"unroll i by 2", "parallel i"}, "unrolled-loop",
                "i is unrolled; unroll a loop inside it instead");
  expectRefused(named("strided"), {"parallel z"}, "unknown-loop", "no loop is called z; the loops are i");
}

} // namespace
} // namespace polyloom::test
