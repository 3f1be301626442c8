#include "core/schedule/steps/jam.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Jam, SinksTheStripIntoTheInnerLoop) {
  EXPECT_EQ(codeAfter(named("triangular"), {"jam i by 2"}), R"(
for (long it = 0; it <= pl_floord(N + 1, 2) - 1; it++) {
  for (long j = 2 * it; j <= N - 1; j++) {
    #pragma omp unroll partial
    for (long i = 2 * it; i <= pl_min(2 * it + 1, j); i++)
      A[j][i] = A[i][j] + 1.0;
  }
}
)");
}

TEST(Jam, GivesEveryStatementAStripOfItsOwn) {
  EXPECT_EQ(codeAfter(named("gemm"), {"jam j by 4"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long jt = 0; jt <= (N - 1) / 4; jt++) {
    #pragma omp unroll partial
    for (long j = 4 * jt; j <= pl_min(N - 1, 4 * jt + 3); j++)
      C[i][j] = C[i][j] * 0.5;
    if (0 <= N - 1 && 4 * jt + 4 <= N) {
      _Alignas(64) double C_r[4];
      #pragma omp unroll full
      for (long j_2 = 0; j_2 <= 3; j_2++)
        C_r[j_2] = C[i][4 * jt + j_2];
      for (long k = 0; k <= N - 1; k++) {
        #pragma omp unroll full
        for (long j_2 = 0; j_2 <= 3; j_2++)
          C_r[j_2] = C_r[j_2] + A[i][k] * B[k][4 * jt + j_2];
      }
      #pragma omp unroll full
      for (long j_2 = 0; j_2 <= 3; j_2++)
        C[i][4 * jt + j_2] = C_r[j_2];
    } else {
      for (long k = 0; k <= N - 1; k++) {
        #pragma omp unroll partial
        for (long j_2 = 4 * jt; j_2 <= pl_min(N - 1, 4 * jt + 3); j_2++)
          C[i][j_2] = C[i][j_2] + A[i][k] * B[k][j_2];
      }
    }
  }
}
)");
  EXPECT_EQ(loopNames(scheduled(named("gemm"), {"jam i by 2"}).tree()),
            (std::vector<std::string>{"it", "j", "i", "k", "i_2"}));
}

TEST(Jam, GoesAroundLanes) {
  EXPECT_EQ(loopNames(scheduled(named("triangular"), {"vectorize j by 4", "jam i by 2"}).tree()),
            (std::vector<std::string>{"it", "jt", "i", "j"}));
}

TEST(Jam, LeavesAttributesOfInnerLoops) {
  EXPECT_TRUE(pathToLoop(scheduled(named("gemm"), {"parallel j", "jam i by 2"}).tree(), "j").back()->attributes.parallel);
}

// Rows that start at i - 0, 2, 4 … for even i and 1, 3, 5 … for odd ones - take every value once i is inside.
TEST(Jam, GivesUpTheStrideOfALoopThatStartsAtTheJammedOne) {
  const ScopPtr scop = program("int N, double A[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = i; j < N; j += 2)\n    A[i][j] = 1.0;\n");
  EXPECT_EQ(pathToLoop(scheduled(scop, {}).tree(), "j").back()->stride, 2);
  EXPECT_EQ(pathToLoop(scheduled(scop, {"jam i by 2"}).tree(), "j").back()->stride, 1);
  EXPECT_EQ(pathToLoop(scheduled(scop, {"interchange i j"}).tree(), "j").back()->stride, 1);
}

TEST(Jam, RefusesLoopsThatCannotBeJammed) {
  expectRefused(named("triangular"), {"jam j by 2"}, "no-inner-loop", "j has no loop inside; unroll it instead");
  expectRefused(named("triangular"), {"vectorize j by 4", "jam jt by 2"}, "no-inner-loop",
                "jt has no loop inside; unroll it instead");
  expectRefused(named("triangular"), {"vectorize j by 4", "jam j by 2"}, "vector-lanes",
                "j is a group of vector lanes; jam a loop around it");
  expectRefused(named("triangular"), {"parallel i", "jam i by 2"}, "parallel-loop",
                "i is parallel; jam it first, then make the loop over its groups parallel");
  expectRefused(named("triangular"), {"jam z by 2"}, "unknown-loop", "no loop is called z; the loops are i and j");
}

} // namespace
} // namespace polyloom::test
