// Jammed iterations that are all there, apart from those that are not.
#pragma once

#include "core/codegen/kernel.h"

namespace polyloom {

/// Which loops get such copies.
///
///  - Any: all.
///  - Uncut: those where all iterations have whole groups or none has.
enum class WholeLoops { Any, Uncut };

/// The kernel with copies of loops over jammed iterations (and groups of lanes in those), in which no bound cuts any of
/// them off: these have as many iterations as can be counted, and nothing else stands in the loop.
///
///   for j                                        if L <= 4*g && 4*g + 3 <= U
///     for i = max(L, 4*g) .. min(U, 4*g + 3)       for j: for i = 4*g .. 4*g + 3: S(i, j)
///       S(i, j)                              →   else
///                                                  for j: for i = max(L, 4*g) .. min(U, 4*g + 3): S(i, j)
///
/// What depends on j, too, divides its loop into parts before, within and after; groups that it does not cut off are whole
/// in all three. What a block of registers leaves over stays as it is.
Kernel withWholeGroups(Kernel kernel, WholeLoops which = WholeLoops::Any);

} // namespace polyloom
