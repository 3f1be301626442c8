// The OpenMP runtime's threads, and what they cost.
#pragma once

#include <cstdint>

namespace polyloom::runner {

/// The median time of an empty parallel region, its threads awake: what every parallel loop pays at least.
std::uint64_t forkJoinNanoseconds();

/// The same with the threads asleep, as the first region after a rest finds them.
std::uint64_t wakeNanoseconds();

} // namespace polyloom::runner
