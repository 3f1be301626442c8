#include "models/features/feature_views.h"

namespace polyloom {

namespace {

using View = StatementLoopView;

double bytesOf(const View& view, const GroupMoves& moves) { return moves.bytes[view.number]; }

template <StrideClass wanted> double readsMoving(const View& view) {
  double count = 0;
  for (const GroupMoves& moves : view.all.moves())
    if (moves.rank > 0 && !moves.group->hasWrite && strideClass(bytesOf(view, moves), moves.array->elementBytes) == wanted)
      count += moves.group->distinct;
  return count;
}

template <StrideClass wanted> double writesMoving(const View& view) {
  for (const GroupMoves& moves : view.all.moves())
    if (moves.rank > 0 && moves.group->hasWrite && strideClass(bytesOf(view, moves), moves.array->elementBytes) == wanted)
      return 1;
  return 0;
}

double largestStride(const View& view) {
  double largest = 0;
  for (const GroupMoves& moves : view.all.moves())
    largest = std::max(largest, std::abs(bytesOf(view, moves)));
  return logOf(1 + largest);
}

/// Of the statement's own accesses, from this loop on or inside of it.
double linesFrom(const View& view, std::size_t from) {
  double lines = 0;
  for (const GroupMoves& moves : view.all.moves())
    lines += moves.rank > 0 ? moves.lines(from, 64) : 0;
  return lines;
}

double share(const View& view) {
  return view.loop.iterations > 0 ? std::min(1.0, view.step.iterations / view.loop.iterations) : 0;
}

double fromInnermost(const View& view) { return static_cast<double>(view.all.statement.steps.size() - 1 - view.number); }

std::vector<Feature<View>> makeTable() {
  return {
      {{"trips", "log2 of the mean number of iterations in which the statement runs", 0, 24}, [](const View& view) { return logOf(view.step.trips()); }},
      {{"iterations", "log2 of these in all", 0, 34}, [](const View& view) { return logOf(view.step.iterations); }},
      {{"share", "of the loop's iterations, those in which the statement runs", 0, 1}, share},
      {{"from_innermost", "loops inside of it around the statement", 0, 16}, fromInnermost},
      {{"is_body", "whether it is the innermost loop but for lanes and jammed iterations", 0, 1},
       [](const View& view) { return static_cast<int>(view.number) == view.all.shape.body ? 1.0 : 0.0; }},
      {{"is_lanes", "whether it is the group of lanes", 0, 1},
       [](const View& view) { return static_cast<int>(view.number) == view.all.shape.laneLoop ? 1.0 : 0.0; }},
      {{"is_tile", "whether it runs over tiles", 0, 1}, [](const View& view) { return view.loop.role == OutlineLoop::Role::Tile ? 1.0 : 0.0; }},
      {{"is_parallel", "whether threads share its iterations", 0, 1}, [](const View& view) { return view.loop.attributes.parallel ? 1.0 : 0.0; }},
      {{"width", "log2 of the most iterations that a tile or a group around it leaves", 0, 12}, [](const View& view) { return logOf(view.loop.width); }},
      {{"reads_still", "reads that stand still", 0, 8}, readsMoving<StrideClass::Still>},
      {{"reads_unit", "reads of the next cell", 0, 8}, readsMoving<StrideClass::Unit>},
      {{"reads_small", "reads some cells further", 0, 8}, readsMoving<StrideClass::Small>},
      {{"reads_large", "reads of other lines", 0, 8}, readsMoving<StrideClass::Large>},
      {{"writes_still", "whether the write stands still", 0, 1}, writesMoving<StrideClass::Still>},
      {{"writes_unit", "whether it goes to the next cell", 0, 1}, writesMoving<StrideClass::Unit>},
      {{"writes_small", "whether it goes some cells further", 0, 1}, writesMoving<StrideClass::Small>},
      {{"writes_large", "whether it goes to another line", 0, 1}, writesMoving<StrideClass::Large>},
      {{"largest_stride", "log2 of the bytes that its accesses move by, the largest", 0, 24}, largestStride},
      {{"lines", "log2 of the lines that one execution of it touches for the statement", 0, 24}, [](const View& view) { return logOf(linesFrom(view, view.number)); }},
      {{"lines_iteration", "log2 of the lines that one iteration touches", 0, 24}, [](const View& view) { return logOf(linesFrom(view, view.number + 1)); }},
      {{"reuse", "log2 of how many of its iterations touch a line, in the mean", 0, 16},
       [](const View& view) { return logRatio(linesFrom(view, view.number + 1) * std::max(1.0, view.step.trips()), linesFrom(view, view.number)); }},
  };
}

} // namespace

const std::vector<Feature<StatementLoopView>>& statementLoopFeatures() {
  static const std::vector<Feature<View>> kTable = makeTable();
  return kTable;
}

} // namespace polyloom
