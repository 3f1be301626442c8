// isl's schedules as trees of ours.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule_tree.h"

#include <string>
#include <vector>

namespace polyloom {

/// The tree with the same order as isl's schedule, which has to order all of the program's instances and may order more.
/// Each member of a band is a loop, the children of a set run in the program's order; marks, options and
/// permutability are dropped. Where isl leaves several statements without an order, they keep the program's.
/// Quotients floor(x / n) are recognized: such loops count tiles. Loops are called by the iterator that they grow with.
/// Refuses context, guard, extension and expansion nodes, and instances that are missing, foreign, or left out by filters.
Result<ScheduleTree> treeFromIsl(const isl::schedule& schedule, const Scop& scop);

/// The tree with its loops called by these names, in depth-first order. Refuses a wrong count and a name that stands
/// twice.
Result<ScheduleTree> withLoopNames(const ScheduleTree& tree, const std::vector<std::string>& names);

} // namespace polyloom
