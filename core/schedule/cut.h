// Cutting a loop in two by its values: what `split` and `peel` have in common.
#pragma once

#include "core/schedule/schedule_tree.h"

#include <isl/cpp.h>

namespace polyloom {

/// The part of a tree that orders the instances in `domain`; null where there are none. Loops keep their names.
TreePtr restrictTree(const TreePtr& node, const isl::union_set& domain);

/// A loop's instances in two parts, one after the other.
struct CutLoop {
  TreePtr first;  ///< with the loop's names; null where it is empty
  TreePtr second; ///< the loop and the loops inside it with the next free suffixes; null where it is empty
};

/// `first`: the instances of the first part.
CutLoop cutLoop(const ScheduleTree& tree, const TreePtr& loop, const isl::union_set& first);

} // namespace polyloom
