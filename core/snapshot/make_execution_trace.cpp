#include "core/snapshot/make_execution_trace.h"

#include "core/base/check.h"
#include "core/cache/instance_walk.h"
#include "core/codegen/make_kernel.h"
#include "core/schedule/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

namespace polyloom {

namespace {

constexpr std::uint64_t kMostCells = 4'000'000;

using Point = std::vector<std::int64_t>;
using Parameters = std::map<std::string, std::int64_t>;

Parameters parametersOf(const SpaceSnapshot& space) { return {space.parameters.begin(), space.parameters.end()}; }

/// Where each instance stands in the space, per statement.
class InstanceIndex {
public:
  explicit InstanceIndex(const SpaceSnapshot& space) {
    for (std::size_t c = 0; c < space.clouds.size(); ++c) {
      const InstanceCloud& cloud = space.clouds[c];
      const std::size_t width = cloud.sourceLoops.size();
      for (std::size_t row = 0; row < cloud.count; ++row) {
        const auto begin = cloud.source.begin() + static_cast<std::ptrdiff_t>(row * width);
        places_[cloud.statement].emplace(Point(begin, begin + static_cast<std::ptrdiff_t>(width)),
                                         std::pair(static_cast<std::int32_t>(c), static_cast<std::int32_t>(row)));
      }
    }
  }

  std::pair<std::int32_t, std::int32_t> placeOf(int statement, std::span<const std::int64_t> point) const {
    const auto points = places_.find(statement);
    if (points == places_.end())
      return {-1, -1};
    const auto found = points->second.find(Point(point.begin(), point.end()));
    return found == points->second.end() ? std::pair(-1, -1) : found->second;
  }

private:
  std::map<int, std::map<Point, std::pair<std::int32_t, std::int32_t>>> places_;
};

ReuseSummary summaryOf(std::vector<std::uint32_t> distances) {
  ReuseSummary summary;
  summary.firstTouches = static_cast<std::uint64_t>(std::erase(distances, TraceAccess::kFirstTouch));
  summary.reuses = distances.size();
  if (distances.empty())
    return summary;
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() - 1) / 2);
  std::ranges::nth_element(distances, middle);
  summary.median = *middle;
  summary.least = std::ranges::min(distances);
  summary.most = std::ranges::max(distances);
  return summary;
}

/// Records a run.
class Recorder {
public:
  /// Refers to all of them.
  Recorder(const Kernel& kernel, const AccessProgram& program, const SpaceSnapshot& space, const CacheHierarchy& caches,
           const TraceOptions& options)
      : kernel_(kernel), program_(program), index_(space), caches_(caches), options_(options), simulator_(caches),
        lineShift_(shiftOf(0)), distances_((program.places.end >> lineShift_) + 1) {
    trace_.parameters = space.parameters;
    for (const KernelStatement& statement : kernel.statements)
      trace_.statements.push_back({.name = statement.name, .source = statement.source});
    addArrays();
    addLoops();
    lastTouch_.assign(trace_.cells, -1);
    levels_.assign(trace_.lines, static_cast<std::uint8_t>(caches.levels.size()));
  }

  ExecutionTrace record() {
    trace_.isTruncated =
        !walkInstances(program_, [this](const WalkInstance& instance) { return take(instance); }, options_.stop);
    summarize();
    return std::move(trace_);
  }

private:
  unsigned shiftOf(std::size_t level) const {
    return static_cast<unsigned>(std::countr_zero(caches_.levels[level].lineBytes));
  }

  void addArrays() {
    placeOf_.assign(kernel_.arrays.size(), 0);
    std::vector<bool> isAccessed(kernel_.arrays.size());
    for (const AccessSite& site : program_.sites)
      isAccessed[static_cast<std::size_t>(site.array)] = true;
    for (std::size_t a = 0; a < kernel_.arrays.size(); ++a)
      if (const ArrayPlace& place = program_.places.arrays[a]; isAccessed[a] && place.isInMemory && place.bytes > 0)
        addArray(a, place);
  }

  void addArray(std::size_t number, const ArrayPlace& place) {
    const auto elementBytes = static_cast<std::uint32_t>(sizeOf(kernel_.arrays[number].element));
    const std::uint64_t firstLine = place.base >> lineShift_, lastLine = (place.base + place.bytes - 1) >> lineShift_;
    TraceArray array{.name = kernel_.arrays[number].name, .elementBytes = elementBytes, .firstCell = trace_.cells,
                     .cells = static_cast<std::uint32_t>(place.bytes / elementBytes), .firstLine = trace_.lines,
                     .lines = static_cast<std::uint32_t>(lastLine - firstLine + 1),
                     .lead = static_cast<std::uint32_t>(place.base - (firstLine << lineShift_)),
                     .lineBytes = 1U << lineShift_};
    std::uint64_t around = place.bytes;
    for (const std::int64_t stride : place.strides) {
      array.extents.push_back(static_cast<std::int64_t>(around) / stride);
      around = static_cast<std::uint64_t>(stride);
    }
    placeOf_[number] = static_cast<std::uint16_t>(trace_.arrays.size());
    bases_.push_back(place.base);
    trace_.cells += array.cells;
    trace_.lines += array.lines;
    trace_.arrays.push_back(std::move(array));
  }

