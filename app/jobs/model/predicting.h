// Predictions of a model's program.
#pragma once

#include "app/jobs/model/model_program.h"
#include "core/program/scop.h"
#include "models/data/feature_table.h"
#include "models/data/featurized.h"
#include "models/data/training_set.h"
#include "models/evaluation/prediction.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// A program with the weights that it is to read.
struct ModelInUse {
  ModelProgram program;
  std::string weights; ///< a file; empty: the program knows
  InputKinds inputs = {.tree = true, .looper = false}; ///< what it reads
  int threads = 1;     ///< that the model may compute with
};

/// The speedups of recipes over the program's own order. A recipe whose features cannot be read fails alone; all fail
/// where the original's cannot be read, and where the program fails ("bad-answer": it does not keep to the protocol).
Result<std::vector<Result<Prediction>>> predictRecipes(ModelInUse& model, const ScopPtr& scop,
                                                       std::span<const std::string> recipes,
                                                       const Circumstances& circumstances);

/// Predictions of labeled schedules, which stand program by program, in their order; `told` hears how many there are.
Result<std::vector<Prediction>> predictSamples(ModelInUse& model, const TrainingSet& set, std::span<const SampleId> samples,
                                               const FeatureTable& table,
                                               const std::function<void(std::size_t)>& told = {});

} // namespace polyloom
