#include "models/features/feature_views.h"

namespace polyloom {

namespace {

using View = ProgramView;

template <typename Part> double sumOf(const ScheduleTime& time, Part part) {
  double sum = 0;
  for (const StatementTime& statement : time.statements)
    sum += part(statement);
  return sum;
}

double computeOf(const ScheduleTime& time) { return sumOf(time, [](const StatementTime& each) { return each.compute; }); }
double latencyOf(const ScheduleTime& time) { return sumOf(time, [](const StatementTime& each) { return each.latency; }); }
double memoryOf(const ScheduleTime& time) { return sumOf(time, [](const StatementTime& each) { return each.memoryTime(); }); }

template <std::size_t level> double memoryAt(const View& view) {
  return logOf(sumOf(view.own.time, [](const StatementTime& each) { return each.memory[level]; }));
}

template <std::size_t level> double fillOf(const View& view) {
  return logRatio(view.own.traffic.whole.forLevel(level), view.machine.levels[level].bytes);
}

/// The share of the modelled time that goes to statements of which something holds.
template <typename Claim> double shareOf(const View& view, Claim claim) {
  double share = 0, all = 0;
  for (std::size_t s = 0; s < view.own.time.statements.size(); ++s) {
    all += view.own.time.statements[s].total;
    share += claim(s) ? view.own.time.statements[s].total : 0;
  }
  return all > 0 ? share / all : 0;
}

double parallelShare(const View& view) {
  return shareOf(view, [&](std::size_t s) { return view.own.time.statements[s].speedup > 1.2; });
}
double laneShare(const View& view) {
  return shareOf(view, [&](std::size_t s) { return bodyShape(view.own.outline.statements[s], view.own.outline).lanes > 1; });
}
double compilerLaneShare(const View& view) {
  return shareOf(view, [&](std::size_t s) { return view.own.costs[s].compilerLanes > 1; });
}
double copyShare(const View& view) {
  return shareOf(view, [&](std::size_t s) { return isCopy(*view.own.outline.statements[s].facts); });
}
double unsureShare(const View& view) {
  return shareOf(view, [&](std::size_t s) {
    return view.own.outline.statements[s].isUnsure || !view.own.outline.statements[s].facts->isExact;
  });
}

double instancesOf(const View& view) {
  double instances = 0;
  for (const OutlineStatement& statement : view.own.outline.statements)
    instances += statement.instances;
  return logOf(instances);
}

double arrayBytes(const View& view) {
  double bytes = 0;
  for (const auto& array : view.own.outline.arrays)
    bytes += array->isPrivate ? 0 : array->bytes();
  return logOf(bytes);
}

double bufferBytes(const View& view) {
  double bytes = 0;
  for (const auto& array : view.own.outline.arrays)
    bytes += array->isPrivate ? array->bytes() : 0;
  return logOf(bytes);
}

double deepest(const View& view) {
  int depth = 0;
  for (const OutlineLoop& loop : view.own.outline.loops)
    depth = std::max(depth, loop.depth + 1);
  return depth;
}

template <typename Claim> double loopsWith(const View& view, Claim claim) {
  return static_cast<double>(std::ranges::count_if(view.own.outline.loops, claim));
}

double largestShare(const View& view) {
  double largest = 0;
  for (const StatementTime& statement : view.own.time.statements)
    largest = std::max(largest, statement.total);
  return view.own.time.total > 0 ? largest / view.own.time.total : 0;
}

double busiestSpeedup(const View& view) {
  const double alone = sumOf(view.own.time, [](const StatementTime& each) { return each.total * each.speedup; });
  const double together = sumOf(view.own.time, [](const StatementTime& each) { return each.total; });
  return together > 0 ? alone / together : 1;
}

double depthOf(const OutlineLoop& loop) { return loop.depth; }

double firstParallelDepth(const View& view) {
  double depth = -1;
  for (const OutlineLoop& loop : view.own.outline.loops)
    if (loop.attributes.parallel)
      depth = depth < 0 ? depthOf(loop) : std::min(depth, depthOf(loop));
  return depth;
}

std::vector<Feature<View>> makeTable() {
  return {
      {{kModelledTime, "log2 of the modelled seconds", -24, 8}, [](const View& view) { return logSeconds(view.own.time.total); }},
      {{"original_time", "the same for the program's own order", 8, 34}, [](const View& view) { return logOf(view.original.total); }},
      {{kModelledSpeedup, "log2 of the modelled speedup over the program's own order", -8, 8},
       [](const View& view) { return logRatio(view.original.total, view.own.time.total); }},
      {{"compute", "log2 of nanoseconds of instructions on one thread", 0, 34}, [](const View& view) { return logOf(computeOf(view.own.time)); }},
      {{"latency", "log2 of nanoseconds of waiting for earlier iterations", 0, 34}, [](const View& view) { return logOf(latencyOf(view.own.time)); }},
      {{"memory", "log2 of nanoseconds of waiting for data", 0, 34}, [](const View& view) { return logOf(memoryOf(view.own.time)); }},
      {{"memory_l1", "of that, for lines from the second level", 0, 34}, memoryAt<0>},
      {{"memory_l2", "of that, for lines from the third level", 0, 34}, memoryAt<1>},
      {{"memory_l3", "of that, for lines from memory", 0, 34}, memoryAt<2>},
      {{"memory_tlb1", "of that, for addresses of pages", 0, 34}, memoryAt<3>},
      {{"memory_tlb2", "of that, for addresses of pages that have to be looked up", 0, 34}, memoryAt<4>},
      {{"exchange", "log2 of nanoseconds for lines that another thread has touched last", 0, 34},
       [](const View& view) { return logOf(sumOf(view.own.time, [](const StatementTime& each) { return each.exchange; })); }},
      {{"overhead", "log2 of nanoseconds of starting and stepping loops", 0, 34}, [](const View& view) { return logOf(view.own.time.overhead); }},
      {{"forks", "log2 of nanoseconds of starting and ending parallel regions", 0, 34}, [](const View& view) { return logOf(view.own.time.forks); }},
      {{"regions", "log2 of how often a parallel region starts", 0, 24}, [](const View& view) { return logOf(1 + view.own.time.regions); }},
      {{"region_time", "log2 of nanoseconds between the starts of parallel regions", 0, 34},
       [](const View& view) { return logOf(view.own.time.total / std::max(1.0, view.own.time.regions)); }},
      {{"compute_gain", "log2 of how many times less instructions cost than in the program's own order", -8, 8},
       [](const View& view) { return logRatio(computeOf(view.original), computeOf(view.own.time)); }},
      {{"latency_gain", "the same for waiting for earlier iterations", -16, 16},
       [](const View& view) { return logRatio(latencyOf(view.original), latencyOf(view.own.time)); }},
      {{"memory_gain", "the same for waiting for data", -16, 16},
       [](const View& view) { return logRatio(memoryOf(view.original), memoryOf(view.own.time)); }},
      {{"overhead_gain", "the same for loops", -16, 16},
       [](const View& view) { return logRatio(view.original.overhead, view.own.time.overhead); }},
      {{"original_compute", "log2 of nanoseconds of instructions in the program's own order", 0, 34}, [](const View& view) { return logOf(computeOf(view.original)); }},
      {{"original_latency", "log2 of nanoseconds of waiting for earlier iterations there", 0, 34}, [](const View& view) { return logOf(latencyOf(view.original)); }},
      {{"original_memory", "log2 of nanoseconds of waiting for data there", 0, 34}, [](const View& view) { return logOf(memoryOf(view.original)); }},
      {{"threads", "threads that may run", 1, 64}, [](const View& view) { return static_cast<double>(view.threads); }},
      {{"thread_speedup", "modelled speedup by threads, over all statements", 1, 64}, busiestSpeedup},
      {{"parallel_share", "share of the time in statements that threads speed up", 0, 1}, parallelShare},
      {{"parallel_depth", "loops around the outermost parallel loop; -1 where there is none", -1, 8}, firstParallelDepth},
      {{"lane_share", "share of the time in groups of lanes", 0, 1}, laneShare},
      {{"compiler_lane_share", "share of the time in loops of which a compiler makes vectors", 0, 1}, compilerLaneShare},
      {{"copy_share", "share of the time in copies between arrays", 0, 1}, copyShare},
      {{"unsure_share", "share of the time in statements whose loops or accesses were not understood", 0, 1}, unsureShare},
      {{"largest_share", "share of the time in the most expensive statement", 0, 1}, largestShare},
      {{"instances", "log2 of the number of executions of statements", 0, 34}, instancesOf},
      {{"statements", "statements, in all their places", 1, 32},
       [](const View& view) { return static_cast<double>(view.own.outline.statements.size()); }},
      {{"nests", "outermost loops", 0, 16}, [](const View& view) { return static_cast<double>(view.own.outline.roots.size()); }},
      {{"loops", "loops", 0, 64}, [](const View& view) { return static_cast<double>(view.own.outline.loops.size()); }},
      {{"tile_loops", "loops over tiles", 0, 16},
       [](const View& view) { return loopsWith(view, [](const OutlineLoop& loop) { return loop.role == OutlineLoop::Role::Tile; }); }},
      {{"parallel_loops", "parallel loops", 0, 16},
       [](const View& view) { return loopsWith(view, [](const OutlineLoop& loop) { return loop.attributes.parallel; }); }},
      {{"depth", "loops around the most deeply nested statement", 0, 16}, deepest},
      {{"array_bytes", "log2 of the bytes of the program's arrays", 0, 34}, arrayBytes},
      {{"buffer_bytes", "log2 of the bytes of arrays that steps have made", 0, 34}, bufferBytes},
      {{"fill_l1", "log2 of all lines that are touched over the first level's size", -16, 16}, fillOf<0>},
      {{"fill_l2", "the same for the second level", -16, 16}, fillOf<1>},
      {{"fill_l3", "the same for the third level", -16, 16}, fillOf<2>},
      {{"fill_tlb", "the same for pages", -16, 16}, fillOf<3>},
  };
}

} // namespace

const std::vector<Feature<ProgramView>>& programFeatures() {
  static const std::vector<Feature<View>> kTable = makeTable();
  return kTable;
}

} // namespace polyloom
