// The moment that a cursor shows against caches made of lists, up to it, forwards and backwards.
#include "core/snapshot/trace_cursor.h"

#include "core/cache/instance_walk.h"
#include "core/codegen/make_kernel.h"
#include "tests/core/cache/naive.h"
#include "tests/core/snapshot/traces.h"

#include <gtest/gtest.h>

#include <map>

namespace polyloom::test {
namespace {

/// What simulated caches hold after each step: per line its nearest level.
using Residency = std::vector<std::vector<std::size_t>>;

Residency simulated(const Schedule& schedule, const ParameterValues& values, const ExecutionTrace& trace) {
  const Result<Kernel> kernel = makeKernel(schedule);
  const Result<AccessProgram> program = accessProgram(*kernel, values);
  std::map<std::string, std::uint64_t> bases;
  for (std::size_t a = 0; a < kernel->arrays.size(); ++a)
    bases[kernel->arrays[a].name] = program->places.arrays[a].base;
  NaiveCaches simulator(trace.caches());
  Residency residency;
  const auto note = [&] {
    std::vector<std::size_t> levels;
    for (const TraceArray& array : trace.arrays)
      for (std::uint32_t line = 0; line < array.lines; ++line)
        levels.push_back(simulator.holderOf(bases.at(array.name) - array.lead + std::uint64_t{line} * array.lineBytes));
    residency.push_back(std::move(levels));
  };
  note();
  walkInstances(*program, [&](const WalkInstance& instance) {
    for (const WalkEvent& event : instance.accesses)
      simulator.access(event.address, event.kind == WalkEvent::Kind::Write);
    note();
    return true;
  });
  return residency;
}

std::vector<std::size_t> shown(const TraceCursor& cursor) {
  std::vector<std::size_t> levels;
  for (std::uint32_t line = 0; line < cursor.trace()->lines; ++line)
    levels.push_back(cursor.levelOf(line));
  return levels;
}

void compareMoments(const Schedule& schedule, const ParameterValues& values, const CacheHierarchy& caches) {
  const auto trace = std::make_shared<const ExecutionTrace>(traceFor(schedule, values, caches));
  const Residency expected = simulated(schedule, values, *trace);
  ASSERT_EQ(expected.size(), trace->steps.size() + 1);
  TraceCursor cursor(trace);
  for (std::size_t done = 0; done < expected.size(); ++done) {
    cursor.moveTo(done);
    ASSERT_EQ(shown(cursor), expected[done]) << "forwards, after " << done;
  }
  for (std::size_t done = expected.size(); done-- > 0;) {
    cursor.moveTo(done);
    ASSERT_EQ(shown(cursor), expected[done]) << "backwards, after " << done;
  }
  for (const std::size_t done : {expected.size() / 2, expected.size() / 3, expected.size() - 1}) {
    cursor.moveTo(done);
    ASSERT_EQ(shown(cursor), expected[done]) << "at once, after " << done;
  }
}

TEST(TraceCursor, ShowsTheLinesThatTheCachesHoldAtEveryMoment) {
  CacheHierarchy growingLines = toyCaches(16, 4, 2);
  growingLines.levels.push_back({.level = 2, .bytes = 64 * 8, .ways = 2, .lineBytes = 64});
  for (const CacheHierarchy& caches : {kSmallCaches, toyCaches(32, 2, 2, 2), toyCaches(16, 4, 1, 3), growingLines}) {
    SCOPED_TRACE(describeCaches(caches));
    compareMoments(Schedule::original(named("gemm")), {{"N", 6}}, caches);
    compareMoments(scheduled(named("gemm"), {"tile i j by 3 2"}), {{"N", 6}}, caches);
    compareMoments(Schedule::original(named("jacobi-1d")), {{"T", 3}, {"N", 30}}, caches);
  }
}

TEST(TraceCursor, CountsWhatEachLevelServedSoFar) {
  const auto trace =
      std::make_shared<const ExecutionTrace>(traceFor(Schedule::original(named("gemm")), {{"N", 6}}, toyCaches(32, 1, 4, 2)));
  TraceCursor cursor(trace);
  std::vector<std::uint64_t> served(3);
  for (std::size_t step = 0; step < trace->steps.size(); ++step) {
    for (const TraceAccess& access : trace->accessesOf(step))
      ++served[access.level];
    cursor.moveTo(step + 1);
    for (std::size_t level = 0; level < 3; ++level)
      ASSERT_EQ(cursor.served(level), served[level]);
  }
  EXPECT_GT(served[1], 0U);
  cursor.moveTo(0);
  EXPECT_EQ(cursor.served(0) + cursor.served(1) + cursor.served(2), 0U);
}

TEST(TraceCursor, KnowsACellsLastTouchLastWriteAndNextUse) {
  // S0 writes B[1 … 4] from A, S1 writes A from B.
  const auto trace =
      std::make_shared<const ExecutionTrace>(traceFor(Schedule::original(named("jacobi-1d")), {{"T", 2}, {"N", 6}}));
  TraceCursor cursor(trace);
  const auto cellOf = [&](const std::string& name) {
    for (std::uint32_t cell = 0; cell < trace->cells; ++cell)
      if (cellName(*trace, cell) == name)
        return cell;
    ADD_FAILURE() << "no cell " << name;
    return std::uint32_t{0};
  };
  const auto stepOf = [&](std::int32_t access) { return trace->accesses[static_cast<std::size_t>(access)].step; };
  const std::uint32_t b2 = cellOf("B[2]");
  EXPECT_EQ(cursor.lastTouch(b2), -1);
  EXPECT_EQ(stepOf(cursor.nextUse(b2)), 1U); // S0(0, 2)
  cursor.moveTo(6);                          // S1(0, 1) and S1(0, 2) have read it
  EXPECT_EQ(stepOf(cursor.lastTouch(b2)), 5U);
  EXPECT_EQ(stepOf(cursor.lastWrite(b2)), 1U);
  EXPECT_EQ(stepOf(cursor.nextUse(b2)), 6U);
  cursor.moveTo(1000);
  EXPECT_EQ(cursor.done(), trace->steps.size());
  EXPECT_EQ(cursor.nextUse(b2), -1);
  EXPECT_EQ(stepOf(cursor.lastWrite(b2)), 9U);
  cursor.moveTo(1);
  EXPECT_EQ(cursor.lastTouch(b2), -1);
}

} // namespace
} // namespace polyloom::test
