// What an inner loop updates again and again lives in registers, where that changes nothing.
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

bool holds(const std::string& code, const std::string& array) { return code.find(array + "_r[") != std::string::npos; }

TEST(RegisterBlocks, HoldABlockOfAProduct) {
  EXPECT_EQ(codeAfter(named("gemm"), {"distribute j after S0", "distribute i after S0", "vectorize j_2 by 4",
                                      "jam i_2 by 2"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = 0; j <= N - 1; j++)
    C[i][j] = C[i][j] * 0.5;
}
for (long i_2t = 0; i_2t <= pl_floord(N + 1, 2) - 1; i_2t++) {
  for (long j_2t = 0; j_2t <= (N - 1) / 4; j_2t++) {
    if (0 <= N - 1 && 2 * i_2t + 2 <= N && 4 * j_2t + 4 <= N) {
      _Alignas(64) double C_r[2][4];
      #pragma omp unroll full
      for (long i_2 = 0; i_2 <= 1; i_2++) {
        #pragma omp simd simdlen(4)
        for (long j_2 = 0; j_2 <= 3; j_2++)
          C_r[i_2][j_2] = C[2 * i_2t + i_2][4 * j_2t + j_2];
      }
      for (long k = 0; k <= N - 1; k++) {
        #pragma omp unroll full
        for (long i_2 = 0; i_2 <= 1; i_2++) {
          #pragma omp simd simdlen(4)
          for (long j_2 = 0; j_2 <= 3; j_2++)
            C_r[i_2][j_2] = C_r[i_2][j_2] + A[2 * i_2t + i_2][k] * B[k][4 * j_2t + j_2];
        }
      }
      #pragma omp unroll full
      for (long i_2 = 0; i_2 <= 1; i_2++) {
        #pragma omp simd simdlen(4)
        for (long j_2 = 0; j_2 <= 3; j_2++)
          C[2 * i_2t + i_2][4 * j_2t + j_2] = C_r[i_2][j_2];
      }
    } else {
      for (long k = 0; k <= N - 1; k++) {
        #pragma omp unroll partial
        for (long i_2 = 2 * i_2t; i_2 <= pl_min(N - 1, 2 * i_2t + 1); i_2++) {
          #pragma omp simd simdlen(4)
          for (long j_2 = 4 * j_2t; j_2 <= pl_min(N - 1, 4 * j_2t + 3); j_2++)
            C[i_2][j_2] = C[i_2][j_2] + A[i_2][k] * B[k][j_2];
        }
      }
    }
  }
}
)");
}

// Whether the cells that are read lie among those that are written depends on the parameter.
TEST(RegisterBlocks, TestBeforeTheLoopThatWhatIsReadLiesElsewhere) {
  const ScopPtr sums = program("int N, int M, double A[2 * N + M], double B[N]",
                               "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n"
                               "    A[i] = A[i] + A[k + M] * B[k];\n");
  const std::string text = codeAfter(sums, {"jam i by 2"});
  EXPECT_TRUE(holds(text, "A")) << text;
  EXPECT_NE(text.find("if (0 <= N - 1 && (2 * it + 2 <= M || M + N <= 2 * it) && "), std::string::npos)
      << text;
}

// B and the cells of A that are read lie inside whatever the last group holds: it runs whole, and stores what it should.
TEST(RegisterBlocks, RunAPartialGroupWholeWhereItsReadsAreInside) {
  const ScopPtr sums = program("int N, int M, double A[N], double B[2 * M + 8][M]",
                               "for (int i = 0; i < N; i++)\n  for (int k = 0; k < M; k++)\n"
                               "    A[i] = A[i] + B[k][k];\n");
  const std::string text = codeAfter(sums, {"vectorize i by 4"});
  EXPECT_NE(text.find("if (4 * it + i + 1 <= N) {\n          A_r[i] = A[4 * it + i];\n        } else {\n"
                      "          A_r[i] = 0.0;\n"), std::string::npos) << text;
  EXPECT_NE(text.find("if (4 * it + i + 1 <= N) {\n          A[4 * it + i] = A_r[i];\n        }\n"), std::string::npos)
      << text;
}

