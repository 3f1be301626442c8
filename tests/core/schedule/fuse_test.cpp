#include "core/schedule/steps/fuse.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

ScopPtr threeLoops() {
  return program("int N, double A[N], double B[N], double C[N]",
                 "for (int i = 0; i < N; i++)\n  A[i] = 1.0;\n"
                 "for (int j = 0; j < N; j++)\n  B[j] = 2.0;\n"
                 "for (int k = 2; k < N - 1; k++)\n  C[k] = 3.0;\n");
}

TEST(Fuse, MakesOneLoopWhereTheFirstBodyRunsFirst) {
  EXPECT_EQ(codeAfter(named("jacobi-1d"), {"fuse i j"}), R"(
for (long t = 0; t <= T - 1; t++) {
  for (long i = 1; i <= N - 2; i++) {
    B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3.0;
    A[i] = (B[i - 1] + B[i] + B[i + 1]) / 3.0;
  }
}
)");
}

TEST(Fuse, CoversTheUnionOfBothRanges) {
  EXPECT_EQ(codeAfter(threeLoops(), {"fuse j k"}), R"(
for (long i = 0; i <= N - 1; i++)
  A[i] = 1.0;
for (long j = 0; j <= pl_min(1, N - 1); j++)
  B[j] = 2.0;
for (long j = 2; j <= N - 2; j++) {
  B[j] = 2.0;
  C[j] = 3.0;
}
if (N >= 3) {
  B[N - 1] = 2.0;
}
)");
}

TEST(Fuse, KeepsWhatStandsBesideTheTwo) {
  EXPECT_EQ(loopNames(scheduled(threeLoops(), {"fuse j k"}).tree()), (std::vector<std::string>{"i", "j"}));
  EXPECT_EQ(loopNames(scheduled(threeLoops(), {"fuse i j"}).tree()), (std::vector<std::string>{"i", "k"}));
  EXPECT_EQ(loopNames(scheduled(threeLoops(), {"fuse i j", "fuse i k"}).tree()), (std::vector<std::string>{"i"}));
}

TEST(Fuse, FusesNestsFromTheOutsideIn) {
  EXPECT_EQ(codeAfter(named("blur"), {"fuse i y", "fuse j x"}), R"(
for (long i = 1; i <= N - 2; i++) {
  tmp[i][0] = in[i - 1][0] + in[i + 1][0];
  for (long j = 1; j <= N - 2; j++) {
    tmp[i][j] = in[i - 1][j] + in[i + 1][j];
    out[i][j] = tmp[i][j - 1] + tmp[i][j + 1];
  }
  tmp[i][N - 1] = in[i - 1][N - 1] + in[i + 1][N - 1];
}
)");
}

TEST(Fuse, AlignsDownwardLoopsByTheirNegatedValues) {
  EXPECT_EQ(codeAfter(named("strided-pair"), {"fuse i j"}), R"(
for (long i = -N + 1; i <= -1; i += 2) {
  A[-i] = B[-i - 1];
  B[-i] = A[-i] + 1.0;
}
)");
}

TEST(Fuse, KeepsAStrideOnlyWhereTheValuesMeet) {
  const auto stridesOf = [](const char* start) {
    const ScopPtr scop = program("int N, double A[N], double B[N]",
                                 "for (int i = 0; i < N; i += 2)\n  A[i] = 1.0;\n"
                                 "for (int j = " + std::string(start) + "; j < N; j += 2)\n  B[j] = 1.0;\n");
    return scheduled(scop, {"fuse i j"}).tree().root()->stride;
  };
  EXPECT_EQ(stridesOf("4"), 2);
  EXPECT_EQ(stridesOf("1"), 1); // 0, 2, 4 … and 1, 3, 5 …: the fused loop takes every value
}

TEST(Fuse, KeepsAttributesOnlyWhereBothAgree) {
  const ScopPtr scop = threeLoops();
  EXPECT_TRUE(scheduled(scop, {"parallel i", "parallel j", "fuse i j"}).tree().root()->children[0]->attributes.parallel);
  EXPECT_FALSE(scheduled(scop, {"parallel i", "fuse i j"}).tree().root()->children[0]->attributes.parallel);
}

TEST(Fuse, OfTileLoopsNeedsEqualTilesToStayOne) {
  const ScopPtr scop = threeLoops();
  EXPECT_EQ(scheduled(scop, {"tile i by 4", "tile j by 4", "fuse it jt"}).tree().root()->children[0]->tileSize, 4);
  EXPECT_EQ(scheduled(scop, {"tile i by 4", "tile j by 8", "fuse it jt"}).tree().root()->children[0]->tileSize, 0);
}

