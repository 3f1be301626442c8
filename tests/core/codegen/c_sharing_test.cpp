// What threads get copies of.
#include "core/codegen/c_sharing.h"

#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

std::string openMpFile(const std::string& file, const std::vector<std::string>& steps, bool forCompilers = true) {
  const ScopPtr scop = programOf(file);
  const Result<Kernel> kernel = makeKernel(scheduled(scop, steps));
  return fileCode(*scop, kernel.value(), {.forCompilers = forCompilers}, "");
}

const char* const kFile = "double table[100][100];\n"
                          "void f(int N, int M, double a, double A[N][N], const double* x, double* sum) {\n"
                          "#pragma scop\n"
                          "for (int t = 0; t < N; t++)\n  for (int i = 0; i < N; i++)\n"
                          "    A[t][i] = a * x[i] + table[t][0];\n"
                          "#pragma endscop\n}\n";

TEST(Sharing, ThreadsCopyWhatTheLoopOnlyReads) {
  const std::string text = openMpFile(kFile, {"parallel i"});
  EXPECT_NE(text.find("#pragma omp parallel for firstprivate(A, N, a, t, x)"), std::string::npos) << text;
}

TEST(Sharing, PeopleReadThePlainPragma) {
  const std::string text = openMpFile(kFile, {"parallel i"}, false);
  EXPECT_NE(text.find("#pragma omp parallel for\n"), std::string::npos) << text;
}

TEST(Sharing, WhatThreadsHaveForThemselvesIsNotCopied) {
  const std::string text = openMpFile(kFile, {"pack A at i", "parallel t"});
  EXPECT_NE(text.find("firstprivate(A, N, a, x)"), std::string::npos) << text;
}

} // namespace
} // namespace polyloom::test
