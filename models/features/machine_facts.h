// What the analytic model knows of a machine.
#pragma once

#include "core/cache/hierarchy.h"

#include <array>

namespace polyloom {

/// A cache, or a table of page addresses, and what it costs to go past it.
struct MemoryLevel {
  double bytes = 0;        ///< that it covers
  double lineBytes = 64;
  double streamCycles = 0; ///< per line that comes from the next level in order
  double jumpCycles = 0;   ///< per line that nobody could foresee
};

/// Three caches and two tables of pages; the same number of levels on every machine, so that rows have one length.
inline constexpr std::size_t kCaches = 3;
inline constexpr std::size_t kLevels = 5;

/// Cycles between instructions of a kind, for one scalar or one vector, and what else code costs. Fitted to the measured
/// speedups of some thousand schedules of random programs on a Zen 4 processor.
struct ProcessorCosts {
  double arithmetic = 0.33, divide = 11, root = 14, call = 45, choose = 2, integer = 0.3, cast = 0.6;
  double load = 0.5, store = 1.6, gather = 0.6, scatter = 2;
  double issue = 0.15;       ///< of any instruction
  double forwarding = 5;     ///< from a store to a load of the same cell
  double latencyFactor = 0.8;  ///< of waiting for earlier iterations, over what the operations' latencies say
  double entry = 2, mispredicted = 4, step = 0.5; ///< starting a loop, leaving it where nobody foresaw that, an iteration
  double innerStep = 0.3;    ///< the share of an iteration's cost that an innermost loop does not hide
  double written = 1.5;      ///< of a line that is written, over one that is read
  double warm = 0.45;         ///< of the lines of a run, those that a cache does not have yet when all fits
  double sharedMemory = 0.2; ///< threads speed memory up by their number to this power
};

struct MachineFacts {
  std::array<MemoryLevel, kLevels> levels = {{{32 * 1024.0, 64, 1.7, 0.5},
                                              {512 * 1024.0, 64, 0.5, 3},
                                              {16 * 1024.0 * 1024.0, 64, 12, 16},
                                              {64 * 4096.0, 4096, 60, 1},
                                              {2048 * 4096.0, 4096, 10, 8}}};
  ProcessorCosts costs;
  double vectorBytes = 32; ///< of the vectors that compilers choose
  double nanosecondsPerCycle = 0.3;
  double forkNanoseconds = 1800;      ///< to start and end a parallel region
  double nestedForkNanoseconds = 100; ///< the same within a region: it gets one thread
  double chunkNanoseconds = 480;      ///< to hand out iterations that differ in length, each time
  double exchangeCycles = 12;         ///< per line that another processor has
  double chunks = 64;                 ///< the most that they are handed out in

  /// The caches' sizes are those of a hierarchy; more than three are taken as three.
  static MachineFacts of(const CacheHierarchy& caches);
};

} // namespace polyloom
