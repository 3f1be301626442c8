// From programs and recipes to what networks read.
#pragma once

#include "core/schedule/schedule.h"
#include "models/data/training_set.h"
#include "models/features/machine_facts.h"

#include <map>
#include <span>
#include <string>

namespace polyloom {

/// The circumstances that times depend on beside program and recipe.
struct Circumstances {
  std::map<std::string, std::int64_t> parameters; ///< replace the program's defaults
  MachineFacts machine;
  int threads = 2; ///< of the code
};

struct FeaturizedProgram {
  ModelInput original;
  std::vector<Result<ModelInput>> schedules; ///< per recipe; a failure is that of its step
};

/// Replays recipes and reads their schedules' features, those that are wanted; legality is not asked. Fails where the
/// original's cannot be read.
Result<FeaturizedProgram> featurize(const ScopPtr& program, std::span<const std::string> recipes,
                                    const Circumstances& circumstances, const FeatureTable& table, InputKinds wanted);

} // namespace polyloom
