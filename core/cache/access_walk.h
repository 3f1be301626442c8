// The accesses of a kernel, one after the other, without compiling or running it.
#pragma once

#include "core/cache/access_program.h"

#include <cstdint>
#include <functional>
#include <span>

namespace polyloom {

/// Something that happens in a run. What happens between `Enter` and `Leave` of a loop is one execution of it; an
/// iteration lasts until the loop's next `Iteration` or its `Leave`.
struct WalkEvent {
  enum class Kind : std::uint32_t { Read, Write, Enter, Iteration, Leave };
  std::uint64_t address = 0; ///< of an access
  std::uint32_t number = 0;  ///< of the site, or of the loop
  Kind kind = Kind::Read;

  bool isAccess() const { return kind <= Kind::Write; }
  friend bool operator==(const WalkEvent&, const WalkEvent&) = default;
};

/// Takes the next events of a run; false ends the walk there.
using WalkSink = std::function<bool(std::span<const WalkEvent>)>;

/// Goes through a run's events in order, some thousands at a time. True where the run came to its end.
/// Cost: about a nanosecond per access in loops whose bodies are assignments with affine subscripts, tens elsewhere.
bool walkAccesses(const AccessProgram& program, const WalkSink& sink);

} // namespace polyloom
