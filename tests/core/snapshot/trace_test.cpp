// Traces against brute force: the oracle's instances and cells, in its order; and against the simulation of caches.
#include "core/codegen/make_kernel.h"
#include "core/generate/random_recipe.h"
#include "core/oracle/storage.h"
#include "tests/core/snapshot/traces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace polyloom::test {
namespace {

ParameterValues valuesOf(const Scop& scop, const Values& parameters) {
  ParameterValues values;
  for (std::size_t p = 0; p < scop.parameters.size(); ++p)
    values[scop.parameters[p].name] = parameters[p];
  return values;
}

/// The steps that execute statements of the program.
std::vector<std::size_t> statementSteps(const ExecutionTrace& trace) {
  std::vector<std::size_t> steps;
  for (std::size_t s = 0; s < trace.steps.size(); ++s)
    if (trace.statements[trace.steps[s].statement].source >= 0)
      steps.push_back(s);
  return steps;
}

Instance instanceAt(const ExecutionTrace& trace, std::size_t step) {
  const auto values = trace.valuesOf(step);
  return {trace.statements[trace.steps[step].statement].source, {values.begin(), values.end()}};
}

/// "reads A[1][2]", sorted, each once.
std::vector<std::string> accessesAt(const ExecutionTrace& trace, std::size_t step) {
  std::vector<std::string> texts;
  for (const TraceAccess& access : trace.accessesOf(step))
    texts.push_back((access.isWrite ? "writes " : "reads ") + cellName(trace, access.cell));
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

/// Likewise by the program's relations. Arrays that the trace does not know are in registers.
std::vector<std::string> expectedAccesses(const ExecutionTrace& trace, const PlainProgram& plain,
                                          const Instance& instance, const Values& parameters) {
  std::vector<std::string> texts;
  for (const bool isWrite : {false, true})
    for (const Cell& cell : plain.cells(instance, parameters, isWrite)) {
      std::string name = plain.scop().arrays[static_cast<std::size_t>(cell.array)].name;
      if (std::ranges::find(trace.arrays, name, &TraceArray::name) == trace.arrays.end())
        continue;
      for (const std::int64_t subscript : cell.subscripts)
        name += "[" + std::to_string(subscript) + "]";
      texts.push_back((isWrite ? "writes " : "reads ") + name);
    }
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

bool usesRegisters(const ExecutionTrace& trace) {
  return std::ranges::any_of(trace.statements, [](const TraceStatement& statement) { return statement.source < 0; });
}

struct Seen {
  int schedules = 0, cells = 0;
};

void compareWithOracle(const Schedule& schedule, StorageOracle& oracle, const Values& parameters, Seen& seen) {
  const ExecutionTrace trace = traceFor(schedule, valuesOf(*schedule.source(), parameters));
  if (!trace.refusal.empty()) { // nothing of it is in memory
    EXPECT_EQ(trace.refusal, "no statement reaches memory at these values");
    return;
  }
  const std::vector<std::size_t> steps = statementSteps(trace);
  std::vector<Instance> executed;
  for (const std::size_t step : steps)
    executed.push_back(instanceAt(trace, step));
  ASSERT_EQ(executed, oracle.instancesInOrder(schedule, parameters));
  ++seen.schedules;
  if (usesRegisters(trace))
    return; // the moves make the accesses
  const PlainProgram plain(schedule.program());
  for (std::size_t s = 0; s < steps.size(); ++s) {
    ASSERT_EQ(accessesAt(trace, steps[s]), expectedAccesses(trace, plain, executed[s], parameters));
    seen.cells += static_cast<int>(trace.accessesOf(steps[s]).size());
  }
}

TEST(Trace, WalksTheOraclesInstancesAndTouchesTheCellsOfTheRelations) {
  RandomRecipes recipes(5);
  Seen seen;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Values parameters = executions(*scop, program.bound).back().parameters;
    StorageOracle oracle(scop);
    SCOPED_TRACE(program.name);
    compareWithOracle(Schedule::original(scop), oracle, parameters, seen);
    for (int repetition = 0; repetition < 6; ++repetition) {
      const Schedule schedule = recipes.draw(scop);
      SCOPED_TRACE(recipeText(schedule));
      compareWithOracle(schedule, oracle, parameters, seen);
    }
  }
  EXPECT_GT(seen.schedules, 80);
  EXPECT_GT(seen.cells, 3000);
}

TEST(Trace, GivesEachStepThePointOfTheSpaceWithItsPlaceInTheOrder) {
  const Schedule schedule = scheduled(named("jacobi-1d"), {"shift S1 j by 1", "fuse i j", "skew i by 2 t", "tile t i by 2 3"});
  const ExecutionTraces traces =
      makeExecutionTraces(schedule.source(), recipeOf(schedule), spaceOf(schedule, {{"T", 3}, {"N", 6}}), {});
  const SpaceSnapshot space = spaceOf(schedule, {{"T", 3}, {"N", 6}});
  const auto& steps = traces.current.steps;
  ASSERT_EQ(steps.size(), 24U);
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const InstanceCloud& cloud = space.clouds.at(static_cast<std::size_t>(steps[s].cloud));
    EXPECT_EQ(cloud.rank.at(static_cast<std::size_t>(steps[s].index)), static_cast<std::int32_t>(s));
  }
  // The original order reaches the same points, in another order.
  ASSERT_EQ(traces.original.steps.size(), steps.size());
  std::vector<std::pair<int, int>> before, after;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    before.emplace_back(traces.original.steps[s].cloud, traces.original.steps[s].index);
    after.emplace_back(steps[s].cloud, steps[s].index);
  }
  EXPECT_NE(before, after);
  std::ranges::sort(before);
  std::ranges::sort(after);
  EXPECT_EQ(before, after);
}