// Running the inner loop's group whole would add to the same cell more often.
TEST(RegisterBlocks, RunNoLoopTooFarThatUpdatesACellAgain) {
  const ScopPtr sums = program("int N, int M, double A[N], double B[M + 8][M + 8]",
                               "for (int i = 0; i < N; i++)\n  for (int l = 0; l < M; l++)\n"
                               "    for (int k = 0; k < M; k++)\n      A[i] = A[i] + B[l][k];\n");
  const std::string text = codeAfter(sums, {"jam l by 2"});
  EXPECT_TRUE(holds(text, "A")) << text;
  EXPECT_EQ(text.find("= 0.0"), std::string::npos) << text;
  EXPECT_NE(text.find("2 * lt + 2 <= M"), std::string::npos) << text;
}

TEST(RegisterBlocks, LeaveNeighborsThatOverlap) {
  const ScopPtr sums = program("int N, double A[N], double B[N]",
                               "for (int i = 0; i < N - 1; i++)\n  for (int k = 0; k < N; k++)\n"
                               "    A[i] = A[i] + A[i + 1] * B[k];\n");
  EXPECT_FALSE(holds(code(scheduled(sums, {"jam i by 2"})), "A"));
}

TEST(RegisterBlocks, LeaveCellsThatMoveWithTheLoop) {
  const ScopPtr copies = program("int N, double A[N][N], double B[N][N]",
                                 "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n"
                                 "    A[i][k] = A[i][k] + B[k][i];\n");
  EXPECT_FALSE(holds(code(scheduled(copies, {"jam i by 2"})), "A"));
}

TEST(RegisterBlocks, LeaveCellsThatTwoIterationsOfTheBlockShare) {
  const ScopPtr diagonals = program("int N, double A[2 * N], double B[N]",
                                    "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n"
                                    "    for (int k = 0; k < N; k++)\n      A[i + j] = A[i + j] + B[k];\n");
  EXPECT_FALSE(holds(code(scheduled(diagonals, {"jam i by 2", "jam j by 2"})), "A"));
}

TEST(RegisterBlocks, LeaveBodiesWithGuards) {
  const ScopPtr guarded = program("int N, double A[N], double B[N]",
                                  "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n"
                                  "    if ((k + i) % 3 == 0)\n      A[i] = A[i] + B[k];\n");
  EXPECT_FALSE(holds(code(scheduled(guarded, {"jam i by 2"})), "A"));
}

// k reaches further the larger i is: before the last iterations all of the block run, and its cells are none of B's.
TEST(RegisterBlocks, CutTheLoopWhereItsBoundsMoveWithTheBlock) {
  const ScopPtr triangle = program("int N, double B[N][N], double A[N][N]",
                                   "for (int i = 0; i < N; i++)\n  for (int k = 0; k < i; k++)\n"
                                   "    for (int j = 0; j < N; j++)\n      B[i][j] -= A[i][k] * B[k][j];\n");
  EXPECT_EQ(codeAfter(triangle, {"interchange k j", "jam i by 2"}), R"(
for (long it = 0; it <= pl_floord(N + 1, 2) - 1; it++) {
  for (long j = 0; j <= N - 1; j++) {
    if (0 <= pl_min(N - 2, 2 * it - 1) && 2 * it + 2 <= N) {
      _Alignas(64) double B_r[2];
      #pragma omp unroll full
      for (long i = 0; i <= 1; i++)
        B_r[i] = B[2 * it + i][j];
      for (long k = 0; k <= pl_min(N - 2, 2 * it - 1); k++) {
        #pragma omp unroll full
        for (long i = 0; i <= 1; i++)
          B_r[i] = B_r[i] - A[2 * it + i][k] * B[k][j];
      }
      #pragma omp unroll full
      for (long i = 0; i <= 1; i++)
        B[2 * it + i][j] = B_r[i];
      for (long k = pl_min(N - 2, 2 * it - 1) + 1; k <= pl_min(N - 2, 2 * it); k++) {
        #pragma omp unroll partial
        for (long i = pl_max(2 * it, k + 1); i <= pl_min(N - 1, 2 * it + 1); i++)
          B[i][j] = B[i][j] - A[i][k] * B[k][j];
      }
    } else {
      for (long k = 0; k <= pl_min(N - 2, 2 * it); k++) {
        #pragma omp unroll partial
        for (long i = pl_max(2 * it, k + 1); i <= pl_min(N - 1, 2 * it + 1); i++)
          B[i][j] = B[i][j] - A[i][k] * B[k][j];
      }
    }
  }
}
)");
}

} // namespace
} // namespace polyloom::test
