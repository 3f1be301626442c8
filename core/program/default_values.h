// Parameter values to start with.
#pragma once

#include "core/program/scop.h"

namespace polyloom {

/// Sets each parameter's default: one value for all of them (50 for those that only repeat, as time steps do) where
/// the context admits that, the largest with which the region runs some milliseconds (up to 17 million instances) on
/// arrays of at most 128 MiB together; otherwise some point of the context. Needs domains, extents and context.
/// Cost: two countings at small sizes.
void chooseDefaults(Scop& scop);

} // namespace polyloom
