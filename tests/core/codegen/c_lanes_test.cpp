// Groups of lanes as statements on vectors: their text, and where there is none.
#include "core/codegen/c_lanes.h"

#include "core/codegen/c_lane_macros.h"
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/child.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

Kernel kernelAfter(const ScopPtr& scop, const std::vector<std::string>& steps) {
  return makeKernel(scheduled(scop, steps)).value();
}

std::string codeForCompilers(const ScopPtr& scop, const std::vector<std::string>& steps) {
  std::string text = "\n";
  for (const CodeLine& line : regionCode(kernelAfter(scop, steps), {.forCompilers = true}))
    text += line.text + "\n";
  return text;
}

TEST(Lanes, AFullGroupIsOneStatementAndTheRestHasAMask) {
  const ScopPtr scop = program("int N, double a, double y[N], double x[N + 1]",
                               "for (int i = 0; i < N; i++)\n  y[i] = a * x[i + 1] + y[i];\n");
  EXPECT_EQ(codeForCompilers(scop, {"vectorize i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  if (4 * it + 3 <= N - 1) {
    pl_f64x4(y[4 * it]) = a * pl_f64x4(x[4 * it + 1]) + pl_f64x4(y[4 * it]);
  } else {
    const long i = 4 * it, pl_last = pl_min(N - 1, 4 * it + 3) - i;
    pl_f64x4_store(y[i], a * pl_f64x4_load(x[i + 1], 0, pl_last) + pl_f64x4_load(y[i], 0, pl_last), 0, pl_last);
  }
}
)");
}

TEST(Lanes, BehindALowerBoundTheFirstLaneStartsThere) {
  const ScopPtr scop = program("int N, double y[N], double x[N]", "for (int i = 1; i < N; i++)\n  y[i] = x[i];\n");
  const std::string code = codeForCompilers(scop, {"vectorize i by 4"});
  EXPECT_NE(code.find("if (1 <= 4 * it && 4 * it + 3 <= N - 1) {"), std::string::npos) << code;
  EXPECT_NE(code.find("const long i = pl_max(1, 4 * it), pl_last = pl_min(N - 1, 4 * it + 3) - i;"), std::string::npos) << code;
}

TEST(Lanes, CellsThatAreNoNeighborsAreGatheredAndTheRestGoesLaneByLane) {
  const ScopPtr scop = program("int N, double y[N], double A[N][N]", "for (int i = 0; i < N; i++)\n  y[i] = A[i][2];\n");
  EXPECT_EQ(codeForCompilers(scop, {"vectorize i by 4"}), R"(
for (long it = 0; it <= (N - 1) / 4; it++) {
  if (4 * it + 3 <= N - 1) {
    pl_f64x4(y[4 * it]) = pl_f64x4_apart(A[4 * it][2], N);
  } else {
    for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++)
      y[i] = A[i][2];
  }
}
)");
}

TEST(Lanes, OneValueForAllLanesIsSpread) {
  const ScopPtr scop = program("double a, double y[16]", "for (int i = 0; i < 16; i++)\n  y[i] = a;\n");
  const std::string code = codeForCompilers(scop, {"vectorize i by 8"});
  EXPECT_NE(code.find("pl_f64x8(y[8 * it]) = pl_f64x8_all(a);"), std::string::npos) << code;
}

TEST(Lanes, ConstantBoundsNeedNoTest) {
  const ScopPtr scop = program("float y[16], float x[16]", "for (int i = 0; i < 16; i++)\n  y[i] = x[i] / 2.0f;\n");
  const std::string code = codeForCompilers(scop, {"vectorize i by 8"});
  EXPECT_NE(code.find("pl_f32x8(y[8 * it]) = pl_f32x8(x[8 * it]) / 2.0f;"), std::string::npos) << code;
  EXPECT_EQ(code.find("if"), std::string::npos) << code;
}

const char* const kProduct = "for (int i = 0; i < N; i++)\n  for (int k = 0; k < N; k++)\n    for (int j = 0; j < N; j++)\n"
                             "      C[i][j] += A[i][k] * B[k][j];\n";

