// Cells that an inner loop updates again and again, held in registers.
#pragma once

#include "core/codegen/kernel.h"

namespace polyloom {

/// Finds the loops whose body is straight-line code (all loops inside are unrolled completely or groups of lanes) and
/// that write cells which stay the same from iteration to iteration. Their cells get a small local array whose
/// subscripts are constants once the body is unrolled, so that it lives in registers (scalar replacement: Callahan,
/// Carr, Kennedy, PLDI 1990):
///
///   for k                                     if (the groups are full, and nothing else of C is read or written)
///     for i = 8*it .. min(8*it+7, N-1)   →      C_r[0..7] = C[8*it ..];  for k  for i = 0 .. 7  C_r[i] = …
///       C[i] = …                                C[8*it ..] = C_r[0..7]
///                                             else  as before
///
/// What cannot be shown now is tested before the loop. The order of the statements' executions stays, but for lanes that
/// update one cell together, as legality lets them only where reductions may change their order: each lane has a part of
/// the result, and the parts are put together after the loop (see partial_results.h). Where such lanes are not a full
/// group of a held block, they run one after the other.
Kernel withRegisterBlocks(Kernel kernel);

} // namespace polyloom
