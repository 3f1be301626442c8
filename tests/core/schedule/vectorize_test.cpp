#include "core/schedule/steps/vectorize.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Vectorize, RunsAStatementForAllLanesBeforeTheNext) {
  EXPECT_EQ(codeAfter(named("scalar"), {"vectorize i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  #pragma omp simd simdlen(4)
  for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++)
    t = A[i] * 2.0;
  #pragma omp simd simdlen(4)
  for (long i_2 = 4 * it; i_2 <= pl_min(N - 1, 4 * it + 3); i_2++)
    B[i_2] = t + 1.0;
}
)");
}

TEST(Vectorize, CountsLanesOfAStridedLoop) {
  EXPECT_EQ(codeAfter(named("strided"), {"vectorize i by 2"}), R"(
for (long it = 0; it <= pl_floord(N - 2, 6); it++) {
  #pragma omp simd simdlen(2)
  for (long i = 6 * it + 1; i <= pl_min(N - 1, 6 * it + 5); i += 3)
    A[i] = B[i - 1];
  #pragma omp simd simdlen(2)
  for (long i_2 = 6 * it + 1; i_2 <= pl_min(N - 1, 6 * it + 5); i_2 += 3)
    B[i_2] = A[i_2] * 2.0;
}
)");
}

TEST(Vectorize, NamesTheGroupsWithATAndFurtherLanesWithSuffixes) {
  EXPECT_EQ(loopNames(scheduled(named("scalar"), {"vectorize i by 4"}).tree()),
            (std::vector<std::string>{"it", "i", "i_2"}));
}

TEST(Vectorize, SinksTheLanesOfAnOuterLoopIntoEveryStatement) {
  EXPECT_EQ(codeAfter(named("imperfect"), {"vectorize i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  #pragma omp simd simdlen(4)
  for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++)
    s[i] = 0.0;
  if (0 <= N - 1 && 4 * it + 4 <= N) {
    _Alignas(64) double s_r[4];
    #pragma omp simd simdlen(4)
    for (long i_2 = 0; i_2 <= 3; i_2++)
      s_r[i_2] = s[4 * it + i_2];
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp simd simdlen(4)
      for (long i_2 = 0; i_2 <= 3; i_2++)
        s_r[i_2] = s_r[i_2] + A[4 * it + i_2][j] * x[j];
    }
    #pragma omp simd simdlen(4)
    for (long i_2 = 0; i_2 <= 3; i_2++)
      s[4 * it + i_2] = s_r[i_2];
  } else {
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp simd simdlen(4)
      for (long i_2 = 4 * it; i_2 <= pl_min(N - 1, 4 * it + 3); i_2++)
        s[i_2] = s[i_2] + A[i_2][j] * x[j];
    }
  }
  #pragma omp simd simdlen(4)
  for (long i_3 = 4 * it; i_3 <= pl_min(N - 1, 4 * it + 3); i_3++)
    x[i_3] = s[i_3];
}
)");
}

TEST(Vectorize, FollowsTheBoundsOfATriangle) {
  EXPECT_EQ(codeAfter(named("triangular"), {"vectorize i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  for (long j = 4 * it; j <= N - 1; j++) {
    #pragma omp simd simdlen(4)
    for (long i = 4 * it; i <= pl_min(4 * it + 3, j); i++)
      A[j][i] = A[i][j] + 1.0;
  }
}
)");
}

TEST(Vectorize, LeavesAttributesOfInnerLoops) {
  const ScheduleTree tree = scheduled(named("gemm"), {"unroll k by 2", "vectorize j by 4"}).tree();
  EXPECT_EQ(pathToLoop(tree, "k").back()->attributes.unroll, 2);
  EXPECT_TRUE(pathToLoop(scheduled(named("gemm"), {"parallel k", "vectorize j by 4"}).tree(), "k")
                  .back()->attributes.parallel);
}

TEST(Vectorize, RefusesLanesInsideAndAroundAndThreads) {
  expectRefused(named("strided"), {"vectorize i by 4", "vectorize i by 2"}, "vector-lanes",
                "i is a group of vector lanes already");
  expectRefused(named("strided"), {"vectorize i by 4", "vectorize it by 2"}, "vector-lanes",
                "it has the vector lanes of i inside; jam or unroll it instead");
  expectRefused(named("triangular"), {"vectorize j by 4", "interchange jt j", "vectorize jt by 2"}, "vector-lanes",
                "jt is inside the vector lanes of j");
  expectRefused(named("downward"), {"parallel i", "vectorize i by 4"}, "parallel-loop",
                "i is parallel; vectorize it first, then make the loop over its groups parallel");
  expectRefused(named("strided"), {"vectorize z by 4"}, "unknown-loop", "no loop is called z; the loops are i");
}

} // namespace
} // namespace polyloom::test
