// How many instances a statement has.
#pragma once

#include "core/isl/numeric_forms.h"
#include "models/features/trip_counts.h"

#include <vector>

namespace polyloom {

/// Conditions as polyhedra need them; dimensions beyond kMostDimensions are left out.
InstanceSet instanceSet(const std::vector<NumericRow>& rows, std::size_t dimensions);

/// The number of points of a set, of which `numbers` tells the conditions; `strides` are distances of neighboring points
/// per dimension. Exact for boxes; for other convex parts from walks through them, and where points are tied to
/// multiples of numbers from the share of points of the box around them.
double instanceCount(const isl::set& set, const NumericSet& numbers, const std::vector<double>& strides,
                     const ParameterPoint& parameters);

} // namespace polyloom
