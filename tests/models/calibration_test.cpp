#include "models/evaluation/calibration.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(Calibration, IsTheRatioThatAllButATenthStayBelow) {
  std::vector<double> ratios;
  for (int i = 1; i <= 99; ++i)
    ratios.push_back(i * 0.01);
  EXPECT_DOUBLE_EQ(calibrationFactor(ratios, 0.9), 0.9);
}

TEST(Calibration, TakesTheLargestWhereDataAreFew) {
  EXPECT_DOUBLE_EQ(calibrationFactor({0.5, 3, 1}, 0.9), 3);
  EXPECT_DOUBLE_EQ(calibrationFactor({}, 0.9), 1);
  EXPECT_GT(calibrationFactor({0, 0, 0}, 0.9), 0);
}

} // namespace
} // namespace polyloom::test