  void addLoops() {
    for (const AccessLoop& loop : program_.loops) {
      const std::string& name = loop.loop.empty() ? loop.variable : loop.loop;
      const auto known = std::ranges::find(trace_.loops, name, &TraceLoop::name);
      loopOf_.push_back(static_cast<std::size_t>(known - trace_.loops.begin()));
      if (known == trace_.loops.end())
        trace_.loops.push_back({.name = name});
    }
  }

  bool take(const WalkInstance& instance) {
    if (trace_.accesses.size() + instance.accesses.size() > options_.limit)
      return false;
    const auto number = static_cast<std::uint32_t>(trace_.steps.size());
    const int source = kernel_.statements[instance.statement].source;
    const auto [cloud, index] = source < 0 ? std::pair(-1, -1) : index_.placeOf(source, instance.point);
    trace_.statements[instance.statement].depth = static_cast<std::uint32_t>(instance.point.size());
    trace_.steps.push_back({instance.statement, cloud, index, static_cast<std::uint32_t>(trace_.accesses.size()),
                            static_cast<std::uint32_t>(trace_.values.size())});
    trace_.values.insert(trace_.values.end(), instance.point.begin(), instance.point.end());
    for (const std::uint32_t loop : instance.begun)
      if (std::vector<std::uint32_t>& begins = trace_.loops[loopOf_[loop]].begins;
          begins.empty() || begins.back() != number)
        begins.push_back(number);
    for (const WalkEvent& event : instance.accesses)
      access(event, number);
    return true;
  }

  void access(const WalkEvent& event, std::uint32_t step) {
    const auto number = static_cast<std::uint32_t>(trace_.accesses.size());
    const std::uint16_t place = placeOf_[static_cast<std::size_t>(program_.sites[event.number].array)];
    const TraceArray& array = trace_.arrays[place];
    TraceAccess access{.step = step, .array = place, .isWrite = event.kind == WalkEvent::Kind::Write};
    access.cell = array.firstCell + static_cast<std::uint32_t>((event.address - bases_[place]) / array.elementBytes);
    POLYLOOM_CHECK(array.has(access.cell));
    access.line = array.lineOf(access.cell);
    const std::uint64_t distance = distances_.touch(static_cast<std::uint32_t>(event.address >> lineShift_));
    access.distance =
        distance == ReuseDistances::kFirstTouch ? TraceAccess::kFirstTouch : static_cast<std::uint32_t>(distance);
    access.level = simulate(event, number);
    access.previous = std::exchange(lastTouch_[access.cell], static_cast<std::int32_t>(number));
    if (access.previous >= 0)
      trace_.accesses[static_cast<std::size_t>(access.previous)].next = static_cast<std::int32_t>(number);
    trace_.accesses.push_back(access);
  }

  /// Besides the line itself, only what shares an outer level's line with it, and what may have made room, can change.
  std::uint8_t simulate(const WalkEvent& event, std::uint32_t number) {
    const bool isWrite = event.kind == WalkEvent::Kind::Write;
    const std::size_t holder = simulator_.holderOf(event.address);
    std::vector<std::pair<std::uint64_t, unsigned>> touched; // beginnings of lines, with their lengths
    for (std::size_t level = 0; level < holder; ++level) {
      touched.emplace_back(event.address >> shiftOf(level) << shiftOf(level), shiftOf(level));
      if (const auto victim = simulator_.victimOf(level, event.address))
        touched.emplace_back(*victim, shiftOf(level));
    }
    const std::size_t level = simulator_.access(event.address, isWrite);
    for (const auto& [begin, shift] : touched)
      for (std::uint64_t address = begin; address < begin + (1ULL << shift); address += 1ULL << lineShift_)
        note(address, number);
    return static_cast<std::uint8_t>(level);
  }

  void note(std::uint64_t address, std::uint32_t access) {
    const std::optional<std::uint32_t> line = lineAt(address);
    const auto now = static_cast<std::uint8_t>(simulator_.holderOf(address));
    if (line && levels_[*line] != now)
      trace_.changes.push_back({access, *line, std::exchange(levels_[*line], now), now});
  }

