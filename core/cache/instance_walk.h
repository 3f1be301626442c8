// A run as executions of statements, one after the other, each with its accesses.
#pragma once

#include "core/cache/access_walk.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace polyloom {

/// One execution of a statement. Valid during the call only.
struct WalkInstance {
  std::uint32_t statement = 0;           ///< the kernel's
  std::span<const std::int64_t> point;   ///< the source iterators' values
  std::span<const WalkEvent> accesses;   ///< in the order of evaluation
  std::span<const std::uint32_t> begun;  ///< the loops of which an iteration begins with it, from the outside in
};

/// Takes the next execution; false ends the walk there.
using InstanceSink = std::function<bool(const WalkInstance&)>;

/// Goes through a run instance by instance: the accesses are walkAccesses', in its order. For pictures of short runs:
/// some ten times as slow. True where the run came to its end.
bool walkInstances(const AccessProgram& program, const InstanceSink& sink, std::stop_token stop = {});

} // namespace polyloom
