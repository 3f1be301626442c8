#include "views/space_coloring.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace polyloom {

namespace {

const LoopTreeNode* findLoop(const ScheduleSnapshot& schedule, const std::string& name) {
  const auto found = std::ranges::find_if(schedule.tree, [&](const LoopTreeNode& node) {
    return node.kind == LoopTreeNode::Kind::Loop && node.name == name;
  });
  return found == schedule.tree.end() ? nullptr : &*found;
}

/// The depth of the outermost loop around a cloud that `wanted` holds for.
template <typename Wanted>
std::optional<std::size_t> depthOf(const ScheduleSnapshot& schedule, const InstanceCloud& cloud, const Wanted& wanted) {
  for (std::size_t d = 0; d < cloud.timeLoops.size(); ++d)
    if (const LoopTreeNode* loop = findLoop(schedule, cloud.timeLoops[d]); loop && wanted(*loop))
      return d;
  return std::nullopt;
}

/// The code of this loop leaves its sharing to the run.
bool isDynamic(const ScheduleSnapshot& schedule, const std::string& loop) {
  return std::ranges::any_of(schedule.code, [&](const CodeLine& line) {
    return line.loop == loop && line.text.find("schedule(dynamic)") != std::string::npos;
  });
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// The iterations of one execution of a loop, as its instances show them: from `low` to `high` by `stride`.
struct Iterations {
  std::int64_t low = 0, high = 0, stride = 0;
  bool isEmpty = true;

  void add(std::int64_t value) {
    if (isEmpty)
      low = high = value;
    isEmpty = false;
    stride = std::gcd(stride, value - low); // differences to one value: their divisor does not depend on which
    low = std::min(low, value);
    high = std::max(high, value);
  }
  std::int64_t step() const { return std::max<std::int64_t>(stride, 1); }
  std::int64_t count() const { return (high - low) / step() + 1; }
  std::int64_t number(std::int64_t value) const { return (value - low) / step(); }
};

/// Blocks as even as they can be, the larger ones first.
std::int64_t blockOf(std::int64_t number, std::int64_t count, std::int64_t blocks) {
  const std::int64_t small = count / blocks, larger = count % blocks;
  if (number < larger * (small + 1))
    return number / (small + 1);
  return larger + (number - larger * (small + 1)) / std::max<std::int64_t>(small, 1);
}

/// One execution of a parallel loop: its name's number, and the values of the loops around it.
using Execution = std::vector<std::int32_t>;

struct ParallelCloud {
  std::size_t depth = 0;
  std::int32_t loop = 0; ///< its number among the names
  bool isDynamic = false;
};

Execution executionOf(const InstanceCloud& cloud, const ParallelCloud& parallel, std::size_t row) {
  const auto begin = cloud.time.begin() + static_cast<std::ptrdiff_t>(row * cloud.timeLoops.size());
  Execution execution(begin, begin + static_cast<std::ptrdiff_t>(parallel.depth));
  execution.push_back(parallel.loop);
  return execution;
}

/// The instances of a cloud with the executions they belong to; equal neighbors are looked up once.
template <typename Visit>
void forEachRow(const InstanceCloud& cloud, const ParallelCloud& parallel, std::map<Execution, Iterations>& executions,
                const Visit& visit) {
  Execution last;
  Iterations* shared = nullptr;
  for (std::size_t row = 0; row < cloud.count; ++row) {
    Execution execution = executionOf(cloud, parallel, row);
    if (!shared || execution != last) {
      shared = &executions[execution];
      last = std::move(execution);
    }
    visit(row, *shared, cloud.time[row * cloud.timeLoops.size() + parallel.depth]);
  }
}

class ThreadSharing {
public:
  ThreadSharing(const ScheduleSnapshot& schedule, int threads) : schedule_(schedule), threads_(std::max(threads, 1)) {}

  SpaceGroups groups() {
    for (const InstanceCloud& cloud : schedule_.space.clouds)
      addCloud(cloud);
    SpaceGroups result;
    result.count = threads_;
    for (std::size_t c = 0; c < clouds_.size(); ++c)
      appendThreads(schedule_.space.clouds[c], clouds_[c], result.of);
    const bool anyDynamic = std::ranges::any_of(clouds_, [](const auto& c) { return c && c->isDynamic; });
    const bool any = std::ranges::any_of(clouds_, [](const auto& c) { return c.has_value(); });
    result.remark = !any         ? "no loop runs in parallel"
                    : anyDynamic ? "shared at run time: chunk number modulo threads"
                                 : "blocks of OpenMP's static sharing";
    if (!any)
      result.count = 0;
    return result;
  }

private:
  void addCloud(const InstanceCloud& cloud) {
    const auto depth = depthOf(schedule_, cloud, [](const LoopTreeNode& loop) { return loop.parallel; });
    clouds_.emplace_back();
    if (!depth)
      return;
    const std::string& name = cloud.timeLoops[*depth];
    const auto loop = names_.try_emplace(name, static_cast<std::int32_t>(names_.size())).first->second;
    clouds_.back() = ParallelCloud{*depth, loop, isDynamic(schedule_, name)};
    forEachRow(cloud, *clouds_.back(), executions_,
               [](std::size_t, Iterations& iterations, std::int32_t value) { iterations.add(value); });
  }

  void appendThreads(const InstanceCloud& cloud, const std::optional<ParallelCloud>& parallel,
                     std::vector<std::int32_t>& threads) {
    if (!parallel) {
      threads.resize(threads.size() + cloud.count, -1);
      return;
    }
    forEachRow(cloud, *parallel, executions_, [&](std::size_t, const Iterations& all, std::int32_t value) {
      const std::int64_t number = all.number(value);
      threads.push_back(static_cast<std::int32_t>(parallel->isDynamic ? number % threads_
                                                                      : blockOf(number, all.count(), threads_)));
    });
  }

  const ScheduleSnapshot& schedule_;
  int threads_;
  std::map<std::string, std::int32_t> names_;
  std::vector<std::optional<ParallelCloud>> clouds_;
  std::map<Execution, Iterations> executions_;
};

void appendLanes(const InstanceCloud& cloud, std::size_t depth, std::int64_t width, std::vector<std::int32_t>& lanes) {
  Iterations all;
  for (std::size_t row = 0; row < cloud.count; ++row)
    all.add(cloud.time[row * cloud.timeLoops.size() + depth]);
  for (std::size_t row = 0; row < cloud.count; ++row) {
    // Groups of lanes begin at multiples of the width, as tiles do.
    const std::int64_t iteration = floorDiv(cloud.time[row * cloud.timeLoops.size() + depth], all.step());
    lanes.push_back(static_cast<std::int32_t>(iteration - floorDiv(iteration, width) * width));
  }
}

} // namespace

SpaceGroups groupByThread(const ScheduleSnapshot& schedule, int threads) {
  return ThreadSharing(schedule, threads).groups();
}

SpaceGroups groupByLane(const ScheduleSnapshot& schedule) {
  SpaceGroups result;
  for (const InstanceCloud& cloud : schedule.space.clouds) {
    const auto depth = depthOf(schedule, cloud, [](const LoopTreeNode& loop) { return loop.vectorWidth > 0; });
    if (!depth) {
      result.of.resize(result.of.size() + cloud.count, -1);
      continue;
    }
    const int width = findLoop(schedule, cloud.timeLoops[*depth])->vectorWidth;
    result.count = std::max(result.count, width);
    appendLanes(cloud, *depth, width, result.of);
  }
  if (result.count == 0)
    result.remark = "no loop runs as vector lanes";
  return result;
}

} // namespace polyloom
