#include "models/features/feature_views.h"

namespace polyloom {

namespace {

using View = LoopView;

const LoopTraffic& trafficOf(const View& view) { return view.all.own.traffic.loops[view.number]; }

template <std::size_t level> double iterationFill(const View& view) {
  return logRatio(trafficOf(view).iteration.forLevel(level), view.all.machine.levels[level].bytes);
}
template <std::size_t level> double executionFill(const View& view) {
  return logRatio(trafficOf(view).execution.forLevel(level), view.all.machine.levels[level].bytes);
}

double hasRole(const View& view, OutlineLoop::Role role) { return view.loop.role == role ? 1 : 0; }

double timeBelow(const View& view) {
  double time = 0;
  for (const std::size_t s : view.below)
    time += view.all.own.time.statements[s].total;
  return time;
}

double instancesBelow(const View& view) {
  double instances = 0;
  for (const std::size_t s : view.below)
    instances += view.all.own.outline.statements[s].instances;
  return instances;
}

/// Whether some statement has this loop as its body's, and what holds of it there.
template <typename Claim> double someBody(const View& view, Claim claim) {
  for (const std::size_t s : view.below) {
    const OutlineStatement& statement = view.all.own.outline.statements[s];
    const BodyShape shape = bodyShape(statement, view.all.own.outline);
    if (shape.body >= 0 && statement.steps[static_cast<std::size_t>(shape.body)].loop == static_cast<int>(view.number) && claim(s))
      return 1;
  }
  return 0;
}

/// Per iteration, the share of lines that the iteration before has touched.
double reuse(const View& view) {
  const LoopTraffic& traffic = trafficOf(view);
  return -logRatio(traffic.execution.lines, traffic.iteration.lines * std::max(1.0, view.loop.trips()));
}

double isInsideParallel(const View& view) {
  for (int l = view.loop.parent; l >= 0; l = view.all.own.outline.loops[static_cast<std::size_t>(l)].parent)
    if (view.all.own.outline.loops[static_cast<std::size_t>(l)].attributes.parallel)
      return 1;
  return 0;
}

/// How much longer the busiest thread works than the mean.
double imbalance(const View& view) {
  const double trips = view.loop.trips(), threads = view.all.threads;
  return view.loop.attributes.parallel && trips > 0 ? std::ceil(trips / threads) * threads / trips - 1 : 0;
}

double widestCompilerLanes(const View& view) {
  double lanes = 1;
  for (const int s : view.loop.statements)
    lanes = std::max(lanes, view.all.own.costs[static_cast<std::size_t>(s)].compilerLanes);
  return std::log2(lanes);
}

std::vector<Feature<View>> makeTable() {
  return {
      {{"trips", "log2 of the mean number of iterations", 0, 24}, [](const View& view) { return logOf(view.loop.trips()); }},
      {{"entries", "log2 of how often it starts", 0, 34}, [](const View& view) { return logOf(view.loop.entries); }},
      {{"iterations", "log2 of its iterations in all", 0, 34}, [](const View& view) { return logOf(view.loop.iterations); }},
      {{"short_trips", "iterations up to 16, over 16", 0, 1}, [](const View& view) { return std::min(view.loop.trips(), 16.0) / 16; }},
      {{"width", "log2 of the most iterations that a tile or a group around it leaves; 0 without one", 0, 12},
       [](const View& view) { return logOf(view.loop.width); }},
      {{"fullness", "mean share of a tile's or a group's iterations that there are; 1 without one", 0, 1},
       [](const View& view) { return view.loop.width > 0 ? std::min(1.0, view.loop.trips() / view.loop.width) : 1; }},
      {{"is_plain", "whether it runs through values", 0, 1}, [](const View& view) { return hasRole(view, OutlineLoop::Role::Plain); }},
      {{"is_tile", "whether it runs over tiles", 0, 1}, [](const View& view) { return hasRole(view, OutlineLoop::Role::Tile); }},
      {{"is_lanes", "whether it is a group of lanes", 0, 1}, [](const View& view) { return hasRole(view, OutlineLoop::Role::Lanes); }},
      {{"is_strip", "whether it is unrolled completely", 0, 1}, [](const View& view) { return hasRole(view, OutlineLoop::Role::Strip); }},
      {{"is_parallel", "whether threads share its iterations", 0, 1}, [](const View& view) { return view.loop.attributes.parallel ? 1.0 : 0.0; }},
      {{"is_short", "whether it has few iterations, always as many, and compilers unroll it", 0, 1}, [](const View& view) { return view.loop.isShort ? 1.0 : 0.0; }},
      {{"is_uneven", "whether its iterations differ in length", 0, 1}, [](const View& view) { return view.loop.isUneven ? 1.0 : 0.0; }},
      {{"is_trivial", "whether it never has more than one iteration", 0, 1}, [](const View& view) { return view.loop.isTrivial() ? 1.0 : 0.0; }},
      {{"inside_parallel", "whether a loop around it is parallel", 0, 1}, isInsideParallel},
      {{"imbalance", "time that the busiest thread works beyond the mean, over the mean", 0, 1}, imbalance},
      {{"speedup", "modelled speedup by threads, of this loop and those around", 1, 64},
       [](const View& view) { return view.all.own.time.speedups[view.number]; }},
      {{"vector_width", "log2 of the lanes that a step asked for", 0, 6}, [](const View& view) { return logOf(view.loop.attributes.vectorWidth); }},
      {{"unroll", "log2 of the factor that a step asked for; 0 for all or none", 0, 6}, [](const View& view) { return logOf(view.loop.attributes.unroll); }},
      {{"depth", "loops around it", 0, 16}, [](const View& view) { return static_cast<double>(view.loop.depth); }},
      {{"inner_loops", "loops directly inside", 0, 8}, [](const View& view) { return static_cast<double>(view.loop.loops.size()); }},
      {{"statements", "statements directly inside", 0, 8}, [](const View& view) { return static_cast<double>(view.loop.statements.size()); }},
      {{"statements_below", "statements at any depth inside", 0, 16}, [](const View& view) { return static_cast<double>(view.below.size()); }},
      {{"is_body", "whether its iterations are straight code, but for lanes and jammed iterations", 0, 1},
       [](const View& view) { return someBody(view, [](std::size_t) { return true; }); }},
      {{"carries_sum", "whether its iterations add up one cell, as innermost loop", 0, 1},
       [](const View& view) { return someBody(view, [&](std::size_t s) { return view.all.own.costs[s].carriesSum; }); }},
      {{"carries_flow", "whether its iterations read what earlier ones wrote, as innermost loop", 0, 1},
       [](const View& view) { return someBody(view, [&](std::size_t s) { return view.all.own.costs[s].carriesFlow; }); }},
      {{"compiler_lanes", "log2 of the vectors that a compiler makes of it", 0, 4}, widestCompilerLanes},
      {{"iteration_l1", "log2 of the lines of one iteration over the first level's size", -16, 16}, iterationFill<0>},
      {{"iteration_l2", "the same for the second level", -16, 16}, iterationFill<1>},
      {{"iteration_l3", "the same for the third level", -16, 16}, iterationFill<2>},
      {{"iteration_tlb", "the same for pages", -16, 16}, iterationFill<3>},
      {{"execution_l1", "log2 of the lines of one execution over the first level's size", -16, 16}, executionFill<0>},
      {{"execution_l2", "the same for the second level", -16, 16}, executionFill<1>},
      {{"execution_l3", "the same for the third level", -16, 16}, executionFill<2>},
      {{"execution_tlb", "the same for pages", -16, 16}, executionFill<3>},
      {{"reuse", "log2 of how many of its iterations touch a line, in the mean", 0, 16}, reuse},
      {{"overhead", "log2 of nanoseconds of starting and stepping it", 0, 34}, [](const View& view) { return logOf(view.all.own.time.loopOverhead[view.number]); }},
      {{"overhead_share", "these over all modelled time, as log2", -16, 0},
       [](const View& view) { return logRatio(view.all.own.time.loopOverhead[view.number], view.all.own.time.total); }},
      {{"time", "log2 of nanoseconds of the statements inside", 0, 34}, [](const View& view) { return logOf(timeBelow(view)); }},
      {{"time_share", "these over all modelled time", 0, 1},
       [](const View& view) { return view.all.own.time.total > 0 ? timeBelow(view) / view.all.own.time.total : 0; }},
      {{"entry_time", "log2 of nanoseconds of one execution", 0, 34}, [](const View& view) { return logOf(timeBelow(view) / std::max(1.0, view.loop.entries)); }},
      {{"iteration_time", "log2 of nanoseconds of one iteration", 0, 34}, [](const View& view) { return logOf(timeBelow(view) / std::max(1.0, view.loop.iterations)); }},
      {{"instances", "log2 of the executions of statements inside", 0, 34}, [](const View& view) { return logOf(instancesBelow(view)); }},
  };
}

} // namespace

const std::vector<Feature<LoopView>>& loopFeatures() {
  static const std::vector<Feature<View>> kTable = makeTable();
  return kTable;
}

} // namespace polyloom
