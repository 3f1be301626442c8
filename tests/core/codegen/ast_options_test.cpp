// Hints to isl's AST generator.
#include "core/codegen/ast_options.h"

#include "core/codegen/make_kernel.h"
#include "core/codegen/scan_schedule.h"
#include "core/isl/extra.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

const char* const kNest = "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    for (int k = 0; k < N; k++)\n"
                          "      A[i][j] = A[i][j] + B[j][k];\n";
const char* const kArguments = "int N, double A[N][N], double B[N][N]";

std::size_t countOf(const std::string& word, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    ++count;
  return count;
}

std::string hintedText(const ScopPtr& scop, const std::vector<std::string>& steps) {
  return islText(withAstOptions(ScanSchedule(scheduled(scop, steps)).order()));
}

TEST(AstOptions, LoopsWithSeveralInsideStayWhole) {
  const std::string text = hintedText(program(kArguments, kNest), {});
  EXPECT_EQ(countOf("atomic[", text), 1U) << text; // i alone: below j stands one loop
  EXPECT_EQ(countOf("separate[", text), 0U) << text;
}

TEST(AstOptions, AFurtherLoopInsideMakesOneMoreWhole) {
  const std::string text = hintedText(program(kArguments, kNest), {"tile k by 8"});
  EXPECT_EQ(countOf("atomic[", text), 2U) << text;
}

TEST(AstOptions, InnermostLoopsAroundSeveralStatementsAreSeparated) {
  const std::string body = "for (int i = 0; i < N; i++) {\n  A[i][0] = 0;\n  B[i][0] = A[i][0];\n}\n";
  const std::string text = hintedText(program(kArguments, body), {});
  EXPECT_EQ(countOf("separate[", text), 1U) << text;
  EXPECT_EQ(countOf("atomic[", text), 0U) << text;
}

TEST(AstOptions, OfAWholeLoopThereIsOneCopyOfTheCodeBelow) {
  const std::string body = "for (int t = 0; t < N; t++) {\n"
                           "  for (int i = 1; i < N - 1; i++)\n    B[0][i] = A[0][i - 1] + A[0][i];\n"
                           "  for (int i = 1; i < N - 1; i++)\n    A[0][i] = B[0][i];\n}\n";
  const Result<Kernel> kernel = makeKernel(scheduled(program(kArguments, body), {"tile i by 8", "tile i_2 by 8"}));
  ASSERT_TRUE(kernel);
  ASSERT_EQ(kernel->body.kind, LoopNode::Kind::For);
  EXPECT_EQ(kernel->body.variable, "t");
}

TEST(ScanSchedule, KnowsTilesAlongSumsOfIterators) {
  const ScopPtr scop = program(kArguments, kNest);
  EXPECT_FALSE(ScanSchedule(scheduled(scop, {"tile i j by 8 8"})).hasSkewedTiles());
  EXPECT_TRUE(ScanSchedule(scheduled(scop, {"skew j by 1 i", "tile i j by 8 8"})).hasSkewedTiles());
}

} // namespace
} // namespace polyloom::test
