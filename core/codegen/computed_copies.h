// Arithmetic that the copies of `pack` can do once.
#pragma once

#include "core/codegen/kernel.h"

namespace polyloom {

/// Where every read of a buffer stands in the same expression with constants and scalars (alpha * A_it[i][k]), the
/// copy into the buffer computes it, once per cell, and the readers find the value there. Each value is the same, bit
/// for bit. Left alone: buffers that anything but copies writes.
Kernel withComputedCopies(Kernel kernel);

} // namespace polyloom