  /// The number of a line; nothing where it has no cell of an array.
  std::optional<std::uint32_t> lineAt(std::uint64_t address) const {
    for (std::size_t a = 0; a < bases_.size(); ++a) {
      const std::uint64_t first = bases_[a] >> lineShift_, line = address >> lineShift_;
      if (line >= first && line - first < trace_.arrays[a].lines)
        return trace_.arrays[a].firstLine + static_cast<std::uint32_t>(line - first);
    }
    return std::nullopt;
  }

  void summarize() {
    std::vector<std::vector<std::uint32_t>> distances(trace_.arrays.size());
    std::vector<std::uint32_t> all;
    for (const TraceAccess& access : trace_.accesses) {
      distances[access.array].push_back(access.distance);
      all.push_back(access.distance);
    }
    for (std::size_t a = 0; a < trace_.arrays.size(); ++a)
      trace_.arrays[a].reuse = summaryOf(std::move(distances[a]));
    trace_.reuse = summaryOf(std::move(all));
  }

  const Kernel& kernel_;
  const AccessProgram& program_;
  InstanceIndex index_;
  const CacheHierarchy& caches_;
  const TraceOptions& options_;
  CacheSimulator simulator_;
  unsigned lineShift_; ///< of the first level's lines
  ReuseDistances distances_;
  ExecutionTrace trace_;
  std::vector<std::uint16_t> placeOf_;  ///< per array of the kernel: its number in the trace
  std::vector<std::uint64_t> bases_;    ///< per array of the trace
  std::vector<std::size_t> loopOf_;     ///< per `for`: its loop's number in the trace
  std::vector<std::int32_t> lastTouch_; ///< per cell
  std::vector<std::uint8_t> levels_;    ///< per line: the nearest level that has it
};

ExecutionTrace refused(const SpaceSnapshot& space, std::string why) {
  ExecutionTrace trace{.parameters = space.parameters};
  trace.refusal = std::move(why);
  return trace;
}

/// The arrays that a cache may hold.
std::uint64_t bytesIn(const AccessProgram& program) {
  std::uint64_t bytes = 0;
  for (const ArrayPlace& place : program.places.arrays)
    bytes += place.isInMemory ? place.bytes : 0;
  return bytes;
}

std::string whyTooLarge(const Kernel& kernel, const AccessProgram& program) {
  std::uint64_t cells = 0;
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a)
    cells += program.places.arrays[a].bytes / static_cast<std::uint64_t>(sizeOf(kernel.arrays[a].element));
  return cells <= kMostCells ? "" : fmt::format("the arrays have {} cells at these values: too many to be shown", cells);
}

ExecutionTrace traceOf(const Kernel& kernel, const SpaceSnapshot& space, const CacheHierarchy& caches,
                       const TraceOptions& options) {
  const Result<AccessProgram> program = accessProgram(kernel, parametersOf(space));
  if (!program)
    return refused(space, program.error().message);
  if (std::string why = whyTooLarge(kernel, *program); !why.empty())
    return refused(space, std::move(why));
  ExecutionTrace trace = Recorder(kernel, *program, space, caches, options).record();
  if (trace.accesses.empty())
    return refused(space, "no statement reaches memory at these values");
  Result<Simulation> totals =
      simulateCaches(kernel, parametersOf(space), {.caches = caches, .limit = trace.accesses.size(), .stop = options.stop});
  if (!totals)
    return refused(space, totals.error().message);
  trace.totals = *std::move(totals);
  return trace;
}

} // namespace

ExecutionTrace makeExecutionTrace(const Schedule& schedule, const SpaceSnapshot& space, const CacheHierarchy& caches,
                                  const TraceOptions& options) {
  if (!space.refusal.empty())
    return refused(space, space.refusal);
  const Result<Kernel> kernel = makeKernel(schedule);
  return kernel ? traceOf(*kernel, space, caches, options) : refused(space, kernel.error().message);
}

ExecutionTraces makeExecutionTraces(const ScopPtr& scop, const Recipe& recipe, const SpaceSnapshot& space,
                                    const TraceOptions& options) {
  const Schedule original = Schedule::original(scop);
  std::uint64_t bytes = 0;
  if (const Result<Kernel> kernel = makeKernel(original))
    if (const Result<AccessProgram> program = accessProgram(*kernel, parametersOf(space)))
      bytes = bytesIn(*program);
  const CacheHierarchy caches = chosenCaches(options.caches, bytes);
  return {makeExecutionTrace(original, space, caches, options),
          makeExecutionTrace(replay(scop, recipe.steps).schedule, space, caches, options)};
}

} // namespace polyloom
