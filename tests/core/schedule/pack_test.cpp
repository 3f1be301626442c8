#include "core/schedule/steps/pack.h"

#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

std::string verdict(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return makeVerdict(checkLegality(scheduled(scop, lines), computeDependences(*scop))).sentence;
}

const char* const kLegal = "legal: every dependence is kept";

ScopPtr product() {
  static const ScopPtr scop = program("int N, double C[N][N], double A[N][N], double B[N][N]",
                                      "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n"
                                      "    for (int j = 0; j < N; j++)\n      C[i][j] += A[i][k] * B[k][j];\n");
  return scop;
}

TEST(Pack, CopiesWhatIsReadAndWhatIsWritten) {
  EXPECT_EQ(codeAfter(named("triangular"), {"pack A at i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long i_2 = i; i_2 <= N - 1; i_2++)
    A_i[0][-i + i_2] = A[i][i_2];
  for (long j = i; j <= N - 1; j++)
    A_i[-i + j][0] = A_i[0][-i + j] + 1.0;
  for (long j_3 = i; j_3 <= N - 1; j_3++)
    A[j_3][i] = A_i[-i + j_3][0];
}
)");
}

TEST(Pack, HoldsATileInABufferOfConstantSize) {
  const Schedule schedule = scheduled(product(), {"tile i k by 4 8", "pack B at kt"});
  EXPECT_EQ("\n" + code(schedule), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  for (long kt = 0; kt <= (N - 1) / 8; kt++) {
    for (long k_2 = 8 * kt; k_2 <= pl_min(N - 1, 8 * kt + 7); k_2++) {
      for (long j_2 = 0; j_2 <= N - 1; j_2++)
        B_kt[-8 * kt + k_2][j_2] = B[k_2][j_2];
    }
    for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++) {
      for (long k = 8 * kt; k <= pl_min(N - 1, 8 * kt + 7); k++) {
        for (long j = 0; j <= N - 1; j++)
          C[i][j] = C[i][j] + A[i][k] * B_kt[-8 * kt + k][j];
      }
    }
  }
}
)");
}

TEST(Pack, PlacesCellsAsTheLayoutSays) {
  const Schedule schedule = scheduled(product(), {"tile k j by 8 8", "pack B at jt layout j/4 k j%4"});
  EXPECT_EQ("\n" + code(schedule), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long kt = 0; kt <= (N - 1) / 8; kt++) {
    for (long jt = 0; jt <= (N - 1) / 8; jt++) {
      for (long k_2 = 8 * kt; k_2 <= pl_min(N - 1, 8 * kt + 7); k_2++) {
        for (long j_2 = 8 * jt; j_2 <= pl_min(N - 1, 8 * jt + 7); j_2++)
          B_jt[-2 * jt + j_2 / 4][-8 * kt + k_2][j_2 % 4] = B[k_2][j_2];
      }
      for (long k = 8 * kt; k <= pl_min(N - 1, 8 * kt + 7); k++) {
        for (long j = 8 * jt; j <= pl_min(N - 1, 8 * jt + 7); j++)
          C[i][j] = C[i][j] + A[i][k] * B_jt[-2 * jt + j / 4][-8 * kt + k][j % 4];
      }
    }
  }
}
)");
}

TEST(Pack, IsLegalInTheOrderThatItFinds) {
  EXPECT_EQ(verdict(named("triangular"), {"pack A at i"}), kLegal);
  EXPECT_EQ(verdict(named("gemm"), {"pack B at i"}), kLegal);
  EXPECT_EQ(verdict(named("gemm"), {"pack C at j", "pack A at j"}), kLegal);
}

TEST(Pack, GivesEachThreadABufferOfItsOwn) {
  EXPECT_EQ(verdict(named("gemm"), {"pack A at i", "parallel i"}), kLegal);
  EXPECT_EQ(verdict(named("gemm"), {"parallel i", "pack A at i", "pack C at i"}), kLegal);
}

TEST(Pack, SharesABufferThatIsUsedInTwoParallelLoops) {
  EXPECT_NE(verdict(named("gemm"), {"pack C at i", "distribute i after C_i_in", "parallel i"}), kLegal);
}

TEST(Pack, HoldsAPartOfABufferInASmallerOne) {
  EXPECT_EQ(verdict(named("gemm"), {"pack A at i", "pack A_i at j", "parallel i"}), kLegal);
}

ScopPtr writtenFirst() {
  static const ScopPtr scop = program("int N, double A[N], double B[N]",
                                      "double T[N];\nfor (int i = 0; i < N; i++) {\n  T[i] = A[i];\n  B[i] += T[i];\n}\n");
  return scop;
}

