// Array cells that expressions name.
#pragma once

#include "core/frontend/region_state.h"

#include <clang/AST/Expr.h>

namespace polyloom {

/// A cell of an array, or a scalar that the region writes.
struct Place {
  int array = 0;
  std::vector<isl::pw_aff> subscripts;
};

/// Reads A[e]…, *(A + e), or a scalar's name. Refuses members, moving pointers and subscripts that are not affine.
Result<Place> readPlace(const clang::Expr* expr, RegionState& state);

/// The access of all instances in `reached` to the place.
PendingAccess accessTo(const Place& place, bool isWrite, const clang::Expr* expr, const isl::set& reached,
                       const RegionState& state);

} // namespace polyloom
