// The iterations of a triangle go to whoever is free, the others in blocks.
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

bool areShared(const ScopPtr& scop, const std::vector<std::string>& lines) {
  const std::string text = codeAfter(scop, lines);
  EXPECT_NE(text.find("#pragma omp parallel for"), std::string::npos) << text;
  return text.find("#pragma omp parallel for schedule(dynamic)\n") != std::string::npos;
}

ScopPtr triangle() {
  return program("int N, double A[N][N], double B[N][N]",
                 "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++)\n    A[i][j] = B[j][i];\n");
}

TEST(UnevenLoops, AreTrianglesAndTheirTiles) {
  EXPECT_TRUE(areShared(triangle(), {"parallel i"}));
  EXPECT_TRUE(areShared(triangle(), {"tile i j by 8 8", "parallel it"}));
  EXPECT_TRUE(areShared(triangle(), {"tile i by 8 as it", "vectorize i by 4", "parallel it"}));
}

TEST(UnevenLoops, AreNoRectanglesHoweverTheyAreTiled) {
  const ScopPtr square = program("int N, double A[N][N], double B[N][N]",
                                 "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    A[i][j] = B[j][i];\n");
  EXPECT_FALSE(areShared(square, {"parallel i"}));
  EXPECT_FALSE(areShared(square, {"tile i j by 8 8", "parallel it"}));
  EXPECT_FALSE(areShared(square, {"tile i j by 8 8", "tile i j by 2 4", "parallel it"}));
}

} // namespace
} // namespace polyloom::test
