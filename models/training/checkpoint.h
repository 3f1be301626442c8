// What an interrupted training needs to go on. For the trainer's files.
#pragma once

#include "models/training/options.h"
#include "models/weights_file.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace polyloom {

/// Between two epochs.
struct TrainingState {
  std::size_t member = 0; ///< in training; those before are done
  int epoch = 0;          ///< the next
  std::int64_t steps = 0; ///< of the optimizer
  double best = std::numeric_limits<double>::infinity(); ///< validation error of the member
  int sinceBest = 0;
  LearningCurve curve;
  /// "done<k>.…" of the members that are done; "now.…", "best.…" and "adam.…" of the one in training.
  WeightsFile weights;
};

/// A text that differs where the data, the schema, or an option that matters differs.
std::string fingerprintOf(const TrainingSet& set, const Split& parts, const std::string& schema,
                          const TrainingOptions& options);

Result<void> writeCheckpoint(const std::string& path, const std::string& fingerprint, TrainingState state);

/// None where there is no file. Fails with "other-checkpoint" or "bad-weights".
Result<std::optional<TrainingState>> readCheckpoint(const std::string& path, const std::string& fingerprint);

} // namespace polyloom
