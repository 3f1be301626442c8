#include "tests/support/sample_traces.h"

#include "core/snapshot/cache_choice.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace polyloom::samples {

namespace {

/// Writes down accesses as they come. Arrays begin at multiples of 4096 bytes.
class Writer {
public:
  explicit Writer(const std::vector<std::pair<std::string, std::vector<std::int64_t>>>& arrays)
      : simulator_(toyCaches(32, 1, 8)), distances_(1 << 20) {
    trace.totals.caches = toyCaches(32, 1, 8);
    for (const auto& [name, extents] : arrays) {
      std::uint32_t cells = 1;
      for (const std::int64_t extent : extents)
        cells *= static_cast<std::uint32_t>(extent);
      trace.arrays.push_back({.name = name, .extents = extents, .firstCell = trace.cells, .cells = cells,
                              .firstLine = trace.lines, .lines = (cells + 3) / 4, .lineBytes = 32});
      trace.cells += cells;
      trace.lines += (cells + 3) / 4;
    }
    last_.assign(trace.cells, -1);
    levels_.assign(trace.lines, 1);
  }

  void step(std::uint32_t statement, std::int32_t cloud, std::int32_t index, const std::vector<std::int64_t>& values) {
    trace.steps.push_back({statement, cloud, index, static_cast<std::uint32_t>(trace.accesses.size()),
                           static_cast<std::uint32_t>(trace.values.size())});
    trace.values.insert(trace.values.end(), values.begin(), values.end());
  }

  void access(std::size_t array, std::uint32_t cell, bool isWrite) {
    const auto number = static_cast<std::int32_t>(trace.accesses.size());
    TraceAccess access{.cell = trace.arrays[array].firstCell + cell, .step = static_cast<std::uint32_t>(trace.steps.size() - 1),
                       .array = static_cast<std::uint16_t>(array), .isWrite = isWrite};
    access.line = trace.arrays[array].lineOf(access.cell);
    const std::uint64_t distance = distances_.touch(access.line);
    access.distance = distance == ReuseDistances::kFirstTouch ? TraceAccess::kFirstTouch : static_cast<std::uint32_t>(distance);
    const std::optional<std::uint64_t> victim = simulator_.victimOf(0, std::uint64_t{access.line} * 32);
    access.level = static_cast<std::uint8_t>(simulator_.access(std::uint64_t{access.line} * 32, isWrite));
    access.previous = std::exchange(last_[access.cell], number);
    if (access.previous >= 0)
      trace.accesses[static_cast<std::size_t>(access.previous)].next = number;
    trace.accesses.push_back(access);
    for (const std::uint64_t address : {std::uint64_t{access.line} * 32, victim.value_or(std::uint64_t{access.line} * 32)}) {
      const auto line = static_cast<std::uint32_t>(address / 32);
      if (const auto now = static_cast<std::uint8_t>(simulator_.holderOf(address)); now != levels_[line])
        trace.changes.push_back({static_cast<std::uint32_t>(number), line, std::exchange(levels_[line], now), now});
    }
  }

  ExecutionTrace finish() {
    trace.totals.levels = {simulator_.counts(0)};
    for (const TraceAccess& access : trace.accesses)
      ++(access.distance == TraceAccess::kFirstTouch ? trace.totals.distances.firstTouches
                                                     : trace.totals.distances.counts[bucketOf(access.distance)]);
    trace.totals.accesses = trace.accesses.size();
    return std::move(trace);
  }

  ExecutionTrace trace;

private:
  CacheSimulator simulator_;
  ReuseDistances distances_;
  std::vector<std::int32_t> last_;
  std::vector<std::uint8_t> levels_;
};

/// The points of a space in an order: by rank, or in the source's order (time step, statement, cell).
std::vector<std::pair<std::size_t, std::size_t>> inOrder(const SpaceSnapshot& space, bool isOriginal) {
  std::vector<std::tuple<std::vector<std::int32_t>, std::size_t, std::size_t>> keyed;
  for (std::size_t c = 0; c < space.clouds.size(); ++c)
    for (std::size_t row = 0; row < space.clouds[c].count; ++row) {
      const std::int32_t* source = space.clouds[c].source.data() + 2 * row;
      keyed.emplace_back(isOriginal ? std::vector{source[0], static_cast<std::int32_t>(c), source[1]}
                                    : std::vector{space.clouds[c].rank[row]},
                         c, row);
    }
  std::ranges::sort(keyed);
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (const auto& [key, c, row] : keyed)
    order.emplace_back(c, row);
  return order;
}

ExecutionTrace run(const SpaceSnapshot& space, bool isOriginal) {
  std::int64_t cells = 0;
  for (const std::int32_t value : space.clouds[0].source)
    cells = std::max<std::int64_t>(cells, value + 2);
  Writer writer({{"A", {cells}}, {"B", {cells}}});
  writer.trace.statements = {{"S0", 0, 2}, {"S1", 1, 2}};
  writer.trace.loops = {{"t", {}}, {"i", {}}};
  std::int64_t t = -1;
  for (const auto& [c, row] : inOrder(space, isOriginal)) {
    const std::int32_t* source = space.clouds[c].source.data() + 2 * row;
    const auto number = static_cast<std::uint32_t>(writer.trace.steps.size());
    if (source[0] != std::exchange(t, source[0]))
      writer.trace.loops[0].begins.push_back(number);
    writer.trace.loops[1].begins.push_back(number);
    writer.step(static_cast<std::uint32_t>(c), static_cast<std::int32_t>(c), static_cast<std::int32_t>(row), {source[0], source[1]});
    const auto cell = static_cast<std::uint32_t>(source[1]);
    for (const std::uint32_t neighbor : {cell - 1, cell, cell + 1})
      writer.access(c, neighbor, false);
    writer.access(1 - c, cell, true);
  }
  return writer.finish();
}

} // namespace

ExecutionTracesPtr traces(const ScheduleSnapshot& schedule) {
  return std::make_shared<const ExecutionTraces>(ExecutionTraces{run(schedule.space, true), run(schedule.space, false)});
}

ExecutionTrace sweep(const std::vector<std::pair<std::string, std::vector<std::int64_t>>>& arrays) {
  Writer writer(arrays);
  writer.trace.statements = {{"S0", 0, 1}};
  writer.trace.loops = {{"i", {}}};
  for (std::size_t a = 0; a < arrays.size(); ++a)
    for (std::uint32_t cell = 0; cell < writer.trace.arrays[a].cells; ++cell) {
      writer.trace.loops[0].begins.push_back(static_cast<std::uint32_t>(writer.trace.steps.size()));
      writer.step(0, -1, -1, {cell});
      writer.access(a, cell, false);
    }
  return writer.finish();
}

ExecutionTracesPtr both(const ExecutionTrace& trace) {
  return std::make_shared<const ExecutionTraces>(ExecutionTraces{trace, trace});
}

} // namespace polyloom::samples
