// Stack distances by hand, and against a stack that is a list.
#include "core/cache/reuse_distance.h"

#include "core/generate/random.h"
#include "tests/core/cache/naive.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

constexpr std::uint64_t kFirst = ReuseDistances::kFirstTouch;

TEST(ReuseDistances, CountOtherLinesSinceTheLastTouch) {
  ReuseDistances distances(8);
  std::vector<std::uint64_t> found;
  for (const std::uint32_t line : {1, 2, 3, 2, 2, 1, 3, 7, 1})
    found.push_back(distances.touch(line));
  EXPECT_EQ(found, (std::vector<std::uint64_t>{kFirst, kFirst, kFirst, 1, 0, 2, 2, kFirst, 2}));
}

TEST(ReuseDistances, OfASweepAreTheOtherLinesOfTheSweep) {
  constexpr std::uint32_t kLines = 1000;
  ReuseDistances distances(kLines);
  for (int sweep = 0; sweep < 5; ++sweep)
    for (std::uint32_t line = 0; line < kLines; ++line)
      ASSERT_EQ(distances.touch(line), sweep == 0 ? kFirst : kLines - 1);
}

void expectAgreement(std::uint32_t lines, int touches, std::uint64_t seed) {
  Random random(seed);
  ReuseDistances distances(lines);
  NaiveStack stack;
  std::uint32_t line = 0;
  for (int touch = 0; touch < touches; ++touch) {
    line = random.oneIn(3) ? static_cast<std::uint32_t>(random.below(lines))
                           : (line + static_cast<std::uint32_t>(random.below(2))) % lines;
    ASSERT_EQ(distances.touch(line), stack.touch(line).value_or(kFirst)) << lines << " lines, touch " << touch;
  }
}

TEST(ReuseDistances, AgreeWithAListOnRandomTouches) {
  for (const std::uint32_t lines : {1, 2, 15, 16, 17, 18, 64, 300, 1000})
    expectAgreement(lines, 20'000, lines);
}

// More touches than there are times, and more lines alive than half of the times: both ways of renumbering.
TEST(ReuseDistances, StayRightWhenTimesAreRenumbered) {
  expectAgreement(500, 400'000, 3);
  constexpr std::uint32_t kLines = 150'000;
  ReuseDistances distances(kLines);
  for (int sweep = 0; sweep < 4; ++sweep)
    for (std::uint32_t line = 0; line < kLines; ++line)
      ASSERT_EQ(distances.touch(line), sweep == 0 ? kFirst : kLines - 1) << line;
  EXPECT_EQ(distances.touch(kLines - 1), 0U);
  EXPECT_EQ(distances.touch(0), kLines - 1);
}

TEST(ReuseHistogram, HasABucketPerPowerOfTwo) {
  EXPECT_EQ(bucketOf(0), 0U);
  EXPECT_EQ(bucketOf(1), 1U);
  EXPECT_EQ(bucketOf(2), 2U);
  EXPECT_EQ(bucketOf(3), 2U);
  EXPECT_EQ(bucketOf(4), 3U);
  EXPECT_EQ(bucketOf(1023), 10U);
  EXPECT_EQ(bucketOf(1024), 11U);
}

TEST(ReuseHistogram, CountsWhatIsBelowAPowerOfTwo) {
  ReuseHistogram histogram;
  for (const std::uint64_t distance : {0, 0, 1, 3, 4, 7, 8})
    ++histogram.counts[bucketOf(distance)];
  histogram.firstTouches = 2;
  EXPECT_EQ(histogram.below(0), 2U);
  EXPECT_EQ(histogram.below(2), 4U);
  EXPECT_EQ(histogram.below(3), 6U);
  EXPECT_EQ(histogram.total(), 9U);
}

} // namespace
} // namespace polyloom::test
