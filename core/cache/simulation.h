// What the caches would see of one run of a kernel.
#pragma once

#include "core/base/diagnostic.h"
#include "core/cache/access_program.h"
#include "core/cache/hierarchy.h"
#include "core/cache/loop_footprints.h"
#include "core/cache/reuse_distance.h"
#include "core/cache/simulator.h"
#include "core/codegen/kernel.h"

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace polyloom {

struct SimulationOptions {
  CacheHierarchy caches = assumedCaches();
  std::uint64_t limit = 0;    ///< only the run's first accesses; 0: all
  bool withLoops = true;      ///< count footprints
  bool withDistances = true;  ///< count reuse distances
  std::stop_token stop = {};  ///< ends the simulation early ("canceled")
};

/// What part of the accesses did. An access that misses one level counts there and goes on to the next.
struct AccessTotals {
  std::uint64_t accesses = 0;
  std::vector<std::uint64_t> misses; ///< per level
};

struct SimulatedArray {
  std::string name;
  std::uint64_t bytes = 0;
  AccessTotals totals;
  ReuseHistogram distances;
};

struct SimulatedLoop {
  AccessLoop place;
  AccessTotals totals; ///< of all accesses inside
  LoopFootprint footprint;
};

/// One run on one thread, caches empty at first.
struct Simulation {
  CacheHierarchy caches;
  std::vector<LevelCounts> levels;
  std::vector<SimulatedArray> arrays; ///< those in memory that the run touched, in the kernel's order
  std::vector<SimulatedLoop> loops;   ///< outer ones first, in textual order
  ReuseHistogram distances;           ///< in lines of the first level
  std::uint64_t accesses = 0;         ///< those that were simulated
  /// Those of the whole run; beyond the limit counted without walking, where that is possible. `isUpperBound`: some
  /// of them happen conditionally, and are all in it.
  std::optional<std::uint64_t> totalAccesses;
  bool isUpperBound = false;
  double seconds = 0; ///< that the simulation took

  bool isWhole() const { return totalAccesses && !isUpperBound && *totalAccesses == accesses; }
};

/// Walks the kernel and counts. `parameters` replaces defaults. Fails as `accessProgram` does, on impossible caches
/// ("bad-caches"), and when stopped.
/// Cost: ten to a hundred nanoseconds per access; memory of some 20 bytes per line of the arrays.
Result<Simulation> simulateCaches(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters,
                                  const SimulationOptions& options);

} // namespace polyloom
