// What a cost model says about schedules.
#pragma once

#include "core/snapshot/prediction_verdict.h"

#include <map>
#include <string>

namespace polyloom {

struct PredictionInfo {
  double speedup = 1;    ///< over the original order
  SpeedupRange interval; ///< that holds it with 90 % probability
  std::string problem;   ///< why there is no prediction; empty: there is one

  bool isKnown() const { return problem.empty(); }
  friend bool operator==(const PredictionInfo& a, const PredictionInfo& b) {
    return a.speedup == b.speedup && a.interval.low == b.interval.low && a.interval.high == b.interval.high && a.problem == b.problem;
  }
};

/// By recipe: one step a line, single-spaced, without comments.
using Predictions = std::map<std::string, PredictionInfo>;

} // namespace polyloom
