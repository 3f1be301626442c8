// The processor's own counters, through perf_event_open.
#pragma once

#include "jit/runner/protocol.h"

#include <array>
#include <cstdint>

namespace polyloom::runner {

/// What a counter stands at. A counter may share the processor's registers with others: it runs for a part of the time.
struct CounterReading {
  std::uint64_t value = 0;
  std::uint64_t enabled = 0; ///< nanoseconds
  std::uint64_t running = 0; ///< of these
};

using CounterReadings = std::array<CounterReading, kCounterCount>;
using CounterValues = std::array<std::uint64_t, kCounterCount>;

/// Counts what this process and all threads that it starts do in user mode, from `open` on.
///
/// Nothing is switched on and off: a run is the difference of two readings, which needs no more than read(2) and so
/// passes the system-call filter.
class Counters {
public:
  /// Before the first thread is started. Opens what there is.
  void open();

  /// The errno of the first counter that could not be opened; 0 where all are open.
  int reason() const { return reason_; }

  /// All zero for a counter that is not open.
  CounterReadings read() const;

private:
  std::array<int, kCounterCount> descriptors_ = {-1, -1, -1, -1};
  int reason_ = 0;
};

/// Adds what was counted between two readings, scaled up where the counter ran for a part of that time only. A counter
/// that did not run at all makes its sum kNone, for good.
void addDifference(CounterValues& sum, const CounterReadings& before, const CounterReadings& after);

} // namespace polyloom::runner
