// What a region needs of the values that were there before it.
#pragma once

#include "core/program/scop.h"

#include <isl/cpp.h>

namespace polyloom {

/// The reads of an array, { S0[i, j] -> A[i + 1] }, that find a value from before the region: no instance has written
/// the cell by then.
isl::union_map readsFromBefore(const Scop& scop, int array);

} // namespace polyloom
