#include "models/evaluation/evaluation.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace polyloom {

namespace {

using nlohmann::json;

json toJson(const NamedMetrics& named) {
  const Metrics& m = named.metrics;
  return {{"name", named.name}, {"schedules", m.schedules}, {"programs", m.programs}, {"mape", m.mape},
          {"median_error", m.medianError}, {"spearman_mean", m.spearmanMean}, {"spearman_median", m.spearmanMedian},
          {"ndcg_1", m.ndcgTop}, {"ndcg", m.ndcg}, {"false_speedups", m.falseSpeedups}, {"coverage_90", m.coverage},
          {"width", m.widthFactor}};
}

json toJson(std::span<const NamedMetrics> all) {
  json rows = json::array();
  for (const NamedMetrics& named : all)
    rows.push_back(toJson(named));
  return rows;
}

} // namespace

Result<Evaluation> evaluate(const TrainingSet& set, const Split& parts, std::span<const SampleId> samples,
                            std::span<const Prediction> predictions, const FeatureTable& table) {
  constexpr std::uint64_t kNoiseSeed = 1;
  const Result<std::vector<Prediction>> modelled = Baselines::modelled(set, samples, table);
  if (!modelled)
    return std::unexpected(modelled.error());
  const double constant = Baselines::bestConstant(set, samplesOf(set, parts.training));
  const auto row = [&](const char* name, std::span<const Prediction> theirs) {
    return NamedMetrics{name, metricsOf(set, samples, theirs)};
  };
  return Evaluation{.rows = {row("model", predictions), row("modelled time", *modelled),
                             row("constant", Baselines::constant(constant, samples.size())),
                             row("label noise", Baselines::labelNoise(set, samples, kNoiseSeed))},
                    .slices = slicesOf(set, samples, predictions, usualSlices(set, samples))};
}

json toJson(const Evaluation& evaluation) {
  return {{"rows", toJson(evaluation.rows)}, {"slices", toJson(evaluation.slices)}};
}

json toJson(const Prediction& p) {
  json object = {{"speedup", p.speedup}, {"low", p.low}, {"high", p.high}};
  if (p.seconds > 0)
    object["seconds"] = p.seconds;
  return object;
}

Result<Prediction> predictionFrom(const json& object) {
  const auto number = [&](const char* key, double fallback) {
    const json value = object.is_object() ? object.value(key, json(fallback)) : json();
    return value.is_number() ? value.get<double>() : -1; // which is not sound
  };
  const double speedup = number("speedup", -1);
  const Prediction prediction{.speedup = speedup, .low = number("low", speedup), .high = number("high", speedup),
                              .seconds = number("seconds", 0)};
  if (!isSound(prediction))
    return failure("bad-prediction", fmt::format("{} is no prediction: a positive speedup is wanted, within its low and high",
                                                 object.dump(-1, ' ', false, json::error_handler_t::replace)));
  return prediction;
}

} // namespace polyloom
