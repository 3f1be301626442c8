// The pairs of a schedule's dependences that reach a loop, and how far apart they are there.
#pragma once

#include "core/isl/distances.h"
#include "core/program/dependences.h"
#include "core/schedule/schedule.h"

#include <string>
#include <vector>

namespace polyloom {

/// Pairs of one dependence that nothing outside a loop puts in any order: equal values of all loops around it, the
/// same child of all sequences.
struct PendingPairs {
  int dependence = 0; ///< index into Dependences::all()
  std::string source, sink; ///< statements
  isl::map pairs;     ///< never empty
};

/// All pairs that reach the last node of `path`, which leads there from the root. With `reassociate`, without those
/// between a reduction's own updates. Cost: one intersection per dependence and node on the path.
std::vector<PendingPairs> pendingAt(const Schedule& schedule, const Dependences& dependences,
                                    const std::vector<TreePtr>& path, bool reassociate = false);

/// A loop's values on both sides of pairs whose statements are below it.
SidedValue sidesOf(const TreeNode& loop, const PendingPairs& pairs);

/// All distances at these loops (each around all the pairs' statements) together; one dimension per loop.
/// Null where there are no pairs.
isl::set distancesAt(const std::vector<TreePtr>& loops, const std::vector<PendingPairs>& pending);

} // namespace polyloom
