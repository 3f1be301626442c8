#include "jit/inputs.h"

#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom {

namespace {

template <typename T> std::vector<T> filled(const ArrayShape& shape, std::uint64_t seed = 1) {
  std::vector<T> cells(shape.bytes / sizeof(T));
  fillInput(shape, seed, std::as_writable_bytes(std::span(cells)));
  return cells;
}

ArrayShape matrix(std::string name, std::int64_t rows, std::int64_t columns) {
  return {std::move(name), ElementType::Float64, {rows, columns}, false, static_cast<std::uint64_t>(8 * rows * columns)};
}

} // namespace

TEST(Inputs, SquareMatricesAreSymmetricAndDiagonallyDominant) {
  constexpr std::size_t n = 37;
  const auto a = filled<double>(matrix("A", n, n));
  for (std::size_t i = 0; i < n; ++i) {
    double others = 0;
    for (std::size_t j = 0; j < n; ++j) {
      EXPECT_EQ(a[i * n + j], a[j * n + i]);
      others += i == j ? 0 : std::abs(a[i * n + j]);
    }
    EXPECT_GT(a[i * n + i], others);
  }
}

TEST(Inputs, OtherFloatingCellsLieBetweenOneHalfAndThreeHalves) {
  for (const double value : filled<double>(matrix("A", 20, 30))) {
    EXPECT_GE(value, 0.5);
    EXPECT_LT(value, 1.5);
  }
}

TEST(Inputs, IntegersAreSmallAndVaried) {
  int counts[4] = {};
  for (const std::int32_t value : filled<std::int32_t>({"s", ElementType::Int32, {400}, false, 1600}))
    ++counts[value]; // also says that each lies between 0 and 3
  for (const int count : counts)
    EXPECT_GT(count, 50);
}

TEST(Inputs, DependOnNameAndSeedOnly) {
  EXPECT_EQ(filled<double>(matrix("A", 4, 5)), filled<double>(matrix("A", 4, 5)));
  EXPECT_NE(filled<double>(matrix("A", 4, 5)), filled<double>(matrix("B", 4, 5)));
  EXPECT_NE(filled<double>(matrix("A", 4, 5), 1), filled<double>(matrix("A", 4, 5), 2));
}

TEST(Inputs, ShapesFollowTheParameters) {
  const auto shapes = shapesOf(test::gemm(100), {{"N", 30}});
  ASSERT_TRUE(shapes);
  EXPECT_EQ(shapes->front().extents, (std::vector<std::int64_t>{30, 30}));
  EXPECT_EQ(shapes->front().bytes, 7200U);
}

TEST(Inputs, SizesThatOverflowAreRefused) {
  const auto shapes = shapesOf(test::gemm(100), {{"N", std::int64_t{1} << 40}});
  ASSERT_FALSE(shapes);
  EXPECT_EQ(shapes.error().code, "array-too-large");
}

TEST(Inputs, ExtentsOfUnknownNamesAreRefused) {
  const auto shapes = shapesOf(test::gemm(100), {});
  ASSERT_FALSE(shapes);
  EXPECT_EQ(shapes.error().code, "unknown-parameter");
}

} // namespace polyloom
