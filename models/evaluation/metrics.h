// How far predictions are from measurements.
#pragma once

#include "models/data/training_set.h"
#include "models/evaluation/prediction.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Numbers over schedules, and means over programs where it says so. Programs with too few schedules for a number do not
/// count in it; a number that nothing counts in is 0.
struct Metrics {
  std::size_t schedules = 0, programs = 0;
  double mape = 0;           ///< mean |predicted - measured| / measured speedup, in percent
  double medianError = 0;    ///< the median of the same, in percent
  double spearmanMean = 0;   ///< of the programs' rank correlations (see ranking.h)
  double spearmanMedian = 0;
  double ndcgTop = 0;        ///< mean nDCG of the first place: the measured speedup of the program's schedule that was
                             ///< predicted best, as a share of the best one's
  double ndcg = 0;           ///< mean nDCG of all places
  double falseSpeedups = 0;  ///< share of all that were predicted above 1.1 and measured below 1, in percent
  double coverage = 0;       ///< share of measured speedups within the predicted 90 % interval, in percent
  double widthFactor = 0;    ///< median of high / low of the predicted intervals
};

/// Predictions stand in the order of the samples.
Metrics metricsOf(const TrainingSet& set, std::span<const SampleId> samples, std::span<const Prediction> predictions);

/// Rows to compare a model with.
struct Baselines {
  /// The same speedup for all: the one with the least mean |predicted - measured| / measured over `training`, the
  /// median weighted by 1 / measured.
  static double bestConstant(const TrainingSet& set, std::span<const SampleId> training);
  static std::vector<Prediction> constant(double speedup, std::size_t count);

  /// What the features model by themselves. Fails with "no-such-feature".
  static Result<std::vector<Prediction>> modelled(const TrainingSet& set, std::span<const SampleId> samples,
                                                  const FeatureTable& table);

  /// What a perfect model would seem to do, given the labels' own noise: the second measurement where there is one, else
  /// a draw from the log-normal distribution whose 95 % interval is the label's. Intervals are the label's, at 90 %.
  static std::vector<Prediction> labelNoise(const TrainingSet& set, std::span<const SampleId> samples, std::uint64_t seed);
};

/// A named part of the samples.
struct Slice {
  std::string name;
  std::function<bool(const LabeledProgram&, const LabeledSchedule&)> holds;
};

struct NamedMetrics {
  std::string name;
  Metrics metrics;
};

/// One row per slice that holds any sample, in the slices' order.
std::vector<NamedMetrics> slicesOf(const TrainingSet& set, std::span<const SampleId> samples,
                               std::span<const Prediction> predictions, std::span<const Slice> slices);

/// Slices by the first words of a recipe's steps ("tile", …; "no step"), by level, by depth and by group, as found in the
/// samples.
std::vector<Slice> usualSlices(const TrainingSet& set, std::span<const SampleId> samples);

} // namespace polyloom
