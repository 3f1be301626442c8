// A rough time for a schedule: what learned models start from.
#pragma once

#include "models/features/body_model.h"
#include "models/features/cache_model.h"

#include <array>
#include <vector>

namespace polyloom {

/// Nanoseconds over the whole run.
struct StatementTime {
  double compute = 0;  ///< instructions, data in the first level
  double latency = 0;  ///< waiting for earlier iterations
  double overhead = 0; ///< of the innermost loop
  double exchange = 0; ///< fetching what another thread has touched last
  std::array<double, kLevels> memory{}; ///< waiting for data, per level that it comes through
  double speedup = 1;  ///< by threads
  double total = 0;    ///< of all that, with threads

  double memoryTime() const;
};

struct ScheduleTime {
  std::vector<StatementTime> statements;
  std::vector<double> loopOverhead; ///< per loop of the outline: starting and stepping it
  std::vector<double> speedups;     ///< per loop, by threads around and in it
  double overhead = 0;              ///< of all loops, with threads
  double forks = 0;                 ///< of starting and ending parallel regions
  double regions = 0;               ///< how often one starts
  double total = 0;
};

/// Instances times the longest of arithmetic, loads, stores and latency, the time for data beside it, loops, and threads
/// where the outermost parallel loop has iterations for them.
ScheduleTime timeOf(const NestOutline& outline, const Traffic& traffic, const std::vector<InstanceCost>& costs,
                    const MachineFacts& machine, int threads);

} // namespace polyloom
