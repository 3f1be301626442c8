// How the training of a cost model went, epoch by epoch.
#pragma once

#include "core/base/diagnostic.h"

#include <string>
#include <vector>

namespace polyloom {

/// One epoch of one member of an ensemble. Numbers that training could not compute are NaN.
struct LearningEpoch {
  int member = 1, epoch = 1;  ///< from 1
  double trainingLoss = 0;
  double validationError = 0; ///< mean |log predicted - log measured| of schedules that are not learned from
  double validationMape = 0;  ///< mean relative error of their speedups, in percent
  double learningRate = 0;
  bool isBest = false;        ///< of its member so far: these are the weights that would be kept
};

/// Reads what `polyloom-cli train --curve` writes; other columns are passed over. Fails ("bad-curve") with the line where
/// something else stands.
Result<std::vector<LearningEpoch>> learningCurveFrom(const std::string& csv, const std::string& path = {});

} // namespace polyloom