TEST(Pack, WaitsForNoCopyWhoseValueIsOverwritten) {
  // On another thread, the copy in fills that thread's buffer: S1 reads what S0 wrote into its own.
  const LegalityReport report = checkLegality(scheduled(writtenFirst(), {"pack T at i", "parallel i", "shift T_i_in i by 1"}),
                                              computeDependences(*writtenFirst()));
  EXPECT_FALSE(report.violations.empty()) << "the copies in and out still meet in T";
  for (const Violation& violation : report.violations)
    EXPECT_NE(violation.of.kind, DependenceKind::Flow) << violation.program->statements[static_cast<std::size_t>(violation.of.from)].name;
}

TEST(Pack, SeesWhatABufferOfABufferReadsFromTheFillingBefore) {
  EXPECT_EQ(verdict(writtenFirst(), {"pack T at i", "pack T_i at i"}), kLegal);
  EXPECT_EQ(verdict(writtenFirst(), {"pack T at i", "pack T_i at i", "parallel i"}),
            "illegal: T_i_i_out[i=0, cell_2=0] and T_i_i_in[i=1, cell=0] may run at the same time on different threads of "
            "i, but the second reads T_i[0] which the first writes (smallest case: N = 2)");
}

ScopPtr symmetric() {
  static const ScopPtr scop = program("int N, double C[N][N], double A[N][N + 1]",
                                      "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++)\n"
                                      "    for (int k = 0; k < N; k++)\n      C[i][j] += A[i][k] * A[j][k + 1];\n");
  return scop;
}

TEST(Pack, HoldsTheAccessesOfOneForm) {
  const Schedule schedule = scheduled(symmetric(), {"pack A[j][k+1] at i", "pack A[i][k] at i"});
  EXPECT_EQ("\n" + code(schedule), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long k_3 = 0; k_3 <= N - 1; k_3++)
    A_i_2[0][k_3] = A[i][k_3];
  for (long j_2 = 0; j_2 <= i; j_2++) {
    for (long k_2 = 1; k_2 <= N; k_2++)
      A_i[j_2][k_2 - 1] = A[j_2][k_2];
  }
  for (long j = 0; j <= i; j++) {
    for (long k = 0; k <= N - 1; k++)
      C[i][j] = C[i][j] + A_i_2[0][k] * A_i[j][k];
  }
}
)");
  EXPECT_EQ(verdict(symmetric(), {"pack A[j][k+1] at i", "pack A at i", "parallel i"}), kLegal);
}

TEST(Pack, RefusesAFormThatNothingHas) {
  expectRefused(symmetric(), {"pack A[j][k] at i"}, "unused-below", "no access to A below i has these subscripts");
  expectRefused(symmetric(), {"pack A[x][k] at i"}, "unused-below", "no access to A below i has these subscripts");
  expectRefused(symmetric(), {"pack A[j] at i"}, "wrong-count", "A has 2 dimensions, A[j] has 1 subscripts");
  EXPECT_EQ(refusal(symmetric(), {"pack A[j*k][k] at i"}).code, "not-affine");
}

TEST(Pack, RefusesAFormOfAnArrayThatIsWrittenMeanwhile) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i++)\n  for (int k = 0; k < i; k++)\n"
                                                        "    A[i][k] -= A[k][i];\n");
  expectRefused(scop, {"pack A[k][i] at i"}, "written-below",
                "S0 writes A below i: pack all of A, or where it is only read");
}

TEST(Pack, RefusesWhatNothingBelowUses) {
  expectRefused(named("blur"), {"pack out at i"}, "unused-below", "nothing below i uses out");
  expectRefused(named("gemm"), {"pack D at i"}, "unknown-array", "no array is called D; the arrays are C, A and B");
  expectRefused(named("row-sum"), {"pack s at i"}, "single-cell", "s is a single cell: nothing is nearer than that");
  EXPECT_EQ(refusal(named("gemm"), {"pack A at x"}).code, "unknown-loop");
}

TEST(Pack, RefusesLanes) {
  expectRefused(named("stencil-2d"), {"vectorize j by 4", "pack A at j"}, "vector-lanes",
                "j is a group of vector lanes, which run together; pack at a loop around it");
}

TEST(Pack, RefusesALayoutThatGivesTwoCellsOnePlace) {
  const auto refused = [](const std::string& layout, const std::string& sentence) {
    expectRefused(named("gemm"), {"pack B at i layout " + layout}, "bad-layout", sentence);
  };
  refused("k", "the layout leaves out j: cells that differ only there would share a place; add j");
  refused("k j j", "j has to stand in the layout once, or as j/8 and j%8");
  refused("k j/4 j%8", "j has to be divided by one number, as in j/8 and j%8, for each cell to have its place");
  refused("k x", "no dimension of B moves with x; in order they are k and j");
  refused("k j*8", "no dimension of B moves with j*8; in order they are k and j");
  refused("k j/0", "\"j/0\" is no part of a layout; there are j, j/8 and j%8");
  expectRefused(named("triangular"), {"pack A at i layout i j"}, "bad-layout",
                "more than one dimension of A moves with i; leave the layout out");
}

} // namespace
} // namespace polyloom::test
