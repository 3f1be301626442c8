#include "models/features/feature_views.h"

namespace polyloom {

namespace {

using View = StatementView;

const OperationCounts& operations(const View& view) { return view.statement.facts->operations; }

double isType(const View& view, ElementType type) { return view.statement.facts->type == type ? 1 : 0; }

/// How many groups of accesses move like this along a loop; `writes`: those that write.
double groupsMoving(const View& view, int loop, StrideClass wanted, bool writes) {
  if (loop < 0)
    return 0;
  double count = 0;
  for (const GroupMoves& moves : view.moves())
    if (moves.rank > 0 && moves.group->hasWrite == writes &&
        strideClass(moves.bytes[static_cast<std::size_t>(loop)], moves.array->elementBytes) == wanted)
      count += writes ? 1 : moves.group->distinct;
  return count;
}

template <StrideClass wanted> double readsAlongBody(const View& view) { return groupsMoving(view, view.shape.body, wanted, false); }
template <StrideClass wanted> double writesAlongBody(const View& view) { return groupsMoving(view, view.shape.body, wanted, true); }
template <StrideClass wanted> double readsAlongLanes(const View& view) { return groupsMoving(view, view.shape.laneLoop, wanted, false); }
template <StrideClass wanted> double writesAlongLanes(const View& view) { return groupsMoving(view, view.shape.laneLoop, wanted, true); }

template <std::size_t level> double linesPerInstance(const View& view) {
  double lines = 0;
  for (const GroupTraffic& group : view.traffic())
    lines += group.lines[level];
  return logRatio(lines, view.statement.instances);
}
template <std::size_t level> double memoryAt(const View& view) { return logOf(view.time.memory[level]); }

double bodyTrips(const View& view) {
  return view.shape.body < 0 ? 1 : view.statement.steps[static_cast<std::size_t>(view.shape.body)].trips();
}

/// Of the iterations of the loop around, those in which it runs.
double runs(const View& view) {
  if (view.statement.steps.empty())
    return 1;
  const StatementStep& step = view.statement.steps.back();
  const double iterations = view.all.own.outline.loops[static_cast<std::size_t>(step.loop)].iterations;
  return iterations > 0 ? std::min(1.0, view.statement.instances / iterations) : 0;
}

double jumpingGroups(const View& view) {
  double count = 0;
  for (std::size_t g = 0; g < view.moves().size(); ++g)
    count += view.moves()[g].rank > 0 && view.traffic()[g].stream < 0.5 ? 1 : 0;
  return count;
}

double privateGroups(const View& view) {
  return static_cast<double>(std::ranges::count_if(view.moves(), [](const GroupMoves& moves) { return moves.array->isPrivate; }));
}

std::vector<Feature<View>> workFeatures() {
  return {
      {{"instances", "log2 of its executions", 0, 34}, [](const View& view) { return logOf(view.statement.instances); }},
      {{"loops", "loops around it", 0, 16}, [](const View& view) { return static_cast<double>(view.statement.steps.size()); }},
      {{"adds", "additions and subtractions", 0, 16}, [](const View& view) { return operations(view).add; }},
      {{"multiplies", "multiplications", 0, 16}, [](const View& view) { return operations(view).multiply; }},
      {{"divides", "divisions", 0, 4}, [](const View& view) { return operations(view).divide; }},
      {{"roots", "square roots", 0, 4}, [](const View& view) { return operations(view).root; }},
      {{"calls", "exponentials and other functions", 0, 4}, [](const View& view) { return operations(view).call; }},
      {{"choices", "comparisons and choices", 0, 8}, [](const View& view) { return operations(view).choose + operations(view).integerChoose; }},
      {{"integers", "operations on integers", 0, 8}, [](const View& view) { return operations(view).integer; }},
      {{"casts", "conversions", 0, 8}, [](const View& view) { return operations(view).cast; }},
      {{"chain", "cycles of its longest chain of operations, over 16", 0, 16}, [](const View& view) { return view.statement.facts->depth / 16; }},
      {{"is_float", "whether it writes single precision", 0, 1}, [](const View& view) { return isType(view, ElementType::Float32); }},
      {{"is_double", "whether it writes double precision", 0, 1}, [](const View& view) { return isType(view, ElementType::Float64); }},
      {{"is_reduction", "whether it updates the cell that it writes", 0, 1}, [](const View& view) { return view.statement.facts->isReduction ? 1.0 : 0.0; }},
      {{"is_conditional", "whether it chooses between values", 0, 1}, [](const View& view) { return view.statement.facts->isConditional ? 1.0 : 0.0; }},
      {{"is_copy", "whether it only moves a value", 0, 1}, [](const View& view) { return isCopy(*view.statement.facts) ? 1.0 : 0.0; }},
      {{"is_unsure", "whether its loops or accesses were not understood", 0, 1},
       [](const View& view) { return view.statement.isUnsure || !view.statement.facts->isExact ? 1.0 : 0.0; }},
      {{"accesses", "accesses", 1, 16}, [](const View& view) { return static_cast<double>(view.statement.facts->accesses.size()); }},
      {{"groups", "groups of accesses that differ by more than constants", 1, 16}, [](const View& view) { return static_cast<double>(view.moves().size()); }},
      {{"private_groups", "groups of accesses to arrays that steps have made", 0, 8}, privateGroups},
      {{"runs", "of the iterations around, the share in which it runs", 0, 1}, runs},
  };
}

std::vector<Feature<View>> bodyFeatures() {
  return {
      {{"lanes", "log2 of the lanes that it runs in", 0, 6}, [](const View& view) { return logOf(view.shape.lanes); }},
      {{"copies", "log2 of jammed iterations", 0, 8}, [](const View& view) { return logOf(view.shape.copies); }},
      {{"unrolled", "log2 of iterations of short loops, which compilers unroll", 0, 5}, [](const View& view) { return logOf(view.shape.unrolled); }},
      {{"compiler_lanes", "log2 of the vectors that a compiler makes", 0, 4}, [](const View& view) { return logOf(view.cost.compilerLanes); }},
      {{"body_trips", "log2 of iterations of the innermost loop", 0, 24}, [](const View& view) { return logOf(bodyTrips(view)); }},
      {{"carries_sum", "whether the innermost loop adds up one cell", 0, 1}, [](const View& view) { return view.cost.carriesSum ? 1.0 : 0.0; }},
      {{"carries_flow", "whether the innermost loop reads what earlier iterations wrote", 0, 1}, [](const View& view) { return view.cost.carriesFlow ? 1.0 : 0.0; }},
      {{"body_reads_still", "reads that stand still in the innermost loop", 0, 8}, readsAlongBody<StrideClass::Still>},
      {{"body_reads_unit", "reads of the next cell", 0, 8}, readsAlongBody<StrideClass::Unit>},
      {{"body_reads_small", "reads some cells further", 0, 8}, readsAlongBody<StrideClass::Small>},
      {{"body_reads_large", "reads of other lines", 0, 8}, readsAlongBody<StrideClass::Large>},
      {{"body_writes_still", "writes that stand still in the innermost loop", 0, 1}, writesAlongBody<StrideClass::Still>},
      {{"body_writes_unit", "writes of the next cell", 0, 1}, writesAlongBody<StrideClass::Unit>},
      {{"body_writes_small", "writes some cells further", 0, 1}, writesAlongBody<StrideClass::Small>},
      {{"body_writes_large", "writes of other lines", 0, 1}, writesAlongBody<StrideClass::Large>},
      {{"lane_reads_still", "reads that all lanes share", 0, 8}, readsAlongLanes<StrideClass::Still>},
      {{"lane_reads_unit", "reads of neighboring cells by the lanes", 0, 8}, readsAlongLanes<StrideClass::Unit>},
      {{"lane_reads_small", "reads some cells apart by the lanes", 0, 8}, readsAlongLanes<StrideClass::Small>},
      {{"lane_reads_large", "reads of other lines by each lane", 0, 8}, readsAlongLanes<StrideClass::Large>},
      {{"lane_writes_still", "writes that all lanes share", 0, 1}, writesAlongLanes<StrideClass::Still>},
      {{"lane_writes_unit", "writes of neighboring cells by the lanes", 0, 1}, writesAlongLanes<StrideClass::Unit>},
      {{"lane_writes_small", "writes some cells apart by the lanes", 0, 1}, writesAlongLanes<StrideClass::Small>},
      {{"lane_writes_large", "writes of other lines by each lane", 0, 1}, writesAlongLanes<StrideClass::Large>},
      {{"jumping_groups", "groups of accesses that do not follow lines", 0, 8}, jumpingGroups},
  };
}

std::vector<Feature<View>> timeFeatures() {
  return {
      {{"arithmetic_cycles", "log2 of cycles of arithmetic, in 64ths", 0, 16}, [](const View& view) { return logOf(64 * view.cost.arithmetic); }},
      {{"load_cycles", "log2 of cycles of loads, in 64ths", 0, 16}, [](const View& view) { return logOf(64 * view.cost.loads); }},
      {{"store_cycles", "log2 of cycles of stores, in 64ths", 0, 16}, [](const View& view) { return logOf(64 * view.cost.stores); }},
      {{"latency_cycles", "log2 of cycles of waiting for earlier iterations, in 64ths", 0, 16}, [](const View& view) { return logOf(64 * view.cost.latency); }},
      {{"compute", "log2 of nanoseconds of instructions on one thread", 0, 34}, [](const View& view) { return logOf(view.time.compute); }},
      {{"latency", "log2 of nanoseconds of waiting for earlier iterations", 0, 34}, [](const View& view) { return logOf(view.time.latency); }},
      {{"left_over", "log2 of nanoseconds of iterations that fill no vector", 0, 34}, [](const View& view) { return logOf(view.time.overhead); }},
      {{"memory_l1", "log2 of nanoseconds for lines from the second level", 0, 34}, memoryAt<0>},
      {{"memory_l2", "log2 of nanoseconds for lines from the third level", 0, 34}, memoryAt<1>},
      {{"memory_l3", "log2 of nanoseconds for lines from memory", 0, 34}, memoryAt<2>},
      {{"memory_tlb1", "log2 of nanoseconds for addresses of pages", 0, 34}, memoryAt<3>},
      {{"memory_tlb2", "log2 of nanoseconds for addresses of pages that have to be looked up", 0, 34}, memoryAt<4>},
      {{"exchange", "log2 of nanoseconds for lines that another thread has touched last", 0, 34}, [](const View& view) { return logOf(view.time.exchange); }},
      {{"lines_l1", "log2 of lines from the second level, per execution", -16, 4}, linesPerInstance<0>},
      {{"lines_l2", "log2 of lines from the third level, per execution", -16, 4}, linesPerInstance<1>},
      {{"lines_l3", "log2 of lines from memory, per execution", -16, 4}, linesPerInstance<2>},
      {{"pages", "log2 of addresses of pages, per execution", -16, 4}, linesPerInstance<3>},
      {{"speedup", "modelled speedup by threads", 1, 64}, [](const View& view) { return view.time.speedup; }},
      {{kModelledTime, "log2 of the modelled seconds of all its executions", -30, 8}, [](const View& view) { return logSeconds(view.time.total); }},
      {{"time_share", "these over all modelled time", 0, 1},
       [](const View& view) { return view.all.own.time.total > 0 ? view.time.total / view.all.own.time.total : 0; }},
      {{"instance_time", "log2 of picoseconds of one execution", 0, 24},
       [](const View& view) { return logOf(1000 * view.time.total / std::max(1.0, view.statement.instances)); }},
      {{"memory_bound", "log2 of waiting for data over the rest", -16, 16},
       [](const View& view) { return logRatio(view.time.memoryTime(), std::max(view.time.compute, view.time.latency)); }},
  };
}

} // namespace

const std::vector<Feature<StatementView>>& statementFeatures() {
  static const std::vector<Feature<View>> kTable = [] {
    std::vector<Feature<View>> table = workFeatures();
    for (const auto& more : {bodyFeatures(), timeFeatures()})
      table.insert(table.end(), more.begin(), more.end());
    return table;
  }();
  return kTable;
}

} // namespace polyloom
