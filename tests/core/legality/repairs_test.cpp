#include "core/legality/repairs.h"

#include "core/schedule/catalogue.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <map>

namespace polyloom::test {
namespace {

std::vector<Repair> repairsOf(const ScopPtr& scop, const std::string& recipe, const LegalityOptions& options = {}) {
  return findRepairs(scop, computeDependences(*scop), parseRecipe(recipe)->steps, options);
}

std::vector<Repair> repairsOf(const std::string& program, const std::string& recipe) {
  return repairsOf(named(program), recipe);
}

using Sentences = std::vector<std::string>;

Sentences sentences(const std::vector<Repair>& repairs) {
  Sentences result;
  for (const Repair& repair : repairs)
    result.push_back(repair.sentence);
  return result;
}

std::string text(const Repair& repair) {
  std::string lines;
  for (const Step& step : repair.steps)
    lines += toText(step) + "\n";
  return lines;
}

ScopPtr seidel() {
  static const ScopPtr kScop = program("int T, int N, double A[N][N]",
                                       "for (int t = 0; t < T; t++)\n"
                                       "  for (int i = 1; i < N - 1; i++)\n"
                                       "    for (int j = 1; j < N - 1; j++)\n"
                                       "      A[i][j] = (A[i - 1][j - 1] + A[i - 1][j] + A[i - 1][j + 1]\n"
                                       "                 + A[i][j - 1] + A[i][j] + A[i][j + 1]\n"
                                       "                 + A[i + 1][j - 1] + A[i + 1][j] + A[i + 1][j + 1]) / 9.0;\n");
  return kScop;
}

/// Producer and consumer at a distance.
ScopPtr apart(const std::string& subscript) {
  return program("int N, double A[2 * N + 40], double B[N]", "for (int i = 0; i < N + 20; i++)\n"
                                                             "  A[i] = 1.0;\n"
                                                             "for (int j = 0; j < N; j++)\n"
                                                             "  B[j] = A[" + subscript + "];\n");
}

// The distances are those of the dependences that the present storage has.
TEST(Repairs, AreSolvedForAfterAChangeOfStorage) {
  const ScopPtr scop = program("int N, double in[N], double out[N], double tmp[N]", "for (int i = 0; i < N; i++)\n"
                                                                                    "  tmp[i] = in[i] * 2.0;\n"
                                                                                    "for (int y = 0; y < N - 2; y++)\n"
                                                                                    "  out[y] = tmp[y + 2];\n");
  EXPECT_EQ(sentences(repairsOf(scop, "pack in at i\nfuse i y\n")),
            (Sentences{"shift S1 y by 2 before fuse i y",
                       "shift S0 i by -2 and shift in_i_in i by -2 before fuse i y", "leave out fuse i y"}));
}

TEST(Repairs, ShiftTheConsumerBeforeAFusion) {
  EXPECT_EQ(sentences(repairsOf("jacobi-1d", "fuse i j\n")),
            (Sentences{"shift S1 j by 1 before fuse i j", "shift S0 i by -1 before fuse i j", "leave out fuse i j"}));
}

TEST(Repairs, SolveForAmountsThatNobodyWouldTry) {
  EXPECT_EQ(repairsOf(apart("j + 17"), "fuse i j\n").front().sentence, "shift S1 j by 17 before fuse i j");
}

TEST(Repairs, ShiftByParametersWhereTheDistanceGrows) {
  EXPECT_EQ(repairsOf(apart("N - 1 - j"), "fuse i j\n").front().sentence, "shift S1 j by N-1 before fuse i j");
}

TEST(Repairs, ShiftOneMoreWhereTheOrderInTheBodyIsWrong) {
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 3; i < N; i++) {\n"
                                                                  "  B[i] = A[i - 3];\n"
                                                                  "  A[i] = 1.0;\n"
                                                                  "}\n");
  // In the same iteration S0 comes before S1, which it reads from: a distance of 0 is not enough.
  EXPECT_EQ(repairsOf(scop, "shift S0 i by -5\n").front().sentence,
            "shift S0 i by -2 instead of shift S0 i by -5");
}

TEST(Repairs, DoNotUndoAShiftByAnother) {
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 0; i < N; i++) {\n"
                                                                  "  B[i] = 1.0;\n"
                                                                  "  A[i] = B[i] + 1.0;\n"
                                                                  "}\n");
  EXPECT_EQ(sentences(repairsOf(scop, "shift S1 i by -1\n")),
            (Sentences{"shift S0 i by -1 before shift S1 i by -1", "leave out shift S1 i by -1"}));
}

TEST(Repairs, CorrectTheAmountOfAnEarlierShift) {
  const std::vector<Repair> repairs = repairsOf(apart("j + 5"), "shift S1 j by 2\nfuse i j\n");
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs.front().sentence, "shift S1 j by 5 instead of shift S1 j by 2");
  EXPECT_EQ(text(repairs.front()), "shift S1 j by 5\nfuse i j\n");
}

TEST(Repairs, CorrectTheAmountOfAnEarlierSkew) {
  const ScopPtr scop = program("int T, int N, double A[N]", "for (int t = 0; t < T; t++)\n"
                                                            "  for (int i = 2; i < N - 2; i++)\n"
                                                            "    A[i] = A[i - 2] + A[i + 2];\n");
  EXPECT_EQ(repairsOf(scop, "skew i by 1 t\ntile t i by 4 4\n").front().sentence,
            "skew i by 2 t instead of skew i by 1 t");
}