/// What the accesses say of a level: hits are what it served, misses what went on.
std::vector<LevelCounts> countsOf(const ExecutionTrace& trace, std::optional<std::size_t> array = {}) {
  std::vector<LevelCounts> counts(trace.caches().levels.size());
  for (const TraceAccess& access : trace.accesses)
    for (std::size_t level = 0; level < counts.size() && level <= access.level; ++level)
      if (!array || access.array == *array)
        ++(level == access.level ? counts[level].hits : counts[level].misses);
  return counts;
}

void compareWithSimulation(const Schedule& schedule, const ParameterValues& values, const CacheHierarchy& caches) {
  const Result<Kernel> kernel = makeKernel(schedule);
  ASSERT_TRUE(kernel);
  const Result<Simulation> simulation = simulateCaches(*kernel, values, {.caches = caches});
  ASSERT_TRUE(simulation);
  const ExecutionTrace trace = traceFor(schedule, values, caches);
  EXPECT_EQ(trace.accesses.size(), simulation->accesses);
  EXPECT_FALSE(trace.isTruncated);
  const std::vector<LevelCounts> counts = countsOf(trace);
  for (std::size_t level = 0; level < counts.size(); ++level) {
    EXPECT_EQ(counts[level].hits, simulation->levels[level].hits);
    EXPECT_EQ(counts[level].misses, simulation->levels[level].misses);
  }
  ASSERT_EQ(trace.arrays.size(), simulation->arrays.size());
  for (std::size_t a = 0; a < trace.arrays.size(); ++a) {
    EXPECT_EQ(trace.arrays[a].name, simulation->arrays[a].name);
    EXPECT_EQ(countsOf(trace, a)[0].misses, simulation->arrays[a].totals.misses[0]);
    EXPECT_EQ(trace.arrays[a].reuse.firstTouches, simulation->arrays[a].distances.firstTouches);
  }
  ReuseHistogram distances;
  for (const TraceAccess& access : trace.accesses)
    ++(access.distance == TraceAccess::kFirstTouch ? distances.firstTouches : distances.counts[bucketOf(access.distance)]);
  EXPECT_EQ(distances.counts, simulation->distances.counts);
}

TEST(Trace, CountsWhatTheSimulationOfTheSameCachesCounts) {
  const std::vector<CacheHierarchy> all = {kSmallCaches, toyCaches(32, 2, 4, 2), toyCaches(16, 8, 1, 3), toyCaches(64, 1, 2),
                                           assumedCaches()};
  for (const CacheHierarchy& caches : all) {
    SCOPED_TRACE(describeCaches(caches));
    compareWithSimulation(Schedule::original(named("gemm")), {{"N", 7}}, caches);
    compareWithSimulation(scheduled(named("gemm"), {"tile i j by 3 2"}), {{"N", 7}}, caches);
    compareWithSimulation(scheduled(named("jacobi-1d"), {"shift S1 j by 1", "fuse i j"}), {{"T", 5}, {"N", 40}}, caches);
  }
}

TEST(Trace, HitsAFullyAssociativeCacheWhereverTheDistanceIsBelowItsLines) {
  const ExecutionTrace trace = traceFor(Schedule::original(named("gemm")), {{"N", 8}});
  std::size_t hits = 0;
  for (const TraceAccess& access : trace.accesses) {
    ASSERT_EQ(access.level == 0, access.distance < 8U);
    hits += access.level == 0 ? 1 : 0;
  }
  EXPECT_GT(hits, trace.accesses.size() / 4);
  EXPECT_LT(hits, trace.accesses.size());
}

TEST(Trace, SaysHowFarApartTouchesAre) {
  // Row by row a line of four is met again at once; column by column after the other seven rows.
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) A[i][j] = 1;\n");
  const Schedule original = Schedule::original(scop);
  const ExecutionTrace rows = traceFor(original, {{"N", 8}});
  const ExecutionTrace columns = traceFor(scheduled(scop, {"interchange i j"}), {{"N", 8}});
  ASSERT_EQ(rows.arrays.size(), 1U);
  EXPECT_EQ(rows.arrays[0].reuse.median, 0U);
  EXPECT_EQ(rows.arrays[0].reuse.most, 0U);
  EXPECT_EQ(columns.arrays[0].reuse.median, 7U);
  EXPECT_EQ(columns.arrays[0].reuse.least, 7U);
  EXPECT_EQ(columns.arrays[0].reuse.firstTouches, 16U);
  EXPECT_EQ(columns.arrays[0].reuse.reuses, 48U);
}

