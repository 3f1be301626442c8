// Operations and compulsory bytes, against counting by hand.
#include "core/codegen/work.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

Work work(const ScopPtr& scop, const std::map<std::string, std::int64_t>& values) {
  const Result<Work> counted = workOf(scop, values);
  EXPECT_TRUE(counted) << (counted ? "" : counted.error().message);
  return counted.value_or(Work{});
}

} // namespace

TEST(Work, OfAMatrixProduct) {
  const ScopPtr scop = program("int N, double C[N][N], double A[N][N], double B[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++) {\n    C[i][j] = 0;\n"
                               "    for (int k = 0; k < N; k++)\n      C[i][j] += A[i][k] * B[k][j];\n  }\n");
  const Work product = work(scop, {{"N", 2000}});
  EXPECT_EQ(product.floatingOperations, 2LL * 2000 * 2000 * 2000);
  EXPECT_EQ(product.bytesRead, 2 * 8LL * 2000 * 2000); // C is written before it is read
  EXPECT_EQ(product.bytesWritten, 8LL * 2000 * 2000);
}

TEST(Work, WhatDoesNotChangeAlongALoopIsNeededOnce) {
  const ScopPtr scop = program("int N, double alpha, double beta, double C[N][N], double A[N][N], double B[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++) {\n    C[i][j] *= alpha * beta;\n"
                               "    for (int k = 0; k < N; k++)\n      C[i][j] += alpha * A[i][k] * B[k][j];\n  }\n");
  const Work product = work(scop, {{"N", 100}});
  const std::int64_t cells = 100 * 101 / 2;
  EXPECT_EQ(product.floatingOperations, 2 * cells + 3 * 100 * cells);
  // alpha * beta, its product with C; alpha * A for all i and k; a product and a sum for each k of each cell
  EXPECT_EQ(product.neededOperations, 1 + cells + 100 * 100 + 2 * 100 * cells);
}

TEST(Work, WhatSomebodyWritesIsNeededEveryTime) {
  const ScopPtr scop = program("int N, double alpha, double y[N], double s[1]",
                               "for (int t = 0; t < N; t++)\n  for (int i = 0; i < N; i++)\n    y[i] = alpha * s[0] + y[i];\n"
                               "s[0] = y[0];\n");
  EXPECT_EQ(work(scop, {{"N", 10}}).neededOperations, 2 * 10 * 10);
}

TEST(Work, CellsThatAreReadFirstCountBothWays) {
  const ScopPtr scop = program("int N, float y[N], float x[N]", "for (int i = 1; i < N; i++)\n  y[i] = y[i - 1] + 3.0f * x[i];\n");
  const Work recurrence = work(scop, {{"N", 100}});
  EXPECT_EQ(recurrence.floatingOperations, 2 * 99);
  EXPECT_EQ(recurrence.bytesRead, 4 * (1 + 99)); // y[0], x[1…99]
  EXPECT_EQ(recurrence.bytesWritten, 4 * 99);
}

TEST(Work, TrianglesLocalsCallsAndIntegers) {
  const ScopPtr scop = program("int N, double A[N][N], int n[N]",
                               "for (int i = 0; i < N; i++) {\n  double t;\n  t = sqrt(A[i][i]);\n"
                               "  for (int j = 0; j < i; j++)\n    A[i][j] = A[i][j] / t;\n  n[i] = n[i] + 1;\n}\n");
  const Work triangle = work(scop, {{"N", 50}});
  EXPECT_EQ(triangle.floatingOperations, 50 + 50 * 49 / 2);
  EXPECT_EQ(triangle.bytesRead, 8 * (50 + 50 * 49 / 2) + 4 * 50);
  EXPECT_EQ(triangle.bytesWritten, 8 * 50 * 49 / 2 + 4 * 50);
}

TEST(Work, OfAChoiceTheSideWithMore) {
  const ScopPtr scop = program("int N, double y[N]", "for (int i = 0; i < N; i++)\n"
                                                     "  y[i] = y[i] > 0.0 ? y[i] * 2.0 + 1.0 : y[i] / 3.0;\n");
  EXPECT_EQ(work(scop, {{"N", 10}}).floatingOperations, 20);
}

TEST(Work, DefaultsHoldWhereNoValueIsGiven) {
  const ScopPtr scop = program("int N, double y[N]", "for (int i = 0; i < N; i++)\n  y[i] = 1.0;\n");
  EXPECT_EQ(work(scop, {}).bytesWritten, 8 * scop->parameters.at(0).value);
  EXPECT_EQ(work(scop, {}).bytesRead, 0);
}

} // namespace polyloom::test
