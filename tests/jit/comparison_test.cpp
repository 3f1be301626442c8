#include "jit/comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace polyloom {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename T>
Agreement compare(ElementType element, const std::vector<T>& expected, const std::vector<T>& actual) {
  return compareArrays(element, std::as_bytes(std::span(expected)), std::as_bytes(std::span(actual)));
}

Agreement compareDoubles(const std::vector<double>& expected, const std::vector<double>& actual) {
  return compare(ElementType::Float64, expected, actual);
}

} // namespace

TEST(Comparison, EqualArraysAreIdentical) {
  const Agreement agreement = compareDoubles({1, -2, 0}, {1, -2, 0});
  EXPECT_TRUE(agreement.isIdentical);
  EXPECT_TRUE(agreement.isWithinTolerance);
  EXPECT_EQ(agreement.maxRelativeError, 0);
}

TEST(Comparison, NaNIsNeverEqualNotEvenToItself) {
  const Agreement agreement = compareDoubles({1, kNaN}, {1, kNaN});
  EXPECT_FALSE(agreement.isIdentical);
  EXPECT_FALSE(agreement.isWithinTolerance);
  EXPECT_EQ(agreement.maxRelativeError, kInfinity);
}

TEST(Comparison, ANumberWhereNaNStoodIsDifferent) {
  EXPECT_FALSE(compareDoubles({kNaN}, {1}).isWithinTolerance);
  EXPECT_FALSE(compareDoubles({1}, {kNaN}).isWithinTolerance);
}

TEST(Comparison, InfinityEqualsItselfOnly) {
  EXPECT_TRUE(compareDoubles({kInfinity}, {kInfinity}).isIdentical);
  EXPECT_FALSE(compareDoubles({kInfinity}, {-kInfinity}).isWithinTolerance);
  EXPECT_FALSE(compareDoubles({1}, {kInfinity}).isWithinTolerance);
}

TEST(Comparison, RoundingIsWithinTolerance) {
  const Agreement agreement = compareDoubles({1000}, {std::nextafter(1000, 1001)});
  EXPECT_FALSE(agreement.isIdentical);
  EXPECT_TRUE(agreement.isWithinTolerance);
  EXPECT_GT(agreement.maxRelativeError, 0);
}

TEST(Comparison, ARelativeErrorOfAMillionthIsDifferent) {
  EXPECT_FALSE(compareDoubles({1000}, {1000.001}).isWithinTolerance);
}

TEST(Comparison, CancellationIsJudgedByTheArraysMagnitude) {
  EXPECT_TRUE(compareDoubles({1e6, 1e6, 1e-12}, {1e6, 1e6, 3e-12}).isWithinTolerance);
}

TEST(Comparison, FloatsHaveTheirOwnTolerance) {
  EXPECT_TRUE(compare<float>(ElementType::Float32, {1.0F}, {1.00001F}).isWithinTolerance);
  EXPECT_FALSE(compare<float>(ElementType::Float32, {1.0F}, {1.001F}).isWithinTolerance);
}

TEST(Comparison, IntegersMustBeEqual) {
  EXPECT_TRUE(compare<std::int32_t>(ElementType::Int32, {7}, {7}).isWithinTolerance);
  EXPECT_FALSE(compare<std::int32_t>(ElementType::Int32, {1'000'000'000}, {1'000'000'001}).isWithinTolerance);
  EXPECT_FALSE(compare<std::int64_t>(ElementType::Int64, {1LL << 60}, {(1LL << 60) + 1}).isIdentical);
}

} // namespace polyloom
