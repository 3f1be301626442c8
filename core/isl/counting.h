// Counting points without visiting too many of them.
#pragma once

#include <isl/cpp.h>

#include <cstdint>

namespace polyloom {

/// The number of points of a bounded set without free parameters, `most` where there are more.
/// Cost: grows with `most`, not with the set.
std::int64_t countPointsUpTo(const isl::set& set, std::int64_t most);

/// The number of points of the smallest box around a bounded set without free parameters: at least the set's own.
/// Cost: two linear programs per dimension.
double boxVolume(const isl::set& set);

} // namespace polyloom
