// Copies of loops in which jammed iterations are all there.
#include "core/codegen/whole_groups.h"

#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

std::string codeWithWholeGroups(const ScopPtr& scop, const std::vector<std::string>& steps, WholeLoops which = WholeLoops::Any) {
  std::string text = "\n";
  for (const CodeLine& line : regionCode(withWholeGroups(makeKernel(scheduled(scop, steps)).value(), which)))
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

TEST(WholeGroups, JammedIterationsAreWholeWhereOnlyLanesAreCut) {
  const ScopPtr scop = program(kArguments, "for (int i = 0; i < N; i++)\n  for (int j = 1; j < N; j++)\n    B[i][j] = A[i][j];\n");
  const std::string code = codeWithWholeGroups(scop, {"vectorize j by 4", "jam i by 2"});
  const std::string whole = "for (long i = 2 * it; i <= 2 * it + 1; i++)";
  int count = 0;
  for (std::size_t at = code.find(whole); at != std::string::npos; at = code.find(whole, at + 1))
    ++count;
  EXPECT_EQ(count, 3) << code; // before, within and after the part of j where groups of lanes are full
  EXPECT_NE(code.find("i <= pl_min(N - 1, 2 * it + 1)"), std::string::npos) << code;
}

TEST(WholeGroups, LoopsThatWouldBeCutCanStayAsTheyAre) {
  const ScopPtr triangle = program(kArguments, "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++)\n    B[i][j] = A[i][j];\n");
  const ScopPtr square = program(kArguments, "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    B[i][j] = A[i][j];\n");
  const std::string whole = "for (long i = 4 * it; i <= 4 * it + 3; i++)";
  EXPECT_EQ(codeWithWholeGroups(triangle, {"jam i by 4"}, WholeLoops::Uncut).find(whole), std::string::npos);
  EXPECT_NE(codeWithWholeGroups(square, {"jam i by 4"}, WholeLoops::Uncut).find(whole), std::string::npos);
}

TEST(WholeGroups, NothingIsCopiedWhereNothingIsCut) {
  const ScopPtr scop = program("double A[16][16]", "for (int i = 0; i < 16; i++)\n  for (int j = 0; j < 16; j++)\n    A[i][j] = 0;\n");
  EXPECT_EQ(codeWithWholeGroups(scop, {"jam i by 4"}).find("if"), std::string::npos);
}

} // namespace
} // namespace polyloom::test
