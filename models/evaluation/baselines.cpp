#include "models/evaluation/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace polyloom {

namespace {

constexpr double k95 = 1.959963984540054, k90 = 1.644853626951473; // two-sided quantiles of the normal distribution

} // namespace

double Baselines::bestConstant(const TrainingSet& set, std::span<const SampleId> training) {
  std::vector<double> speedups;
  for (const SampleId sample : training)
    speedups.push_back(scheduleOf(set, sample).speedup);
  std::ranges::sort(speedups);
  double total = 0;
  for (const double speedup : speedups)
    total += 1 / speedup;
  double sum = 0;
  for (const double speedup : speedups)
    if ((sum += 1 / speedup) >= total / 2)
      return speedup;
  return 1;
}

std::vector<Prediction> Baselines::constant(double speedup, std::size_t count) {
  return std::vector<Prediction>(count, Prediction{.speedup = speedup, .low = speedup, .high = speedup});
}

Result<std::vector<Prediction>> Baselines::modelled(const TrainingSet& set, std::span<const SampleId> samples,
                                                   const FeatureTable& table) {
  const Result<std::size_t> place = table.find(FeatureKind::Program, kModelledSpeedup);
  if (!place)
    return std::unexpected(place.error());
  std::vector<Prediction> predictions;
  for (const SampleId sample : samples) {
    const std::vector<float>& row = scheduleOf(set, sample).input.tree.rows[0];
    const double speedup = row.size() > *place ? std::exp2(static_cast<double>(row[*place])) : 1;
    predictions.push_back({.speedup = speedup, .low = speedup, .high = speedup});
  }
  return predictions;
}

std::vector<Prediction> Baselines::labelNoise(const TrainingSet& set, std::span<const SampleId> samples,
                                              std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  std::vector<Prediction> predictions;
  for (const SampleId sample : samples) {
    const LabeledSchedule& label = scheduleOf(set, sample);
    const double sigma = std::log(label.high / label.low) / (2 * k95);
    const double draw = label.speedup * std::exp(sigma * normal(random));
    const double value = label.speedupAgain.value_or(draw);
    predictions.push_back({.speedup = value, .low = value * std::exp(-k90 * sigma), .high = value * std::exp(k90 * sigma)});
  }
  return predictions;
}

} // namespace polyloom
