// What a measurement says about a prediction.
#pragma once

#include <string>

namespace polyloom {

/// Speedups over the original order from `low` to `high`, both ends included.
struct SpeedupRange {
  double low = 1;
  double high = 1;

  bool holds(double speedup) const { return low <= speedup && speedup <= high; }
};

enum class PredictionVerdict {
  Agrees,             ///< some speedup lies in both intervals, and at least one of them tells the schedule from the original
  ModelWrong,         ///< no speedup lies in both
  NotDistinguishable, ///< both hold 1: neither says that the schedule is faster or slower than the original
};

/// `predicted` is the model's 90 % interval, `measured` the measurement's 95 % one.
PredictionVerdict judgePrediction(const SpeedupRange& predicted, const SpeedupRange& measured);

/// "agrees", "model wrong", "not distinguishable".
std::string wordOf(PredictionVerdict verdict);

} // namespace polyloom
