// What training makes small. For the trainer's files: LibTorch stands in it.
#pragma once

#include "models/networks/network.h"
#include "models/training/options.h"

namespace polyloom {

/// Labels of a batch.
struct BatchLabels {
  at::Tensor logSpeedup, logSeconds, logOriginalSeconds; ///< [n]
  at::Tensor programs;                                   ///< [n]; equal for schedules of one program

  BatchLabels(const TrainingSet& set, std::span<const SampleId> samples, const at::Device& device);
};

/// A number; `isRelative`: the relative error counts too.
at::Tensor lossOf(const NetworkOutput& output, const BatchLabels& labels, const LossWeights& weights, bool isRelative);

} // namespace polyloom
