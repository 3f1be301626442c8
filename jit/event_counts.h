// Hardware events of a run.
#pragma once

#include <optional>
#include <span>

namespace polyloom {

/// What the processor counted in user mode, in all threads together; nothing where this machine does not count it.
struct EventCounts {
  std::optional<double> cycles;
  std::optional<double> instructions;
  std::optional<double> l1dMisses; ///< loads that miss the first level's data cache
  std::optional<double> llcMisses; ///< loads that miss the last level's cache

  /// All members, in this order, for those who treat them alike.
  static constexpr std::optional<double> EventCounts::*kAll[] = {&EventCounts::cycles, &EventCounts::instructions,
                                                                 &EventCounts::l1dMisses, &EventCounts::llcMisses};
};

/// Each event's median over the samples that have it.
EventCounts medians(std::span<const EventCounts> samples);

} // namespace polyloom
