#include "models/evaluation/metrics.h"

#include "models/evaluation/ranking.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

namespace polyloom {

namespace {

constexpr double kClaimsSpeedup = 1.1;

double meanOf(std::span<const double> values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double medianOf(std::vector<double> values) {
  if (values.empty())
    return 0;
  std::ranges::sort(values);
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

/// The predicted and the measured speedups of one program.
struct Pairs {
  std::vector<double> predicted, measured;
};

void addRankings(const std::map<int, Pairs>& byProgram, Metrics& metrics) {
  std::vector<double> correlations, tops, gains;
  for (const auto& [program, pairs] : byProgram) {
    if (const std::optional<double> correlation = spearman(pairs.predicted, pairs.measured))
      correlations.push_back(*correlation);
    if (pairs.predicted.size() < 2)
      continue;
    tops.push_back(ndcg(pairs.predicted, pairs.measured, 1).value_or(0));
    gains.push_back(ndcg(pairs.predicted, pairs.measured).value_or(0));
  }
  metrics.spearmanMean = meanOf(correlations);
  metrics.spearmanMedian = medianOf(correlations);
  metrics.ndcgTop = meanOf(tops);
  metrics.ndcg = meanOf(gains);
}

} // namespace

Metrics metricsOf(const TrainingSet& set, std::span<const SampleId> samples, std::span<const Prediction> predictions) {
  Metrics metrics{.schedules = samples.size()};
  std::map<int, Pairs> byProgram;
  std::vector<double> errors, widths;
  std::size_t covered = 0, wronglyFast = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double measured = scheduleOf(set, samples[i]).speedup;
    const Prediction& prediction = predictions[i];
    Pairs& pairs = byProgram[samples[i].program];
    pairs.predicted.push_back(prediction.speedup);
    pairs.measured.push_back(measured);
    errors.push_back(100 * std::abs(prediction.speedup - measured) / measured);
    widths.push_back(prediction.high / prediction.low);
    covered += measured >= prediction.low && measured <= prediction.high ? 1U : 0U;
    wronglyFast += prediction.speedup > kClaimsSpeedup && measured < 1 ? 1U : 0U;
  }
  const double count = std::max(1.0, static_cast<double>(samples.size()));
  metrics.programs = byProgram.size();
  metrics.mape = meanOf(errors);
  metrics.medianError = medianOf(errors);
  metrics.falseSpeedups = 100 * static_cast<double>(wronglyFast) / count;
  metrics.coverage = 100 * static_cast<double>(covered) / count;
  metrics.widthFactor = medianOf(widths);
  addRankings(byProgram, metrics);
  return metrics;
}

} // namespace polyloom