TEST(Trace, KnowsWhereIterationsOfBothLoopsOfANestBegin) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) A[i][j] = 1;\n");
  const ExecutionTrace trace = traceFor(Schedule::original(scop), {{"N", 3}});
  ASSERT_EQ(trace.loops.size(), 2U);
  EXPECT_EQ(trace.loops[0].name, "i");
  EXPECT_EQ(trace.loops[0].begins, (std::vector<std::uint32_t>{0, 3, 6}));
  EXPECT_EQ(trace.loops[1].name, "j");
  EXPECT_EQ(trace.loops[1].begins, (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(trace.totals.loops[0].footprint.iterations.median(), 2U); // three doubles across a line's boundary or not
  EXPECT_EQ(stepName(trace, 5), "S0(1, 2)");
  EXPECT_EQ(cellName(trace, trace.accessesOf(5)[0].cell), "A[1][2]");
}

TEST(Trace, LinksTheAccessesToACell) {
  const ExecutionTrace trace = traceFor(Schedule::original(named("jacobi-1d")), {{"T", 2}, {"N", 6}});
  std::map<std::uint32_t, std::int32_t> last;
  for (std::size_t a = 0; a < trace.accesses.size(); ++a) {
    const TraceAccess& access = trace.accesses[a];
    const auto before = last.find(access.cell);
    ASSERT_EQ(access.previous, before == last.end() ? -1 : before->second);
    if (access.previous >= 0) {
      ASSERT_EQ(trace.accesses[static_cast<std::size_t>(access.previous)].next, static_cast<std::int32_t>(a));
    }
    last[access.cell] = static_cast<std::int32_t>(a);
  }
  for (const auto& [cell, access] : last)
    EXPECT_EQ(trace.accesses[static_cast<std::size_t>(access)].next, -1);
}

TEST(Trace, StopsAtTheLimitWithWholeInstancesAndSaysSo) {
  const ExecutionTrace trace = traceFor(Schedule::original(named("gemm")), {{"N", 6}}, kSmallCaches, {.limit = 50});
  EXPECT_TRUE(trace.isTruncated);
  EXPECT_LE(trace.accesses.size(), 50U);
  EXPECT_GT(trace.accesses.size(), 46U);
  EXPECT_EQ(trace.accessesBefore(trace.steps.size()), trace.accesses.size());
  EXPECT_EQ(trace.totals.accesses, trace.accesses.size());
}

TEST(Trace, RefusesWhatTheSpaceRefusesAndWhatHasNoAccesses) {
  SpaceSnapshot space = spaceOf(Schedule::original(named("gemm")), {{"N", 3}});
  space.refusal = "the values break an assumption";
  EXPECT_EQ(makeExecutionTrace(Schedule::original(named("gemm")), space, kSmallCaches, {}).refusal, space.refusal);
  EXPECT_EQ(traceFor(Schedule::original(named("gemm")), {{"N", 0}}).refusal, "no statement reaches memory at these values");
  const ScopPtr large = program("double A[3000][3000]", "for (int i = 0; i < 4; i++) A[i][i] = 1;\n");
  EXPECT_EQ(traceFor(Schedule::original(large), {}).refusal,
            "the arrays have 9000000 cells at these values: too many to be shown");
}

TEST(Trace, EndsWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  const ExecutionTrace trace =
      traceFor(Schedule::original(named("gemm")), {{"N", 20}}, kSmallCaches, {.stop = stop.get_token()});
  EXPECT_FALSE(trace.refusal.empty());
  EXPECT_TRUE(trace.accesses.empty());
}

TEST(CacheChoice, FitsToysToSmallArraysAndTheMachineToLargeOnes) {
  const CacheHierarchy machine = machineCaches();
  EXPECT_EQ(chosenCaches({}, 600).levels, toyCaches(32, 1, 8).levels);
  EXPECT_EQ(chosenCaches({}, machine.levels[0].bytes + 1).levels, machine.levels);
  EXPECT_EQ(chosenCaches({CacheChoice::Kind::Machine, {}}, 600).levels, machine.levels);
  for (const NamedCaches& choice : cacheChoices())
    EXPECT_FALSE(whyImpossible(chosenCaches(choice.choice, 600))) << choice.name;
  EXPECT_EQ(describeCaches(toyCaches(32, 2, 4, 2)),
            "L1: 2 sets of 4 lines of 32 bytes; L2: 8 sets of 4 lines of 32 bytes");
}

} // namespace
} // namespace polyloom::test
