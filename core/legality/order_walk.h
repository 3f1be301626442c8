// Does a tree keep dependences in order? The walk that every verdict is made of.
#pragma once

#include "core/legality/comparisons.h"
#include "core/legality/legality.h"

#include <map>
#include <set>
#include <vector>

namespace polyloom {

struct OrderQuestion {
  ScopPtr program;
  ScopPtr firstStage; ///< the first stage's program: whose order dependences have that are not complete
  const ScheduleTree& tree;
  Dependences dependences;
  Comparisons& comparisons; ///< may hold more afterwards
  bool reassociate = false;
  bool onlyOrder = false;      ///< parallel and lane loops count as sequential ones
  std::set<int> strictArrays = {}; ///< reductions on them keep their order in any case
  /// Per buffer, loops whose iterations have it for themselves as soon as they run in parallel: only flow on it counts
  /// between iterations then.
  std::map<int, std::set<const TreeNode*>> privateLoops = {};
};

/// The answer's `dependences`, carriers and violations; never Unknown, but isl's exceptions pass through.
LegalityReport judgeOrder(const OrderQuestion& question);

} // namespace polyloom
