// How many lines loops touch.
#pragma once

#include "core/cache/access_walk.h"

#include <cstdint>
#include <map>
#include <vector>

namespace polyloom {

/// How many distinct lines were touched each time.
class LineCounts {
public:
  void add(std::uint64_t lines);

  std::uint64_t times() const { return times_; }
  std::uint64_t largest() const { return largest_; }
  double mean() const { return times_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(times_); }
  /// The smallest count that at least half of the times do not exceed.
  std::uint64_t median() const;

private:
  static constexpr std::size_t kSmall = 4096;

  std::vector<std::uint64_t> small_; ///< how often each count below kSmall occurred
  std::map<std::uint64_t, std::uint64_t> large_;
  std::uint64_t times_ = 0, sum_ = 0, largest_ = 0;
};

/// Of one loop.
struct LoopFootprint {
  LineCounts iterations;
  LineCounts executions; ///< all iterations between entering and leaving
};

/// Counts the distinct lines of each iteration and of each execution of every loop, exactly. A line is new to all that
/// began after its last touch: one time per line is remembered, and what is open is asked from the inside out.
///
/// Iterations and executions that the walk did not finish are left out.
class LoopFootprints {
public:
  /// `lines` and `lineShift`: addresses >> lineShift are below `lines`.
  LoopFootprints(std::size_t loops, std::size_t lines, unsigned lineShift);

  void take(std::span<const WalkEvent> events);

  const std::vector<LoopFootprint>& loops() const { return loops_; }

private:
  /// What has begun and not ended: an execution, or an iteration.
  struct Open {
    std::uint64_t start = 0; ///< the time of the last access before
    std::uint64_t lines = 0; ///< distinct ones so far
    bool hasBegun = true;
  };

  void enter();
  void iterate(LoopFootprint& loop);
  void leave(LoopFootprint& loop);
  void touch(std::uint64_t line);

  std::vector<LoopFootprint> loops_;
  std::vector<Open> open_; ///< from the outside in: executions, each followed by its iteration
  std::vector<std::uint64_t> lastTouch_; ///< per line; 0: never
  unsigned lineShift_;
  std::uint64_t now_ = 0; ///< accesses so far
};

} // namespace polyloom
