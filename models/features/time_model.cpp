#include "models/features/time_model.h"

#include "models/features/thread_exchange.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polyloom {

namespace {

/// Fills a ScheduleTime.
class Clock {
public:
  Clock(const NestOutline& outline, const Traffic& traffic, const std::vector<InstanceCost>& costs,
        const MachineFacts& machine, int threads)
      : outline_(outline), traffic_(traffic), costs_(costs), machine_(machine), threads_(std::max(1, threads)) {}

  ScheduleTime run() {
    addLoops();
    exchanged_ = exchangedLines(outline_, traffic_, machine_, threads_);
    for (std::size_t s = 0; s < outline_.statements.size(); ++s)
      time_.statements.push_back(timeOf(s));
    time_.total = time_.overhead + time_.forks;
    for (const StatementTime& statement : time_.statements)
      time_.total += statement.total;
    return std::move(time_);
  }

private:
  double nanoseconds(double cycles) const { return cycles * machine_.nanosecondsPerCycle; }

  void addLoops() {
    for (const OutlineLoop& loop : outline_.loops) {
      double speedup = loop.parent < 0 ? 1 : time_.speedups[static_cast<std::size_t>(loop.parent)];
      if (loop.attributes.parallel && !loop.isTrivial()) {
        const bool isNested = isInsideParallel(loop);
        if (!isNested)
          time_.regions += loop.entries;
        time_.forks += forkTime(loop, isNested) / speedup;
        if (!isNested && loop.trips() > 0)
          speedup = loop.trips() / std::ceil(std::ceil(loop.trips() - 1e-6) / threads_);
        speedup = std::clamp(speedup, 1.0, static_cast<double>(threads_));
      }
      time_.speedups.push_back(speedup);
      time_.loopOverhead.push_back(overheadOf(loop));
      time_.overhead += time_.loopOverhead.back() / speedup;
    }
  }

  double forkTime(const OutlineLoop& loop, bool isNested) const {
    const double chunks = loop.isUneven ? std::min(loop.trips(), machine_.chunks) : 0;
    return loop.entries * ((isNested ? machine_.nestedForkNanoseconds : machine_.forkNanoseconds) + machine_.chunkNanoseconds * chunks);
  }

  bool isInsideParallel(const OutlineLoop& loop) const {
    for (int l = loop.parent; l >= 0; l = outline_.loops[static_cast<std::size_t>(l)].parent)
      if (outline_.loops[static_cast<std::size_t>(l)].attributes.parallel)
        return true;
    return false;
  }

  double overheadOf(const OutlineLoop& loop) const {
    if (loop.role == OutlineLoop::Role::Lanes || loop.role == OutlineLoop::Role::Strip || loop.attributes.unroll == kUnrollFull ||
        loop.isTrivial() || loop.isShort)
      return 0;
    const double unroll = std::max(1, loop.attributes.unroll);
    const double mispredicted = machine_.costs.mispredicted * std::min(1.0, 16 / std::max(1.0, loop.trips()));
    double steps = machine_.costs.step * loop.iterations / unroll;
    if (loop.loops.empty() && !loop.statements.empty()) // what its vectors leave of it, and most of that hides in the rest
      steps *= machine_.costs.innerStep / costs_[static_cast<std::size_t>(loop.statements.front())].compilerLanes;
    return nanoseconds(steps + (machine_.costs.entry + mispredicted) * loop.entries);
  }

  StatementTime timeOf(std::size_t s) const {
    const OutlineStatement& statement = outline_.statements[s];
    const InstanceCost& cost = costs_[s];
    StatementTime time;
    time.compute = nanoseconds(statement.instances * std::max({cost.arithmetic, cost.loads, cost.stores}));
    time.latency = nanoseconds(statement.instances * cost.latency);
    time.overhead = leftOver(statement, cost);
    for (std::size_t g = 0; g < traffic_.groups[s].size(); ++g) {
      const GroupTraffic& group = traffic_.groups[s][g];
      const double written = traffic_.moves[s][g].group->hasWrite ? machine_.costs.written : 1;
      for (std::size_t level = 0; level < kLevels; ++level) {
        const MemoryLevel& known = machine_.levels[level];
        time.memory[level] += nanoseconds(written * group.lines[level] * (group.stream * known.streamCycles + (1 - group.stream) * known.jumpCycles));
      }
    }
    if (!statement.steps.empty())
      time.speedup = time_.speedups[static_cast<std::size_t>(statement.steps.back().loop)];
    const double busy = std::max(time.compute, time.latency) / time.speedup;
    double waiting = 0;
    for (std::size_t level = 0; level < kLevels; ++level)
      waiting += time.memory[level] / (level + 1 == kCaches ? std::pow(time.speedup, machine_.costs.sharedMemory) : time.speedup);
    time.exchange = nanoseconds(exchanged_[s] * machine_.exchangeCycles);
    time.total = std::hypot(busy, waiting) + (time.overhead + time.exchange) / time.speedup;
    return time;
  }

  /// Iterations that do not fill a vector run one by one.
  double leftOver(const OutlineStatement& statement, const InstanceCost& cost) const {
    if (statement.steps.empty() || cost.compilerLanes <= 1)
      return 0;
    const double entries = statement.steps.back().entries;
    return nanoseconds(entries * (cost.compilerLanes - 1) / 2 * std::max(1.0, cost.cycles() * cost.compilerLanes));
  }

  const NestOutline& outline_;
  const Traffic& traffic_;
  const std::vector<InstanceCost>& costs_;
  const MachineFacts& machine_;
  int threads_;
  std::vector<double> exchanged_; ///< per statement, lines
  ScheduleTime time_;
};

} // namespace

double StatementTime::memoryTime() const { return std::accumulate(memory.begin(), memory.end(), 0.0); }

ScheduleTime timeOf(const NestOutline& outline, const Traffic& traffic, const std::vector<InstanceCost>& costs,
                    const MachineFacts& machine, int threads) {
  return Clock(outline, traffic, costs, machine, threads).run();
}

} // namespace polyloom
