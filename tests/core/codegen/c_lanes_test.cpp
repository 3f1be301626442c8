// Groups of lanes as statements on vectors: their text, and where there is none.
#include "core/codegen/c_lanes.h"

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

TEST(Lanes, AFullGroupIsOneStatementAndTheRestGoesLaneByLane) {
  const ScopPtr scop = program("int N, double a, double y[N], double x[N + 1]",
                               "for (int i = 0; i < N; i++)\n  y[i] = a * x[i + 1] + y[i];\n");
  EXPECT_EQ(codeForCompilers(scop, {"vectorize i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  if (4 * it + 3 <= N - 1) {
    pl_f64x4(y[4 * it]) = a * pl_f64x4(x[4 * it + 1]) + pl_f64x4(y[4 * it]);
  } else {
    for (long i = 4 * it; i <= pl_min(N - 1, 4 * it + 3); i++)
      y[i] = a * x[i + 1] + y[i];
  }
}
)");
}

TEST(Lanes, ConstantBoundsNeedNoTest) {
  const ScopPtr scop = program("float y[16], float x[16]", "for (int i = 0; i < 16; i++)\n  y[i] = x[i] / 2.0f;\n");
  const std::string code = codeForCompilers(scop, {"vectorize i by 8"});
  EXPECT_NE(code.find("pl_f32x8(y[8 * it]) = pl_f32x8(x[8 * it]) / 2.0f;"), std::string::npos) << code;
  EXPECT_EQ(code.find("if"), std::string::npos) << code;
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
                         ::testing::Values("y[i] = x[2 * i];",        // no neighbors
                                           "y[i] = A[i][0];",         // likewise
                                           "y[i] = a;",               // one value in all lanes
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
