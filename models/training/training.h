// Training of cost models.
#pragma once

#include "models/data/feature_table.h"
#include "models/networks/cost_model.h"
#include "models/training/options.h"

#include <stop_token>

namespace polyloom {

struct TrainedModel {
  CostModel model;
  LearningCurve curve;
};

/// Trains each member from another start, keeps its weights of the epoch with the least validation error, and calibrates
/// the spread on the validation part. The test part is not looked at.
///
/// With a checkpoint file, each epoch's end is kept there (written as a whole), and a training that finds the file goes on
/// where it ended; with one thread it then gives the very weights that an uninterrupted one gives. The file is removed when
/// training is done.
///
/// Fails with "no-data" where training or validation hold no schedule, "bad-labels", "bad-features", "bad-network",
/// "no-such-feature", "other-checkpoint" where the file belongs to other data or options, "cancelled", and where the file
/// cannot be written ("no-file").
Result<TrainedModel> train(const TrainingSet& set, const Split& parts, const FeatureTable& table, TrainingOptions options,
                           const TrainingProgress& progress = {}, const std::stop_token& stop = {});

} // namespace polyloom
