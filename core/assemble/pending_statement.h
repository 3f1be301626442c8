// A statement while its region is read.
#pragma once

#include "core/assemble/bounds.h"
#include "core/program/expr.h"

#include <isl/cpp.h>

#include <vector>

namespace polyloom {

/// What a statement touches and computes; sets and values over parameters, as in PendingAccess.
struct PendingStatement {
  std::vector<PendingAccess> accesses; ///< accesses[0] is the write
  std::vector<isl::pw_aff> affineValues;
  ExprPtr value;
};

} // namespace polyloom
