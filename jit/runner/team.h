// The OpenMP runtime's threads, and what they cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace polyloom::runner {

/// The median time of an empty parallel region, its threads awake: what every parallel loop pays at least.
std::uint64_t forkJoinNanoseconds();

/// The same with the threads asleep, as the first region after a rest finds them.
std::uint64_t wakeNanoseconds();

/// Each thread writes to the pages of its share, cut as a parallel loop over the bytes is cut: on a machine with several
/// memories they lie near the thread that will use them.
void touchByTeam(std::span<std::byte> bytes);

/// Each thread reads all of the bytes: of caches that hold less than that, shared or not, nothing older remains.
void readByTeam(std::span<const std::byte> bytes);

} // namespace polyloom::runner
