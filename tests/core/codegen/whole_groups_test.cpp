// Copies of loops in which jammed iterations are all there.
#include "core/codegen/whole_groups.h"

#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

std::string codeWithWholeGroups(const ScopPtr& scop, const std::vector<std::string>& steps) {
  std::string text = "\n";
  for (const CodeLine& line : regionCode(withWholeGroups(makeKernel(scheduled(scop, steps)).value())))
    text += line.text + "\n";
  return text;
}

const char* const kArguments = "int N, double A[N][N], double B[N][N]";

TEST(WholeGroups, StandBehindATestWhereBoundsMayCutThem) {
  const ScopPtr scop = program(kArguments, "for (int i = 1; i < N; i++)\n  for (int j = 0; j < N; j++)\n"
                                           "    B[i][j] = A[i - 1][j] + A[i][j];\n");
  EXPECT_EQ(codeWithWholeGroups(scop, {"jam i by 4"}), R"(
for (long it = 0; it <= pl_floord(N - 1, 4); it++) {
  if (1 <= 4 * it && 4 * it + 4 <= N) {
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp unroll partial(4)
      for (long i = 4 * it; i <= 4 * it + 3; i++)
        B[i][j] = A[i - 1][j] + A[i][j];
    }
  } else {
    for (long j = 0; j <= N - 1; j++) {
      #pragma omp unroll partial
      for (long i = pl_max(1, 4 * it); i <= pl_min(N - 1, 4 * it + 3); i++)
        B[i][j] = A[i - 1][j] + A[i][j];
    }
  }
}
)");
}

TEST(WholeGroups, ABoundThatMovesWithTheLoopDividesIt) {
  const ScopPtr scop = program(kArguments, "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++)\n    B[i][j] = A[i][j];\n");
  const std::string code = codeWithWholeGroups(scop, {"jam i by 4"});
  EXPECT_NE(code.find("j <= pl_min(pl_min(N - 1, 4 * it + 3), 4 * it)"), std::string::npos) << code;
  EXPECT_NE(code.find("for (long i = 4 * it; i <= 4 * it + 3; i++)"), std::string::npos) << code;
}

TEST(WholeGroups, NothingIsCopiedWhereNothingIsCut) {
  const ScopPtr scop = program("double A[16][16]", "for (int i = 0; i < 16; i++)\n  for (int j = 0; j < 16; j++)\n    A[i][j] = 0;\n");
  EXPECT_EQ(codeWithWholeGroups(scop, {"jam i by 4"}).find("if"), std::string::npos);
}

} // namespace
} // namespace polyloom::test
