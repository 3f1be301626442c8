#include "core/schedule/steps/expand.h"

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

/// A function that computes with a variable of its own.
ScopPtr withVariable(const std::string& declarations, const std::string& region, const std::string& after = "") {
  return programOf("void kernel(int N, double A[N], double B[N]) {\n" + declarations + "#pragma scop\n" + region +
                   "#pragma endscop\n" + after + "}\n");
}

TEST(Expand, GivesAScalarACellPerIteration) {
  EXPECT_EQ(codeAfter(named("row-sum"), {"expand s along i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  s[i] = 0.0;
  for (long j = 0; j <= N - 1; j++)
    s[i] = s[i] + A[i][j];
  x[i] = s[i];
}
)");
}

TEST(Expand, CountsCellsFromTheLowestValue) {
  const ScopPtr scop = program("int N, double A[N]", "for (int i = 3; i < N; i++) {\n  double t = A[i];\n  A[i] = t * t;\n}\n");
  const Schedule schedule = scheduled(scop, {"expand t along i"});
  EXPECT_NE(code(schedule).find("t[i - 3] = A[i];"), std::string::npos) << code(schedule);
  EXPECT_EQ(schedule.program().arrays.back().extents.size(), 1U);
}

TEST(Expand, LetsALoopRunInParallel) {
  EXPECT_NE(verdict(named("row-sum"), {"parallel i"}), kLegal);
  EXPECT_EQ(verdict(named("row-sum"), {"expand s along i", "parallel i"}), kLegal);
}

TEST(Expand, IsTheSameBeforeAndAfterAReordering) {
  EXPECT_EQ(verdict(named("row-sum"), {"parallel i", "expand s along i"}), kLegal);
  EXPECT_EQ(verdict(named("row-sum"), {"reverse i", "expand s along i", "parallel i"}), kLegal);
  EXPECT_EQ(verdict(named("row-sum"), {"expand s along i", "distribute i after S0"}), kLegal);
}

TEST(Expand, WorksAlongTiles) {
  EXPECT_EQ(verdict(named("row-sum"), {"tile i by 4", "expand s along it", "parallel it"}), kLegal);
}

TEST(Expand, IsIllegalWhereAnIterationReadsAnothersValue) {
  const ScopPtr scop = program("int N, double A[N], double B[N]",
                               "double s;\nfor (int i = 0; i < N; i++) {\n  if (i > 0)\n    A[i] = s;\n  s = B[i];\n}\n");
  EXPECT_EQ(verdict(scop, {"expand s along i"}),
            "illegal: S0[i=1] reads s, which S1[i=0] wrote: with a cell per iteration of i it would find another one "
            "(smallest case: N = 2)");
}

TEST(Expand, RefusesUsesOutsideOfTheLoop) {
  expectRefused(named("row-sum"), {"expand s along j"}, "used-outside",
                "S0 uses s outside of j; every statement that uses s has to run below the loop");
  expectRefused(named("scalar"), {"distribute i after S0", "expand t along i"}, "used-outside",
                "S1 uses t outside of i; every statement that uses t has to run below the loop");
}

// Rows without an odd j leave x as it is: of the others the last one tells.
TEST(Expand, CopiesBackWhatIsSeenOutside) {
  const ScopPtr scop = program("int N, double x[N], double A[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = i; j < N; j++) {\n    x[j] = 0.0;\n"
                               "    for (int k = 0; k < i; k++)\n      x[j] += A[i][k];\n    A[i][j] = x[j];\n  }\n");
  EXPECT_EQ(codeAfter(scop, {"expand x along i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  for (long j = i; j <= N - 1; j++) {
    x_i[i][j] = 0.0;
    for (long k = 0; k <= i - 1; k++)
      x_i[i][j] = x_i[i][j] + A[i][k];
    A[i][j] = x_i[i][j];
  }
}
for (long cell = 0; cell <= N - 1; cell++)
  x[cell] = x_i[cell][cell];
)");
  EXPECT_EQ(verdict(scop, {"expand x along i"}), kLegal);
  EXPECT_NE(verdict(scop, {"parallel i"}), kLegal);
  EXPECT_EQ(verdict(scop, {"expand x along i", "parallel i"}), kLegal);
  EXPECT_NE(verdict(scop, {"reverse i", "expand x along i"}), kLegal) << "the order before was wrong already";
  EXPECT_EQ(verdict(scop, {"expand x along i", "reverse i"}), kLegal);
}

TEST(Expand, IsIllegalWhereAResultIsUpdated) {
  EXPECT_EQ(verdict(named("gemm"), {"expand C along i"}),
            "illegal: S0[i=0, j=0] reads what C[0][0] held before the region, which its new cells do not hold "
            "(smallest case: N = 1)");
}

TEST(Expand, RefusesWhatACopyWrites) {
  const ScopPtr scop = withVariable("double t;\n", "for (int i = 0; i < N; i++) {\n  t = A[i];\n  B[i] = t;\n}\n",
                                    "A[0] = t;\n");
  EXPECT_EQ(refusal(scop, {"expand t along i", "expand t along i"}).code, "used-outside");
  const ScopPtr sums = program("int N, double x[N], double A[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    x[j] = A[i][j];\n");
  expectRefused(sums, {"expand x along i", "expand x along cell"}, "expanded",
                "x gets its values from another array since it was expanded; expand that one");
}

TEST(Expand, RefusesWhatIsOnlyRead) {
  expectRefused(named("gemm"), {"expand A along i"}, "only-read", "A is only read: its values come from before the region");
}

TEST(Expand, RefusesNamesThatDoNotExist) {
  expectRefused(named("row-sum"), {"expand t along i"}, "unknown-array",
                "no array is called t; the arrays are A, x and s");
  expectRefused(named("row-sum"), {"expand s along k"}, "unknown-loop", "no loop is called k; the loops are i and j");
}

TEST(Expand, RefusesBuffersAndWhatTheyHold) {
  expectRefused(named("local-array"), {"pack tmp at y", "expand tmp_y along y"}, "buffer",
                "tmp_y is a buffer: its cells follow from what it holds of tmp; expand tmp before pack tmp at y");
  expectRefused(named("local-array"), {"pack tmp at y", "expand tmp along i"}, "packed-array",
                "a part of tmp is held in tmp_y; expand tmp before pack tmp at y");
}

TEST(Expand, RefusesAVariableThatNothingUses) {
  const ScopPtr scop = program("int N, double A[N]", "double t;\nfor (int i = 0; i < N; i++)\n  A[i] = 1.0;\n");
  if (findArray(*scop, "t"))
    expectRefused(scop, {"expand t along i"}, "unused-array", "no statement uses t");
}

TEST(Expand, TakesAVariableOfTheFunctionThatOnlyTheRegionNames) {
  const ScopPtr scop = withVariable("double t;\n", "for (int i = 0; i < N; i++) {\n  t = A[i];\n  B[i] = t;\n}\n");
  EXPECT_TRUE(scop->arrays[static_cast<std::size_t>(*findArray(*scop, "t"))].isConfined);
  EXPECT_EQ(verdict(scop, {"expand t along i", "parallel i"}), kLegal);
  EXPECT_EQ(scheduled(scop, {"expand t along i"}).program().arrays.back().name, "t_i");
}

TEST(Expand, IsIllegalWhereTheValueFromBeforeIsRead) {
  const ScopPtr scop = withVariable("double t = 1.0;\n", "for (int i = 0; i < N; i++) {\n  B[i] = t;\n  t = A[i];\n}\n");
  EXPECT_EQ(verdict(scop, {"expand t along i"}),
            "illegal: S0[i=0] reads what t held before the region, which its new cells do not hold "
            "(smallest case: N = 1)");
}

TEST(Expand, CopiesBackAScalarThatIsNamedAfterTheRegion) {
  const ScopPtr scop = withVariable("double t;\n", "for (int i = 0; i < N; i++) {\n  t = A[i];\n  B[i] = t;\n}\n",
                                    "A[0] = t;\n");
  EXPECT_EQ(codeAfter(scop, {"expand t along i"}), R"(
for (long i = 0; i <= N - 1; i++) {
  t_i[i] = A[i];
  B[i] = t_i[i];
}
if (N >= 1) {
  t = t_i[N - 1];
}
)");
}

} // namespace
} // namespace polyloom::test
