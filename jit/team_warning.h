// Parallel loops that are too small.
#pragma once

#include "core/codegen/kernel.h"

#include <map>
#include <string>

namespace polyloom {

/// What the threads cost one run, in seconds.
struct TeamCost {
  double forkJoin = 0; ///< per parallel region
  double wake = 0;     ///< a run's share of waking the threads: they sleep between samples
};

/// A sentence where starting and joining the threads takes a noticeable part (5 %) of a run of so many seconds. Empty
/// where it does not, and for a kernel without a parallel loop. The regions are counted from the code; where that takes
/// too long, as one.
std::string teamWarning(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters,
                        const TeamCost& cost, double run);

} // namespace polyloom
