// Loops that only place statements, taken away.
#pragma once

#include "core/program/dependences.h"
#include "core/schedule/schedule_tree.h"

namespace polyloom {

/// The order with fewer loops. A scheduler gives a statement of few loops a constant (or a value that the loops
/// outside determine) where others have a loop; where that value is first or last among them, the statement can stand
/// before or after the loop, and where a loop has one value for all, it is none. So far the order stays the same. A
/// statement with its place in the middle moves before or after the loop, too, where no dependence minds (`dependences`
/// null: it stays).
///
///   for c = 0 .. N-1          S0
///     if (c == 0) S0     →    for c = 0 .. N-1
///     S1(c)                     S1(c)
ScheduleTree withoutPlacingLoops(const ScheduleTree& tree, const Scop& scop, const Dependences* dependences);

} // namespace polyloom
