#include "models/features/feature_views.h"

namespace polyloom {

namespace {

using View = AccessView;

/// Bytes by which it moves along a loop of the statement, 0 without that loop.
double bytesAlong(const View& view, int loop) {
  return loop < 0 || view.moves.rank == 0 ? 0 : view.moves.bytes[static_cast<std::size_t>(loop)];
}

int bodyOf(const View& view) { return view.all.shape.body; }
int parallelOf(const View& view) {
  const auto& steps = view.all.statement.steps;
  for (std::size_t k = 0; k < steps.size(); ++k)
    if (view.all.all.own.outline.loops[static_cast<std::size_t>(steps[k].loop)].attributes.parallel)
      return static_cast<int>(k);
  return -1;
}

template <StrideClass wanted> double bodyClass(const View& view) {
  return bodyOf(view) >= 0 && strideClass(bytesAlong(view, bodyOf(view)), view.moves.array->elementBytes) == wanted ? 1 : 0;
}
template <StrideClass wanted> double laneClass(const View& view) {
  const int loop = view.all.shape.laneLoop;
  return loop >= 0 && strideClass(bytesAlong(view, loop), view.moves.array->elementBytes) == wanted ? 1 : 0;
}

template <std::size_t level> double linesPerInstance(const View& view) {
  return logRatio(view.traffic.lines[level], view.all.statement.instances);
}

double from(const View& view, int loop) {
  const auto start = static_cast<std::size_t>(std::max(0, loop));
  return view.moves.rank == 0 ? 1 : view.moves.lines(start, 64);
}

/// Rows whose starts lie this far apart meet in the same sets of a cache: log2 of the largest power of two in it.
double rowAlignment(const View& view) {
  if (view.moves.rank < 2)
    return 0;
  auto bytes = static_cast<std::int64_t>(view.moves.array->stride(view.moves.rank - 2));
  double power = 0;
  for (; bytes > 0 && bytes % 2 == 0 && power < 16; bytes /= 2)
    ++power;
  return power;
}

double dimensionsMoved(const View& view) {
  double count = 0;
  for (std::size_t d = 0; d < view.moves.rank && bodyOf(view) >= 0; ++d)
    count += view.moves.step(static_cast<std::size_t>(bodyOf(view)), d) != 0 ? 1 : 0;
  return count;
}

double reuse(const View& view) {
  return view.moves.rank == 0 ? 16 : logRatio(view.all.statement.instances, view.moves.cells(0));
}

double offset(const View& view) {
  double offset = 0;
  const AccessFacts& first = view.all.statement.facts->accesses[static_cast<std::size_t>(view.moves.group->first)];
  for (std::size_t d = 0; d < view.moves.rank; ++d)
    offset += (view.access.subscripts[d].constant - first.subscripts[d].constant) * view.moves.array->stride(d);
  return signedLog(offset);
}

std::vector<Feature<View>> makeTable() {
  return {
      {{"is_write", "whether it writes", 0, 1}, [](const View& view) { return view.access.isWrite ? 1.0 : 0.0; }},
      {{"is_used", "whether its value is needed", 0, 1}, [](const View& view) { return view.access.isUsed ? 1.0 : 0.0; }},
      {{"is_updated", "whether the statement writes and reads through it", 0, 1},
       [](const View& view) { return view.moves.group->hasWrite && view.moves.group->hasRead ? 1.0 : 0.0; }},
      {{"rank", "dimensions of the array", 0, 4}, [](const View& view) { return static_cast<double>(view.moves.rank); }},
      {{"element_bytes", "log2 of the bytes of a cell", 0, 3}, [](const View& view) { return logOf(view.moves.array->elementBytes); }},
      {{"is_private", "whether a step has made the array", 0, 1}, [](const View& view) { return view.moves.array->isPrivate ? 1.0 : 0.0; }},
      {{"is_local", "whether the region declares the array", 0, 1}, [](const View& view) { return view.moves.array->isLocal ? 1.0 : 0.0; }},
      {{"array_bytes", "log2 of the bytes of the array", 0, 34}, [](const View& view) { return logOf(view.moves.array->bytes()); }},
      {{"row_alignment", "log2 of the largest power of two that divides the bytes between rows", 0, 16}, rowAlignment},
      {{"chain", "cycles from its value to the result, over 16", 0, 16}, [](const View& view) { return view.access.latency / 16; }},
      {{"group", "accesses that differ from it by constants, itself among them", 1, 8}, [](const View& view) { return static_cast<double>(view.moves.group->distinct); }},
      {{"offset", "log2 of the bytes from the first of them, with the sign", -24, 24}, offset},
      {{"body_stride", "log2 of the bytes by which the innermost loop moves it, with the sign", -24, 24}, [](const View& view) { return signedLog(bytesAlong(view, bodyOf(view))); }},
      {{"body_still", "whether it stands still there", 0, 1}, bodyClass<StrideClass::Still>},
      {{"body_unit", "whether it goes to the next cell there", 0, 1}, bodyClass<StrideClass::Unit>},
      {{"body_small", "whether it goes some cells further there", 0, 1}, bodyClass<StrideClass::Small>},
      {{"body_large", "whether it goes to another line there", 0, 1}, bodyClass<StrideClass::Large>},
      {{"body_dimensions", "dimensions of the array that the innermost loop moves", 0, 4}, dimensionsMoved},
      {{"second_stride", "log2 of the bytes by which the loop around that moves it, with the sign", -24, 24}, [](const View& view) { return signedLog(bytesAlong(view, bodyOf(view) - 1)); }},
      {{"third_stride", "the same for the next loop", -24, 24}, [](const View& view) { return signedLog(bytesAlong(view, bodyOf(view) - 2)); }},
      {{"lane_stride", "log2 of the bytes between lanes, with the sign", -24, 24}, [](const View& view) { return signedLog(bytesAlong(view, view.all.shape.laneLoop)); }},
      {{"lane_still", "whether all lanes share it", 0, 1}, laneClass<StrideClass::Still>},
      {{"lane_unit", "whether lanes have neighboring cells", 0, 1}, laneClass<StrideClass::Unit>},
      {{"lane_apart", "whether lanes have cells in other lines", 0, 1}, laneClass<StrideClass::Large>},
      {{"parallel_stride", "log2 of the bytes by which the parallel loop moves it, with the sign", -24, 24}, [](const View& view) { return signedLog(bytesAlong(view, parallelOf(view))); }},
      {{"stream", "share of its lines that follow their neighbors", 0, 1}, [](const View& view) { return view.traffic.stream; }},
      {{"footprint", "log2 of the bytes of its lines over the whole run", 0, 34}, [](const View& view) { return logOf(view.traffic.footprint); }},
      {{"body_lines", "log2 of its lines in one execution of the innermost loop", 0, 24}, [](const View& view) { return logOf(from(view, bodyOf(view))); }},
      {{"second_lines", "log2 of its lines in one execution of the loop around that", 0, 24}, [](const View& view) { return logOf(from(view, bodyOf(view) - 1)); }},
      {{"third_lines", "the same for the next loop", 0, 24}, [](const View& view) { return logOf(from(view, bodyOf(view) - 2)); }},
      {{"reuse", "log2 of the executions per cell", 0, 16}, reuse},
      {{"lines_l1", "log2 of lines from the second level, per execution", -16, 4}, linesPerInstance<0>},
      {{"lines_l2", "log2 of lines from the third level, per execution", -16, 4}, linesPerInstance<1>},
      {{"lines_l3", "log2 of lines from memory, per execution", -16, 4}, linesPerInstance<2>},
      {{"pages", "log2 of addresses of pages, per execution", -16, 4}, linesPerInstance<3>},
  };
}

} // namespace

const std::vector<Feature<AccessView>>& accessFeatures() {
  static const std::vector<Feature<View>> kTable = makeTable();
  return kTable;
}

} // namespace polyloom
