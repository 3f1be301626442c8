// Programs that never were, whose times follow a known law.
#pragma once

#include "models/data/feature_table.h"
#include "models/data/training_set.h"

#include <cstdint>

namespace polyloom::test {

/// Rows of two to three numbers.
FeatureTable tinyTable();

/// A schedule of `statements` statements below a common loop, with 1 to 4 loops around each. Its true time is the sum over
/// statements of the modelled one times exp(0.9 if the innermost loop strides, - 0.7 if the outermost is parallel,
/// + 0.4 for each access that misses).
struct SyntheticSchedule {
  ScheduleFeatures features;
  LooperFeatures looper;
  double seconds = 0;
};
SyntheticSchedule syntheticSchedule(std::uint64_t seed, int statements, double log2Work);

ModelInput inputOf(const SyntheticSchedule& schedule);

/// Programs of one to three statements; labels scatter by exp(± noise), and their intervals say so.
TrainingSet syntheticSet(int programs, int schedules, std::uint64_t seed, double noise = 0);

} // namespace polyloom::test
