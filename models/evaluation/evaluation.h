// A model's predictions beside measurements and baselines, as one table.
#pragma once

#include "models/evaluation/metrics.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

struct Evaluation {
  /// "model", "modelled time" (the features' own), "constant" (the best one of the training part), "label noise".
  std::vector<NamedMetrics> rows;
  std::vector<NamedMetrics> slices; ///< the model's metrics on `usualSlices`
};

/// Judges predictions, which stand in the order of the samples. Fails as Baselines::modelled does.
Result<Evaluation> evaluate(const TrainingSet& set, const Split& parts, std::span<const SampleId> samples,
                            std::span<const Prediction> predictions, const FeatureTable& table);

/// {"rows": [{"name", …}], "slices": [{"name", …}]} with the metrics' names of PROTOCOL.md.
nlohmann::json toJson(const Evaluation& evaluation);

/// {"speedup", "low", "high", "seconds"}; seconds stand where they are known.
nlohmann::json toJson(const Prediction& prediction);
/// Without an interval, it is the speedup alone. Fails ("bad-prediction") where the members are no numbers, or not sound.
Result<Prediction> predictionFrom(const nlohmann::json& json);

} // namespace polyloom
