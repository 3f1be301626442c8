// Parallel loops whose iterations are of different length.
#pragma once

#include "core/codegen/kernel.h"

namespace polyloom {

/// Marks the parallel loops below which some loop's length moves with the iteration: a triangle, a wavefront. Tiles that
/// are cut off at the end of the domain do not count. Some that are marked may be even: that costs little.
Kernel withUnevenLoops(Kernel kernel);

} // namespace polyloom
