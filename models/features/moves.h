// How a statement's instance moves when one of its loops advances.
#pragma once

#include "models/features/trip_counts.h"

#include <cstddef>
#include <span>
#include <vector>

namespace polyloom {

/// Per dimension, how the instance moves when loop `loop` advances by one iteration and the others stay: a column of the
/// schedule's inverse. A tile loop takes its tile's points with it, each at its place in the tile; the other tiles stay.
/// Where the loops leave dimensions open, these stay.
std::vector<double> moveAlong(std::span<const LoopForm> loops, std::size_t loop, std::size_t dimensions);

/// The instance at which all loops have the value 0, tile loops roughly: what accesses of different statements can be
/// compared at.
std::vector<double> originOf(std::span<const LoopForm> loops, std::size_t dimensions);

} // namespace polyloom
