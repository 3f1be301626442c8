// The values that a loop takes, seen from the loops around it.
#pragma once

#include "core/schedule/schedule_tree.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// { S0[t, i] -> [t] }: values of the loops above the last node of a path, for instances of a statement below.
isl::map aroundOf(const std::vector<TreePtr>& path, const isl::set& instances);

/// { [values of the loops around] -> [value] } of the last loop of a path, over all statements below it.
isl::map rangeOf(const std::vector<TreePtr>& path);

/// The range as conditions in the loops' names: "t <= i < N".
std::string rangeText(const std::vector<TreePtr>& path, const Scop& scop);

/// Whether the values at any values of the loops around and of the parameters are within one constant.
bool hasConstantLength(const std::vector<TreePtr>& path);

/// The tree with strides of 1 where a loop's values are no longer congruent modulo its stride: a loop that starts at
/// another loop's value depends on which loops are outside it. `before`: the tree that it was made from; loops that the
/// step left as they were are not asked again.
ScheduleTree withValidStrides(const ScheduleTree& tree, const ScheduleTree& before);

} // namespace polyloom
