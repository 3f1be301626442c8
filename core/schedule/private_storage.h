// Which loop gives each of its threads a buffer of its own.
#pragma once

#include "core/schedule/schedule.h"

#include <vector>

namespace polyloom {

/// The loops around all uses of an array, from the outside in, down to the first parallel one.
///
/// Where that last one is parallel, each of its threads has a buffer of its own: what one iteration leaves in it is
/// nothing to another one. If it is not, all share one. Legality and code generation both ask here.
std::vector<const TreeNode*> loopsAroundUses(const Schedule& schedule, int array);

/// The parallel loop whose threads have an array of their own each, or null: for a buffer, the last of
/// loopsAroundUses if it is parallel.
const TreeNode* privateLoopOf(const Schedule& schedule, int array);

} // namespace polyloom