TEST(Repairs, SkewSeveralLoopsAlongSeveralOthers) {
  const std::vector<Repair> repairs = repairsOf(seidel(), "tile t i j by 4 4 4\n");
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs.front().sentence,
            "skew i by 1 t, skew j by 1 i and skew j by 1 t before tile t i j by 4 4 4");
}

TEST(Repairs, SkewNoMoreThanTheStepNeeds) {
  // Two loops inside: nothing has to be done for t.
  EXPECT_EQ(repairsOf(seidel(), "tile i j by 4 4\n").front().sentence, "skew j by 1 i before tile i j by 4 4");
  EXPECT_EQ(repairsOf(seidel(), "interchange i j\n").front().sentence, "skew j by 1 i before interchange i j");
}

TEST(Repairs, MendALaterStepAfterAnEarlierOne) {
  const std::vector<Repair> repairs = repairsOf("jacobi-1d", "fuse i j\ntile t i by 4 4\n");
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs.front().sentence,
            "shift S1 j by 1 before fuse i j; skew i by 2 t before tile t i by 4 4");
  EXPECT_EQ(text(repairs.front()), "shift S1 j by 1\nfuse i j\nskew i by 2 t\ntile t i by 4 4\n");
}

TEST(Repairs, MoveThreadsToALoopThatCarriesNothing) {
  EXPECT_EQ(sentences(repairsOf("gemm", "distribute j after S0\ninterchange j_2 k\nparallel k\n")),
            (Sentences{"parallel j_2 instead of parallel k", "parallel i instead of parallel k",
                       "leave out parallel k"}));
}

TEST(Repairs, RunAWavefrontInParallel) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 1; i < N; i++)\n"
                                                        "  for (int j = 1; j < N; j++)\n"
                                                        "    A[i][j] = A[i - 1][j] + A[i][j - 1];\n");
  const std::vector<Repair> repairs = repairsOf(scop, "parallel i\n");
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs.front().sentence, "skew j by 1 i and interchange i j before parallel i");
}

TEST(Repairs, DistributeALoopWhoseStatementsDependOnEachOther) {
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 1; i < N; i++) {\n"
                                                                  "  A[i] = 1.0;\n"
                                                                  "  B[i] = A[i - 1];\n"
                                                                  "}\n");
  // Aligning the two statements is the smaller change; parting them works as well.
  EXPECT_EQ(sentences(repairsOf(scop, "parallel i\n")),
            (Sentences{"shift S0 i by 1 before parallel i", "shift S1 i by -1 before parallel i",
                       "distribute i after S0 before parallel i, and parallel i_2 after it"}));
}

TEST(Repairs, DropThreadsThatALaterStepMakesIllegal) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 1; i < N; i++)\n"
                                                        "  for (int j = 1; j < N; j++)\n"
                                                        "    A[i][j] = A[i - 1][j - 1] + 1.0;\n");
  EXPECT_EQ(sentences(repairsOf(scop, "parallel j\ninterchange i j\n")),
            (Sentences{"parallel i instead of parallel j", "leave out parallel j", "leave out interchange i j"}));
}

TEST(Repairs, TileOneLoopLess) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 1; i < N; i++)\n"
                                                        "  for (int j = 0; j < N; j++)\n"
                                                        "    A[i][j] = A[i - 1][N - 1 - j] + 1.0;\n");
  EXPECT_EQ(sentences(repairsOf(scop, "tile i j by 4 4\n")),
            (Sentences{"tile j by 4 instead of tile i j by 4 4", "tile i by 4 instead of tile i j by 4 4",
                       "leave out tile i j by 4 4"}));
}

TEST(Repairs, LeaveOutWhatNothingElseMends) {
  EXPECT_EQ(sentences(repairsOf("gemm", "reverse k\nparallel i\n")), (Sentences{"leave out reverse k"}));
}

TEST(Repairs, ExpandAScalarFirst) {
  EXPECT_EQ(repairsOf("scalar", "parallel i\n").front().sentence, "expand t along i before parallel i");
}

TEST(Repairs, AreNoneForALegalRecipe) { EXPECT_TRUE(repairsOf("jacobi-1d", "parallel i\n").empty()); }

TEST(Repairs, AreNoneWhereNoVerdictFits) {
  EXPECT_TRUE(repairsOf(seidel(), "tile t i j by 4 4 4\n", {.maxOperations = 50}).empty());
}

TEST(Repairs, AreLegalAndKeepTheOtherSteps) {
  const ScopPtr scop = named("jacobi-1d");
  const Dependences dependences = computeDependences(*scop);
  const std::vector<Repair> repairs = repairsOf("jacobi-1d", "reverse t\nparallel i\n");
  ASSERT_FALSE(repairs.empty());
  for (const Repair& repair : repairs) {
    const Replay replayed = replay(scop, repair.steps);
    EXPECT_FALSE(replayed.refusal);
    EXPECT_EQ(checkLegality(replayed.schedule, dependences).verdict, LegalityReport::Verdict::Legal);
    EXPECT_EQ(toText(repair.steps.back()), "parallel i");
  }
  EXPECT_EQ(repairs.back().sentence, "leave out reverse t");
}

} // namespace
} // namespace polyloom::test
