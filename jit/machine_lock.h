// One measurement at a time on this machine.
#pragma once

#include <stop_token>

namespace polyloom {

/// Held while something is timed, by any process of this user; released when it goes.
class MachineLock {
public:
  /// Waits until the lock is free or a stop is requested. Where no lock file can be made the measurement goes on
  /// without one.
  explicit MachineLock(const std::stop_token& stop);
  ~MachineLock();
  MachineLock(const MachineLock&) = delete;
  MachineLock& operator=(const MachineLock&) = delete;

private:
  int descriptor_ = -1;
};

} // namespace polyloom
