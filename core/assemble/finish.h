// From what was read to a finished program. Pure mathematics: free of Clang.
#pragma once

#include "core/assemble/bounds.h"
#include "core/assemble/pending_statement.h"
#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <string>
#include <vector>

namespace polyloom {

/// A region that was read: names, ranges and the tree are final; sets, relations and bounds are to come.
struct PendingScop {
  struct Instances {
    PendingStatement values;
    isl::set path;                       ///< the instances, over parameters
    std::vector<std::string> iterators;  ///< the parameters that are iterators, outermost first
    std::vector<std::string> dimensions; ///< what the domain's dimensions are called
  };

  explicit PendingScop(isl::ctx ctx) : assumptions(ctx) { scop.context = assumptions.context(); }

  Scop scop;
  std::vector<Instances> statements; ///< one for each of scop.statements
  Assumptions assumptions;
};

/// Infers extents, checks that accesses stay inside their arrays, makes domains and relations, chooses defaults.
/// Refuses an access that leaves its array whenever it runs ("always-leaves-array"), and conditions on the parameters
/// that nothing meets ("contradictory-bounds").
Result<ScopPtr> finishScop(PendingScop pending, const std::vector<int>& inferredArrays);

} // namespace polyloom
