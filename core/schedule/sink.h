// Strip-mining with the strip as the innermost loop: what `jam` and `vectorize` have in common.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule_tree.h"

#include <cstdint>

namespace polyloom {

/// Cuts a loop into groups of `size` iterations and sinks the strip (a group's iterations) to the innermost place.
///
///   for i                 for it
///     S0(i)                 for i in group it
///     for j          →        S0(i)
///       S1(i, j)            for j
///                             for i_2 in group it
///                               S1(i_2, j)
///
/// Every leaf below gets a strip of its own, around the lanes where the leaf runs in lanes. The group loop is called
/// like the loop with a t and keeps its attributes; the first strip keeps the loop's name; strips run as `strip` says.
/// Structural: instances change their order. Refuses a sum of tile loops.
Result<ScheduleTree> stripAndSink(const ScheduleTree& tree, const TreeNode& loop, std::int64_t size,
                                  const LoopAttributes& strip);

} // namespace polyloom
