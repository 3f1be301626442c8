// Values to draw with: small, and found without visiting what is not drawn.
#include "core/snapshot/view_values.h"
#include "core/isl/context.h"
#include "core/program/default_values.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

/// Two large loops that no parameter bounds, around one that a parameter bounds.
ScopPtr largeConstants() {
  static const ScopPtr kScop = program("int N, double A[2800][2800]", "for (int k = 0; k < 2800; k++)\n"
                                                                      "  for (int i = 0; i < 2800; i++)\n"
                                                                      "    for (int j = 0; j < N; j++)\n"
                                                                      "      A[i][j] = A[i][j] + A[k][j];\n");
  return kScop;
}

constexpr unsigned long kFewOperations = 200'000; // one per row of the large loops would be millions

TEST(ViewValues, KeepSmallProgramsWhole) {
  EXPECT_EQ(viewValues(*named("gemm")), std::vector<std::int64_t>{5});
  EXPECT_EQ(viewValues(*named("gemm"), 30), std::vector<std::int64_t>{2});
}

TEST(ViewValues, CountNoMoreThanIsDrawn) {
  const ScopPtr scop = largeConstants();
  const IslQuota quota(scop->ctx(), kFewOperations);
  EXPECT_EQ(viewValues(*scop), std::vector<std::int64_t>{1}); // the smallest with instances
}

TEST(DefaultValues, CountNoRowsOfLargeConstantLoops) {
  Scop scop = *largeConstants();
  const IslQuota quota(scop.ctx(), kFewOperations);
  chooseDefaults(scop);
  EXPECT_GE(scop.parameters.front().value, 1);
}

} // namespace
} // namespace polyloom::test
