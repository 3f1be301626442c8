// Hits, misses and write-backs: counted by hand, and against caches made of lists.
#include "core/cache/simulator.h"

#include "core/generate/random.h"
#include "tests/core/cache/naive.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

constexpr std::uint64_t kLine = 64;

CacheHierarchy single(std::uint64_t sets, std::uint64_t ways, std::uint64_t lineBytes = kLine) {
  return {.levels = {{.level = 1, .bytes = sets * ways * lineBytes, .ways = ways, .lineBytes = lineBytes}}};
}

LevelCounts readAll(const CacheHierarchy& caches, const std::vector<std::uint64_t>& addresses) {
  CacheSimulator simulator(caches);
  for (const std::uint64_t address : addresses)
    simulator.access(address, false);
  return simulator.counts(0);
}

/// A matrix of n * n doubles, along its rows or along its columns.
std::vector<std::uint64_t> traversal(std::uint64_t n, bool byRows) {
  std::vector<std::uint64_t> addresses;
  for (std::uint64_t a = 0; a < n; ++a)
    for (std::uint64_t b = 0; b < n; ++b)
      addresses.push_back(8 * (byRows ? a * n + b : b * n + a));
  return addresses;
}

TEST(CacheSimulator, MissesOncePerLineAlongRows) {
  EXPECT_EQ(readAll(single(64, 8), traversal(128, true)), (LevelCounts{.hits = 128 * 112, .misses = 128 * 16}));
}

// Rows of 1 KiB: a column's 128 lines lie in four of the 64 sets, 32 in each, and a set holds 8.
TEST(CacheSimulator, MissesAlwaysDownColumnsWhoseLinesShareFewSets) {
  EXPECT_EQ(readAll(single(64, 8), traversal(128, false)), (LevelCounts{.hits = 0, .misses = 128 * 128}));
}

// Rows of 1 KiB and 64 bytes more: the lines of a column spread over all sets and stay for the next seven columns.
TEST(CacheSimulator, HitsDownColumnsOfPaddedRows) {
  std::vector<std::uint64_t> addresses;
  for (std::uint64_t column = 0; column < 128; ++column)
    for (std::uint64_t row = 0; row < 128; ++row)
      addresses.push_back(row * (1024 + kLine) + 8 * column);
  EXPECT_EQ(readAll(single(64, 8), addresses), (LevelCounts{.hits = 128 * 112, .misses = 128 * 16}));
}

TEST(CacheSimulator, KeepsAsManyLinesOfASetAsItHasWays) {
  const std::uint64_t apart = 4 * kLine; // the next line of the same set
  std::vector<std::uint64_t> two, three;
  for (int turn = 0; turn < 10; ++turn) {
    two.insert(two.end(), {0, apart});
    three.insert(three.end(), {0, apart, 2 * apart});
  }
  EXPECT_EQ(readAll(single(4, 2), two), (LevelCounts{.hits = 18, .misses = 2}));
  EXPECT_EQ(readAll(single(4, 2), three), (LevelCounts{.hits = 0, .misses = 30})); // each evicts the one needed next
  EXPECT_EQ(readAll(single(1, 8), three), (LevelCounts{.hits = 27, .misses = 3})); // no conflict among all sets
}

TEST(CacheSimulator, EvictsTheLeastRecentlyUsedLine) {
  CacheSimulator simulator(single(1, 2));
  for (const std::uint64_t line : {0, 1, 0, 2}) // 1 has to leave
    simulator.access(line * kLine, false);
  EXPECT_EQ(simulator.access(0, false), 0U);
  EXPECT_EQ(simulator.access(kLine, false), 1U);
}

TEST(CacheSimulator, WritesBackChangedLinesOnly) {
  CacheSimulator simulator(single(1, 1));
  simulator.access(0, true);
  simulator.access(8, false); // still changed
  simulator.access(kLine, false);
  EXPECT_EQ(simulator.counts(0).writebacks, 1U);
  simulator.access(0, false);
  EXPECT_EQ(simulator.counts(0).writebacks, 1U);
}

TEST(CacheSimulator, TakesInnerCopiesAwayWithAnOuterLine) {
  const CacheHierarchy caches{.levels = {{.level = 1, .bytes = 4 * kLine, .ways = 4},
                                         {.level = 2, .bytes = 2 * kLine, .ways = 2}}};
  CacheSimulator simulator(caches);
  simulator.access(0, true);
  simulator.access(kLine, false);
  simulator.access(2 * kLine, false); // the second level has two lines: 0 leaves both
  EXPECT_EQ(simulator.counts(0).writebacks, 1U);
  EXPECT_EQ(simulator.counts(1).writebacks, 1U);
  EXPECT_EQ(simulator.access(0, false), 2U);
}

TEST(CacheSimulator, SetsNeedNotBeAPowerOfTwo) {
  EXPECT_EQ(readAll(single(3, 1), {0, kLine, 2 * kLine, 3 * kLine, kLine, 0}), (LevelCounts{.hits = 1, .misses = 5}));
}

/// Runs of neighbors, jumps within a region, writes now and then.
std::uint64_t nextAddress(Random& random, std::uint64_t last, std::uint64_t region) {
  return random.oneIn(4) ? random.below(region) / 8 * 8 : (last + 8 * random.below(3)) % region;
}

CacheHierarchy randomCaches(Random& random) {
  CacheHierarchy caches;
  std::uint64_t lineBytes = std::uint64_t{1} << random.between(3, 6);
  const int levels = random.between(1, 3);
  for (int level = 1; level <= levels; ++level) {
    const auto ways = static_cast<std::uint64_t>(random.between(1, 5));
    const auto sets = static_cast<std::uint64_t>(random.between(1, 5 * level * level));
    caches.levels.push_back({.level = level, .bytes = sets * ways * lineBytes, .ways = ways, .lineBytes = lineBytes});
    lineBytes <<= random.below(2);
  }
  return caches;
}

TEST(CacheSimulator, AgreesWithListsOnRandomTraces) {
  constexpr int kHierarchies = 300;
  constexpr int kAccesses = 3000;
  Random random(5);
  std::uint64_t writebacks = 0;
  for (int h = 0; h < kHierarchies; ++h) {
    const CacheHierarchy caches = randomCaches(random);
    CacheSimulator simulator(caches);
    NaiveCaches naive(caches);
    const std::uint64_t region = std::uint64_t{64} << random.below(9);
    std::uint64_t address = 0;
    for (int access = 0; access < kAccesses; ++access) {
      address = nextAddress(random, address, region);
      const bool isWrite = random.oneIn(3);
      ASSERT_EQ(simulator.access(address, isWrite), naive.access(address, isWrite)) << "hierarchy " << h << ", access " << access;
    }
    for (std::size_t level = 0; level < caches.levels.size(); ++level) {
      EXPECT_EQ(simulator.counts(level), naive.counts[level]) << "hierarchy " << h << ", level " << level;
      writebacks += naive.counts[level].writebacks;
    }
  }
  EXPECT_GT(writebacks, 10000U); // the traces do change lines and evict them
}

} // namespace
} // namespace polyloom::test
