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
/// speedups and times of 6700 schedules of random programs on a Zen 4 processor (coordinate descent on the mean absolute
/// logarithm): constants of a rough model, not of the processor.
struct ProcessorCosts {
  double arithmetic = 0.5, divide = 1.4, root = 2, call = 45, choose = 0.5, integerChoose = 0.9, integer = 0.6, cast = 0.4;
  double load = 0.6, store = 0.56, gather = 0.3, scatter = 1.7;
  double issue = 0.14;       ///< of any instruction
  double compilerGain = 0.6; ///< the vectors that a compiler makes by itself are as good as their lanes to this power
  double forwarding = 5;     ///< from a store to a load of the same cell
  double latencyFactor = 1.04; ///< of waiting for earlier iterations, over what the operations' latencies say
  double entry = 5.2, mispredicted = 1.8, step = 0.6; ///< starting a loop, leaving it where nobody foresaw that, an iteration
  double innerStep = 0.1;    ///< the share of an iteration's cost that an innermost loop does not hide
  double written = 1.06;     ///< of a line that is written, over one that is read
  double warm = 0.02;         ///< of the lines of a run, those that a cache does not have yet when all fits
  double sharedMemory = 0.22; ///< threads speed memory up by their number to this power
};

struct MachineFacts {
  std::array<MemoryLevel, kLevels> levels = {{{32 * 1024.0, 64, 1.7, 2.4},
                                              {512 * 1024.0, 64, 0.6, 2.1},
                                              {16 * 1024.0 * 1024.0, 64, 7, 6.7},
                                              {32 * 4096.0, 4096, 42, 1.1},
                                              {3072 * 4096.0, 4096, 97, 11}}};
  ProcessorCosts costs;
  double vectorBytes = 32; ///< of the vectors that compilers choose
  double nanosecondsPerCycle = 0.21;
  double forkNanoseconds = 1065;      ///< to start and end a parallel region
  double nestedForkNanoseconds = 9;   ///< the same within a region: it gets one thread
  double chunkNanoseconds = 218;      ///< to hand out iterations that differ in length, each time
  double exchangeCycles = 5.5;        ///< per line that another processor has
  double chunks = 64;                 ///< the most that they are handed out in

  /// The caches' sizes are those of a hierarchy; more than three are taken as three.
  static MachineFacts of(const CacheHierarchy& caches);
};

} // namespace polyloom