TEST(Lanes, RegistersOfAPartialBlockAreLoadedAndStoredThroughMasks) {
  const ScopPtr scop = program("int N, double C[N][N], double A[N][N], double B[N][N]", kProduct);
  const std::string code = codeForCompilers(scop, {"vectorize j by 4", "interchange k jt", "pack B at jt layout j/4 k j%4"});
  EXPECT_NE(code.find("pl_f64x4(C_r[0]) = pl_f64x4_load(C[i][4 * jt], 0, N - 4 * jt - 1);"), std::string::npos) << code;
  EXPECT_NE(code.find("pl_f64x4_store(C[i][4 * jt], pl_f64x4(C_r[0]), 0, N - 4 * jt - 1);"), std::string::npos) << code;
}

TEST(Lanes, SingleValuesInRegistersAreVectorsOfOneLane) {
  const ScopPtr scop = program("int N, double y[N], double A[N][N], double x[N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    y[i] += A[i][j] * x[j];\n");
  const std::string code = codeForCompilers(scop, {"jam i by 4"});
  EXPECT_NE(code.find("pl_f64x1(y_r[i]) = pl_f64x1(y_r[i]) + pl_f64x1(A[4 * it + i][j]) * pl_f64x1(x[j]);"),
            std::string::npos) << code;
}

class WithoutVectors : public ::testing::TestWithParam<const char*> {};

TEST_P(WithoutVectors, StaysALoop) {
  const ScopPtr scop = program("int N, double a, double y[N], float f[N], double x[2 * N], double A[N][N]",
                               "for (int i = 0; i < N; i++)\n  " + std::string(GetParam()) + "\n");
  const std::string code = codeForCompilers(scop, {"vectorize i by 4"});
  EXPECT_EQ(code.find("pl_f64x4"), std::string::npos) << code;
  EXPECT_NE(code.find("#pragma omp simd simdlen(4)"), std::string::npos) << code;
}

INSTANTIATE_TEST_SUITE_P(Reasons, WithoutVectors,
                         ::testing::Values("x[2 * i] = y[i];",        // writes no neighbors
                                           "A[i][0] = y[i];",         // likewise
                                           "y[i] = sqrt(x[i]);",      // a call
                                           "y[i] = x[i] + f[i];",     // two types
                                           "y[i] = x[i] > 0 ? x[i] : a;",
                                           "y[i] = x[i] * i;",        // the lane's number
                                           "y[N - 1 - i] = x[i];"));  // backwards

TEST(Lanes, DefinitionsAreThoseInUse) {
  EXPECT_EQ(laneDefinitions("pl_f64x8(C[i]) = pl_f64x8(A[i]);"),
            "typedef double pl_f64x8_t __attribute__((vector_size(64), aligned(8), may_alias));\n"
            "#define pl_f64x8(cell) (*(pl_f64x8_t*)&(cell))\n");
  EXPECT_EQ(laneUndefinitions("pl_f64x8(C[i])"), "#undef pl_f64x8\n");
  EXPECT_EQ(laneUndefinitions("pl_f64x8_store(C[i], pl_f64x8_all(a), 0, n)"),
            "#undef pl_f64x8\n#undef pl_f64x8_all\n#undef pl_f64x8_store\n");
  EXPECT_EQ(laneDefinitions("y[i] = x[i];"), "");
}

std::string fileAfter(const std::string& file, bool forCompilers) {
  const ScopPtr scop = programOf(file);
  return fileCode(*scop, kernelAfter(scop, {}), {.forCompilers = forCompilers}, "");
}

TEST(FileCode, SaysThatArgumentsDoNotOverlap) {
  const std::string file = "void f(int N, double A[N][N], const float *x, int* n, double B [N], double y[])\n{\n#pragma scop\n"
                           "for (int i = 0; i < N; i++)\n  y[i] = A[i][0] + x[i] + n[i] + B[i];\n#pragma endscop\n}\n";
  const std::string signature =
      "void f(int N, double A[restrict N][N], const float * restrict x, int* restrict n, double B [N], double y[restrict])";
  EXPECT_TRUE(fileAfter(file, true).starts_with(signature)) << fileAfter(file, true);
  EXPECT_TRUE(fileAfter(file, false).starts_with("void f(int N, double A[N][N], const float *x")) << fileAfter(file, false);
  const TemporaryFolder folder;
  const Finished compiled = runChild({"gcc", "-std=c11", "-fsyntax-only", "-Wall", "-Wno-unknown-pragmas", "-Werror",
                                      folder.write("f.c", fileAfter(file, true))});
  EXPECT_EQ(compiled.exitCode, 0) << compiled.errors;
}

} // namespace
} // namespace polyloom::test