TEST(Fuse, MergesPartsOfOneStatementAgain) {
  EXPECT_EQ(codeAfter(named("downward"), {"split i at -2", "fuse i i_2"}), codeAfter(named("downward"), {}));
  EXPECT_EQ(loopNames(scheduled(named("scalar"), {"split i at 3", "fuse i i_2"}).tree()),
            (std::vector<std::string>{"i"}));
}

TEST(Fuse, GivesPartsOfOneStatementTheirOwnValues) {
  EXPECT_EQ(codeAfter(named("downward"), {"split i at -2", "shift S0 i_2 by -1", "fuse i i_2"}), R"(
if (N >= 2) {
  if (N <= 4) {
    A[N - 2] = A[N - 1] + A[N - 2];
  }
  for (long i = -N + 2; i <= -3; i++) {
    A[-i] = A[-i + 1] + A[-i];
    if (i == -3) {
      A[2] = A[3] + A[2];
    }
  }
  for (long i = pl_max(-2, -N + 2); i <= -1; i++)
    A[-i - 1] = A[-i] + A[-i - 1];
}
)");
}

TEST(Fuse, KeepsTilesOfPartsOneLoop) {
  const ScheduleTree tree = scheduled(named("downward"), {"split i at -2", "tile i by 4", "tile i_2 by 4",
                                                          "shift S0 i_2 by 1", "fuse it i_2t"}).tree();
  EXPECT_EQ(pathToLoop(tree, "it").back()->tileSize, 4);
}

TEST(Fuse, FusesSeveralStatementsAfterShifts) {
  EXPECT_EQ(codeAfter(named("jacobi-1d"), {"shift S1 j by 2", "fuse i j", "shift S0 i by 1"}), R"(
if (N >= 3) {
  for (long t = 0; t <= T - 1; t++) {
    B[1] = (A[0] + A[1] + A[2]) / 3.0;
    for (long i = 3; i <= N - 1; i++) {
      B[i - 1] = (A[i - 2] + A[i - 1] + A[i]) / 3.0;
      A[i - 2] = (B[i - 3] + B[i - 2] + B[i - 1]) / 3.0;
    }
    A[N - 2] = (B[N - 3] + B[N - 2] + B[N - 1]) / 3.0;
  }
}
)");
}

TEST(Fuse, RefusesLoopsWithoutACommonBody) {
  expectRefused(named("gemm"), {"fuse i j"}, "not-neighbors",
                "j is inside i; only loops beside each other can be fused");
  expectRefused(named("gemm"), {"fuse k i"}, "not-neighbors",
                "k is inside i; only loops beside each other can be fused");
  expectRefused(named("blur"), {"fuse i x"}, "not-neighbors",
                "i and x do not stand in the same body: x is inside y; interchange y x first");
  expectRefused(named("blur"), {"fuse j y"}, "not-neighbors",
                "j and y do not stand in the same body: j is inside i; interchange i j first");
  expectRefused(named("blur"), {"fuse j x"}, "not-neighbors",
                "j and x do not stand in the same body; fuse i y first");
}

TEST(Fuse, RefusesWhatStandsBetweenAndTheWrongOrder) {
  expectRefused(threeLoops(), {"fuse i k"}, "not-neighbors",
                "loop j stands between i and k; reorder S0 S2 first");
  expectRefused(threeLoops(), {"fuse j i"}, "not-neighbors", "j runs after i; name the earlier loop first");
  expectRefused(threeLoops(), {"fuse i i"}, "repeated-loop", "i is named twice");
  expectRefused(threeLoops(), {"fuse i z"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  const ScopPtr between = program("int N, double A[N], double B[N], double s[1]",
                                  "for (int i = 0; i < N; i++)\n  A[i] = 1.0;\ns[0] = 1.0;\n"
                                  "for (int j = 0; j < N; j++)\n  B[j] = 2.0;\n");
  expectRefused(between, {"fuse i j"}, "not-neighbors", "S1 stands between i and j; reorder S0 S2 first");
}

// Three parts of one statement: no two names tell the outer two from the one between.
TEST(Fuse, ProposesNoReorderingThatWouldBeRefused) {
  expectRefused(named("downward"), {"split i at -2", "split i_2 at 0", "fuse i i_3"}, "not-neighbors",
                "loop i_2 stands between i and i_3");
}

} // namespace
} // namespace polyloom::test
