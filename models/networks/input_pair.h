// What a cost model is asked about.
#pragma once

#include "models/data/training_set.h"

namespace polyloom {

/// A schedule and the original of its program, which may be the same.
struct InputPair {
  const ModelInput* schedule = nullptr;
  const ModelInput* original = nullptr;
};

inline std::vector<InputPair> pairsOf(const TrainingSet& set, std::span<const SampleId> samples) {
  std::vector<InputPair> pairs;
  for (const SampleId sample : samples)
    pairs.push_back({&scheduleOf(set, sample).input, &programOf(set, sample).original});
  return pairs;
}

} // namespace polyloom
