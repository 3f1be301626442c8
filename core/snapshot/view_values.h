// Parameter values small enough to draw.
#pragma once

#include "core/program/scop.h"

#include <cstdint>
#include <vector>

namespace polyloom {

/// Per parameter a value: the largest common one for which the program is admissible, has instances and at most
/// `maxPoints` of them; where no common value will do, the smallest admissible values.
std::vector<std::int64_t> viewValues(const Scop& scop, std::int64_t maxPoints = 200);

} // namespace polyloom
