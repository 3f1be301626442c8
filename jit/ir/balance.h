// How evenly the iterations of a parallel loop are filled.
#pragma once

#include "core/codegen/kernel.h"

namespace polyloom::ir {

/// Whether iterations of the loop differ in work by more than what the program's sizes cut off: the range of some loop
/// inside depends on them, as in a triangle, or in the tiles along a wavefront. A tile's own range does not count: it
/// is the same everywhere.
///
///   parallel i = 0 .. N-1          parallel it = 0 .. (N-1)/32
///     j = 0 .. i                     i = 32·it .. min(N-1, 32·it+31)
///   uneven                         even
bool isUneven(const LoopNode& loop);

} // namespace polyloom::ir
