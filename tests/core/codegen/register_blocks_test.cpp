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

// Only legal where reductions may change their order: each lane has a part of the sum for itself.
TEST(RegisterBlocks, SumUpInLanes) {
  const ScopPtr rows = program("int N, double s[N], double A[N][N], double x[N]",
                               "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n    s[i] -= A[i][k] * x[k];\n");
  EXPECT_EQ(codeAfter(rows, {"vectorize k by 4"}), R"(
for (long i = 0; i <= N - 1; i++) {
  if (0 <= pl_min((N - 1) / 4, pl_floord(N - 4, 4))) {
    _Alignas(64) double s_r[4];
    #pragma omp simd simdlen(4)
    for (long k = 0; k <= 3; k++)
      s_r[k] = 0.0;
    for (long kt = 0; kt <= pl_min((N - 1) / 4, pl_floord(N - 4, 4)); kt++) {
      #pragma omp simd simdlen(4)
      for (long k = 0; k <= 3; k++)
        s_r[k] = s_r[k] - A[i][4 * kt + k] * x[4 * kt + k];
    }
    #pragma omp simd simdlen(2)
    for (long k = 0; k <= 1; k++)
      s_r[k] = s_r[k] + s_r[k + 2];
    s_r[0] = s_r[0] + s_r[1];
    s[i] = s[i] + s_r[0];
    for (long kt = pl_min((N - 1) / 4, pl_floord(N - 4, 4)) + 1; kt <= (N - 1) / 4; kt++) {
      for (long k = 4 * kt; k <= pl_min(N - 1, 4 * kt + 3); k++)
        s[i] = s[i] - A[i][k] * x[k];
    }
  } else {
    for (long kt = 0; kt <= (N - 1) / 4; kt++) {
      for (long k = 4 * kt; k <= pl_min(N - 1, 4 * kt + 3); k++)
        s[i] = s[i] - A[i][k] * x[k];
    }
  }
}
)");
}

TEST(RegisterBlocks, SumUpSideBySideWhereTheLoopIsUnrolled) {
  const ScopPtr sum = program("int N, double s[1], double x[N]", "for (int k = 0; k < N; k++)\n  s[0] += x[k];\n");
  const std::string text = codeAfter(sum, {"vectorize k by 4", "unroll kt by 3"});
  EXPECT_NE(text.find("double s_r[3][4];"), std::string::npos) << text;
  EXPECT_NE(text.find("s_r[kt_u][k] = s_r[kt_u][k] + x[4 * kt + 4 * kt_u + k];"), std::string::npos) << text;
  EXPECT_NE(text.find("s_r[0][k] = s_r[0][k] + x[4 * kt + k];"), std::string::npos) << text;  // groups that are left
  EXPECT_NE(text.find("s_r[0][k] = s_r[0][k] + s_r[2][k];"), std::string::npos) << text;      // three parts: two, then one
  EXPECT_NE(text.find("s_r[0][k] = s_r[0][k] + s_r[1][k];"), std::string::npos) << text;
}

TEST(RegisterBlocks, StartAProductFromOneAndAGreatestFromTheCell) {
  const ScopPtr both = program("int N, double p[1], double m[1], double x[N]",
                               "for (int k = 0; k < N; k++) {\n  p[0] *= x[k];\n  m[0] = fmax(m[0], x[k]);\n}\n");
  const std::string text = codeAfter(both, {"vectorize k by 2"});
  EXPECT_NE(text.find("p_r[k] = 1.0;"), std::string::npos) << text;
  EXPECT_NE(text.find("p[0] = p[0] * p_r[0];"), std::string::npos) << text;
  EXPECT_NE(text.find("m_r[k_2] = m[0];"), std::string::npos) << text;
  EXPECT_NE(text.find("m[0] = m[0] > m_r[0] ? m[0] : m_r[0];"), std::string::npos) << text;
}

// The sum's cell moves with j, which runs inside: no register holds it, and lanes of one cell take turns.
TEST(RegisterBlocks, RunLanesOfOneCellInTurnWhereNoRegisterHoldsIt) {
  const ScopPtr columns = program("int N, double s[N], double A[N][N]",
                                  "for (int k = 0; k < N; k++)\n  for (int j = 0; j < N; j++)\n    s[j] += A[k][j];\n");
  const std::string text = codeAfter(columns, {"vectorize k by 4"});
  EXPECT_FALSE(holds(text, "s")) << text;
  EXPECT_EQ(text.find("simd"), std::string::npos) << text;
}

} // namespace
} // namespace polyloom::test
