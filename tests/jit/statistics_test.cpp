#include "jit/statistics.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace polyloom {

TEST(Statistics, MedianOfAnOddCountIsTheMiddleValue) {
  EXPECT_EQ(median(std::vector<double>{9, 1, 5}), 5);
}

TEST(Statistics, MedianOfAnEvenCountIsTheMeanOfTheMiddleValues) {
  EXPECT_EQ(median(std::vector<double>{4, 1, 100, 2}), 3);
}

TEST(Statistics, MedianOfNothingIsZero) { EXPECT_EQ(median({}), 0); }

TEST(Statistics, IntervalOfThirtySamplesIsFromTheTenthToTheTwentyFirst) {
  std::vector<double> samples(30);
  std::iota(samples.rbegin(), samples.rend(), 1);
  EXPECT_EQ(medianInterval(samples), (Interval{10, 21}));
}

TEST(Statistics, IntervalOfTenSamplesIsFromTheSecondToTheNinth) {
  std::vector<double> samples(10);
  std::iota(samples.begin(), samples.end(), 1);
  EXPECT_EQ(medianInterval(samples), (Interval{2, 9}));
}

TEST(Statistics, FewSamplesGiveTheWholeRange) {
  EXPECT_EQ(medianInterval(std::vector<double>{3, 1, 2}), (Interval{1, 3}));
  EXPECT_EQ(medianInterval({}), Interval{});
}

TEST(Statistics, OutliersLieBeyondTukeysFences) {
  std::vector<double> samples(21);
  std::iota(samples.begin(), samples.end(), 0); // quartiles 5 and 15: the fences stand at -10 and 30
  EXPECT_EQ(countOutliers(samples), 0U);
  samples.front() = -10;
  samples.back() = 30;
  EXPECT_EQ(countOutliers(samples), 0U);
  samples.front() = -10.5;
  samples.back() = 31;
  EXPECT_EQ(countOutliers(samples), 2U);
  EXPECT_EQ(countOutliers({}), 0U);
  EXPECT_EQ(countOutliers(std::vector<double>{1, 1, 1, 1, 1, 1, 100}), 0U);
  EXPECT_EQ(countOutliers(std::vector<double>{1, 1, 1, 1, 1, 1, 1, 100}), 1U);
}

TEST(Statistics, RatioOfConstantSamplesIsExact) {
  const std::vector<double> slow(10, 6.0), fast(10, 2.0);
  const Ratio ratio = ratioOfMedians(slow, fast);
  EXPECT_EQ(ratio.value, 3);
  EXPECT_EQ(ratio.interval, (Interval{3, 3}));
}

TEST(Statistics, RoundsAreDrawnTogether) {
  // the machine slows down during the measurement; the ratio of each round stays 2
  const std::vector<double> slow = {2, 4, 8, 16, 32}, fast = {1, 2, 4, 8, 16};
  EXPECT_EQ(ratioOfMedians(slow, fast).interval, (Interval{2, 2}));
}

TEST(Statistics, TheSameSeedGivesTheSameInterval) {
  std::vector<double> slow, fast;
  for (int i = 0; i < 30; ++i) {
    slow.push_back(10 + (i * 7) % 5);
    fast.push_back(5 + (i * 3) % 4);
  }
  EXPECT_EQ(ratioOfMedians(slow, fast, 3).interval, ratioOfMedians(slow, fast, 3).interval);
  const Interval interval = ratioOfMedians(slow, fast, 3).interval;
  EXPECT_LT(interval.low, interval.high);
  EXPECT_GE(ratioOfMedians(slow, fast).value, interval.low);
  EXPECT_LE(ratioOfMedians(slow, fast).value, interval.high);
}

TEST(Statistics, TheFastestOfDisturbedRunsIsTheUndisturbedTime) {
  // A neighbor disturbs all of the second third, and one run of each of the others.
  const std::vector<double> slow = {4, 4, 9, 7, 8, 7, 4, 5, 4}, fast = {2, 3, 2, 2.8, 3.5, 4, 2, 2, 2};
  const Ratio ratio = ratioOfFastest(slow, fast, 3);
  EXPECT_EQ(ratio.value, 2);
  EXPECT_EQ(ratio.interval, (Interval{2, 2.5}));
}

TEST(Statistics, FewRoundsHaveFewParts) {
  const std::vector<double> slow = {4, 6}, fast = {2, 2};
  EXPECT_EQ(ratioOfFastest(slow, fast, 3).interval, (Interval{2, 3}));
  EXPECT_EQ(ratioOfFastest({}, {}, 3).value, 0);
}

} // namespace polyloom
