// A kernel's run as its caches see it.
#include "core/cache/simulation.h"

#include "tests/core/cache/naive.h"
#include "tests/core/cache/walks.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

/// Two small levels.
SimulationOptions small() {
  return {.caches = {.levels = {{.level = 1, .bytes = 4096, .ways = 4}, {.level = 2, .bytes = 65536, .ways = 8}}}};
}

Simulation simulated(const Kernel& kernel, const SimulationOptions& options = small()) {
  Result<Simulation> result = simulateCaches(kernel, {}, options);
  if (!result)
    throw std::runtime_error(result.error().message);
  return *std::move(result);
}

TEST(Simulation, CountsWhatTheLevelsCountFromTheSameAddresses) {
  const Kernel kernel = gemm(40, "ikj");
  const Simulation result = simulated(kernel);
  NaiveCaches caches(small().caches);
  NaiveStack stack;
  ReuseHistogram distances;
  for (const WalkEvent& event : accessesIn(eventsOf(programFor(kernel)))) {
    caches.access(event.address, event.kind == WalkEvent::Kind::Write);
    if (const std::optional<std::uint64_t> distance = stack.touch(static_cast<std::uint32_t>(event.address / 64)))
      ++distances.counts[bucketOf(*distance)];
    else
      ++distances.firstTouches;
  }
  EXPECT_EQ(result.accesses, 4 * 40U * 40 * 40);
  EXPECT_EQ(result.levels, caches.counts);
  EXPECT_EQ(result.distances.counts, distances.counts);
  EXPECT_EQ(result.distances.firstTouches, distances.firstTouches);
}

TEST(Simulation, SharesMissesOutAmongArraysAndLoops) {
  const Simulation result = simulated(gemm(40));
  for (std::size_t level = 0; level < 2; ++level) {
    std::uint64_t misses = 0;
    for (const SimulatedArray& array : result.arrays)
      misses += array.totals.misses[level];
    EXPECT_EQ(misses, result.levels[level].misses);
    for (const SimulatedLoop& loop : result.loops) // everything is inside all three
      EXPECT_EQ(loop.totals.misses[level], result.levels[level].misses);
  }
  ASSERT_EQ(result.arrays.size(), 3U);
  EXPECT_EQ(result.arrays[0].name, "C");
  EXPECT_EQ(result.arrays[0].totals.accesses, 2 * result.arrays[2].totals.accesses);
  ReuseHistogram sum;
  for (const SimulatedArray& array : result.arrays)
    sum.add(array.distances);
  EXPECT_EQ(sum.counts, result.distances.counts);
}

TEST(Simulation, GivesLoopsTheirOwnMissesOnly) {
  Kernel kernel = axpy(1000);
  LoopNode again = loop("i2", constant(0), constant(9), axpyCall("i2"));
  kernel.body = block({kernel.body, again});
  const Simulation result = simulated(kernel);
  ASSERT_EQ(result.loops.size(), 2U);
  EXPECT_EQ(result.loops[0].totals.accesses, 3000U);
  EXPECT_EQ(result.loops[1].totals.accesses, 30U);
  EXPECT_EQ(result.loops[0].totals.misses[1], 2 * 125U);
  EXPECT_EQ(result.loops[1].totals.misses, (std::vector<std::uint64_t>{4, 0})); // two lines each; the second level has them
}

// Down the columns every access of B misses a first level that holds no column; along the rows one in eight does.
TEST(Simulation, SeesThatAnInterchangePays) {
  const std::uint64_t columns = simulated(gemm(128, "ijk")).levels[0].misses;
  const std::uint64_t rows = simulated(gemm(128, "ikj")).levels[0].misses;
  EXPECT_GT(columns, 128U * 128 * 128);
  EXPECT_LT(rows, 128U * 128 * 128 / 2);
}

TEST(Simulation, OfAFullyAssociativeCacheFollowsFromTheDistances) {
  SimulationOptions options;
  options.caches = {.levels = {{.level = 1, .bytes = 64 * 64, .ways = 64}}};
  const Simulation result = simulated(gemm(50), options);
  EXPECT_EQ(result.levels[0].hits, result.distances.below(6));
}

TEST(Simulation, OfTheFirstAccessesSaysHowManyThereWouldBe) {
  SimulationOptions options = small();
  options.limit = 1000;
  const Simulation result = simulated(gemm(100), options);
  EXPECT_EQ(result.accesses, 1000U);
  EXPECT_EQ(result.levels[0].hits + result.levels[0].misses, 1000U);
  EXPECT_EQ(result.distances.total(), 1000U);
  EXPECT_EQ(result.totalAccesses, 4'000'000U);
  EXPECT_FALSE(result.isUpperBound);
  EXPECT_FALSE(result.isWhole());
  EXPECT_EQ(result.loops[0].footprint.iterations.times(), 0U); // none was finished
  EXPECT_EQ(result.loops[2].footprint.executions.times(), 2U); // 250 iterations: two of k's executions
  options.limit = 4'000'000;
  EXPECT_TRUE(simulated(gemm(100), options).isWhole());
}

TEST(Simulation, OfSomeAccessesThatDependOnConditionsHasAnUpperBoundOnly) {
  Kernel kernel = axpy(1000);
  kernel.body.children[0].call.membership = {combine(Op::Less, {variable("i"), constant(500)})};
  SimulationOptions options = small();
  EXPECT_EQ(simulated(kernel, options).totalAccesses, 1500U);
  EXPECT_TRUE(simulated(kernel, options).isWhole());
  options.limit = 100;
  EXPECT_EQ(simulated(kernel, options).totalAccesses, 3000U);
  EXPECT_TRUE(simulated(kernel, options).isUpperBound);
}

TEST(Simulation, LeavesOutWhatIsNotWanted) {
  SimulationOptions options = small();
  options.withDistances = options.withLoops = false;
  const Simulation result = simulated(gemm(40), options);
  EXPECT_EQ(result.levels, simulated(gemm(40)).levels);
  EXPECT_EQ(result.distances.total(), 0U);
  EXPECT_EQ(result.loops[0].footprint.iterations.times(), 0U);
  EXPECT_GT(result.loops[0].totals.misses[0], 0U);
}

TEST(Simulation, Refuses) {
  SimulationOptions options = small();
  EXPECT_EQ(simulateCaches(gemm(8), {{"N", 100'000}}, options).error().code, "array-too-large");
  std::stop_source stop;
  stop.request_stop();
  options.stop = stop.get_token();
  EXPECT_EQ(simulateCaches(gemm(40), {}, options).error().code, "canceled");
  options.caches.levels.clear();
  EXPECT_EQ(simulateCaches(gemm(8), {}, options).error().code, "bad-caches");
  Kernel opaque = axpy(10);
  opaque.statements[0].value = makeOpaque(ElementType::Float64);
  EXPECT_EQ(simulateCaches(opaque, {}, small()).error().code, "no-value");
}

} // namespace
} // namespace polyloom::test
