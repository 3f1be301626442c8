// Bodies of parallel loops as functions of their own.
#include "core/codegen/c_parts.h"

#include "core/codegen/c_source.h"
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

const std::vector<std::string> kJammed = {"jam i by 2", "parallel it"};

std::string openMpFile(const std::string& file, const std::vector<std::string>& steps, bool forCompilers = true) {
  const ScopPtr scop = programOf(file);
  const Result<Kernel> kernel = makeKernel(scheduled(scop, steps));
  return fileCode(*scop, kernel.value(), {.forCompilers = forCompilers}, "");
}

/// A file around a statement below two loops.
std::string fileOf(const std::string& head, const std::string& statement) {
  return head + " {\n#pragma scop\n  for (int i = 0; i < N; i++)\n    for (int j = 0; j < N; j++)\n      " + statement +
         "\n#pragma endscop\n}\n";
}

TEST(Parts, AFunctionKnowsThatItsArraysAreDistinct) {
  const std::string file = fileOf("#include <math.h>\n/* Sums; { is no brace. */\nstatic\nvoid f(int N, double a, double A[N][N], double B[N])",
                                  "A[i][j] = a * B[j];");
  EXPECT_EQ(openMpFile(file, kJammed), R"(#include <math.h>
/* Sums; { is no brace. */
#define pl_min(a, b) ((a) < (b) ? (a) : (b))
#define pl_floord(a, b) ((a) / (b) - ((a) % (b) < 0))
static void f_part(long N, long it, double a, double A[restrict N][N], double B[restrict N]) {
  if (2 * it + 2 <= N) {
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp unroll partial(2)
      for (long i = 2 * it; i <= 2 * it + 1; i++)
        A[i][j] = a * B[j];
    }
  } else {
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp unroll partial
      for (long i = 2 * it; i <= pl_min(N - 1, 2 * it + 1); i++)
        A[i][j] = a * B[j];
    }
  }
}

static
void f(int N, double a, double A[restrict N][N], double B[restrict N]) {
#pragma scop
#pragma omp parallel for firstprivate(A, B, N, a)
  for (long it = 0; it <= pl_floord(N + 1, 2) - 1; it++)
    f_part(N, it, a, A, B);
#undef pl_min
#undef pl_floord
#pragma endscop
}
)");
}

TEST(Parts, PeopleReadTheLoopInItsPlace) {
  const std::string file = fileOf("void f(int N, double A[N][N], double B[N])", "A[i][j] = B[j];");
  EXPECT_EQ(openMpFile(file, kJammed, false).find("f_part"), std::string::npos);
}

TEST(Parts, AnotherNameIsTakenWhereTheFileHasIt) {
  const std::string file = fileOf("int f_part;\nvoid f(int N, double A[N][N], double B[N])", "A[i][j] = B[j];");
  EXPECT_NE(openMpFile(file, kJammed).find("static void f_part_(long N"), std::string::npos);
}

TEST(Parts, OnlyJammedIterationsGainFromThem) {
  const std::string file = fileOf("void f(int N, double A[N][N], double B[N])", "A[i][j] = B[j];");
  EXPECT_EQ(openMpFile(file, {"parallel i"}).find("f_part"), std::string::npos);
}

TEST(Parts, ABodyThatSharesMoreThanPointersStaysInItsPlace) {
  const std::string scalar = fileOf("void f(int N, double A[N][N])", "A[i][j] = s;");
  const std::string text = "double s;\n" + scalar;
  EXPECT_EQ(openMpFile(text, kJammed).find("f_part"), std::string::npos);
  const std::string global = fileOf("double B[100];\nvoid f(int N, double A[N][N])", "A[i][j] = B[j];");
  EXPECT_EQ(openMpFile(global, kJammed).find("f_part"), std::string::npos);
}

TEST(Parts, TheStartOfAFunctionIsThatOfItsDeclaration) {
  const auto startOf = [](const std::string& before, const std::string& head) {
    const std::string file = before + fileOf(head, "A[i][j] = 0;");
    return functionStart(*programOf(file));
  };
  const std::string head = "__attribute__((noinline))\n// of type void\nvoid f(int N, double A[N][N])";
  for (const std::string before : {"", "struct S { int a; };\n", "char c = '\"', d[] = \"}{\\\"\";\n", "#define X \\\n  {\n",
                                   "static int g(void) { return 0; }\n"})
    EXPECT_EQ(startOf(before, head), before.size()) << before;
}

TEST(Parts, AHeadThatThePreprocessorChoosesHasNoStart) {
  const std::string file = "#if 0\nvoid g(void) {\n#endif\n" + fileOf("void f(int N, double A[N][N])", "A[i][j] = 0;");
  EXPECT_FALSE(functionStart(*programOf(file)).has_value());
}

} // namespace
} // namespace polyloom::test
