#include "models/evaluation/metrics.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace polyloom::test {
namespace {

/// Programs with the given speedups; times and features play no role.
TrainingSet setOf(const std::vector<std::vector<double>>& speedups) {
  TrainingSet set;
  for (const std::vector<double>& ofProgram : speedups) {
    LabeledProgram& program = set.programs.emplace_back();
    for (const double speedup : ofProgram)
      program.schedules.push_back({.input = {}, .speedup = speedup, .low = speedup, .high = speedup, .seconds = 1,
                                   .speedupAgain = {}, .recipe = "", .level = 0});
  }
  return set;
}

std::vector<SampleId> allOf(const TrainingSet& set) {
  std::vector<int> programs(set.programs.size());
  for (std::size_t p = 0; p < programs.size(); ++p)
    programs[p] = static_cast<int>(p);
  return samplesOf(set, programs);
}

TEST(Metrics, AreAsCountedByHand) {
  const TrainingSet set = setOf({{1, 2, 0.5}, {4}});
  const std::vector<Prediction> predictions = {{.speedup = 1.5, .low = 1, .high = 2}, {.speedup = 1, .low = 0.9, .high = 1.1},
                                               {.speedup = 1.2, .low = 0.4, .high = 4}, {.speedup = 4, .low = 2, .high = 8}};
  const Metrics metrics = metricsOf(set, allOf(set), predictions);
  EXPECT_EQ(metrics.schedules, 4U);
  EXPECT_EQ(metrics.programs, 2U);
  EXPECT_NEAR(metrics.mape, (50 + 50 + 140 + 0) / 4.0, 1e-9);
  EXPECT_NEAR(metrics.medianError, 50, 1e-9);
  EXPECT_NEAR(metrics.falseSpeedups, 25, 1e-9) << "the third: 1.2 predicted, 0.5 measured";
  EXPECT_NEAR(metrics.coverage, 75, 1e-9) << "all but the second";
  EXPECT_NEAR(metrics.widthFactor, (2 + 4) / 2.0, 1e-9) << "of 2, 1.1 / 0.9, 10, 4";
  EXPECT_NEAR(metrics.spearmanMean, -0.5, 1e-9) << "ranks 3 1 2 against 2 3 1; one schedule has no ranks";
  EXPECT_NEAR(metrics.ndcgTop, 0.5, 1e-9) << "1 of at most 2";
}

TEST(Metrics, OfNothingAreZero) {
  const Metrics metrics = metricsOf(TrainingSet(), {}, {});
  EXPECT_EQ(metrics.schedules, 0U);
  EXPECT_EQ(metrics.mape, 0);
}

TEST(BestConstant, BeatsAllOthersInMape) {
  const TrainingSet set = setOf({{0.2, 0.5, 1, 3, 9, 0.9, 1.1}});
  const std::vector<SampleId> samples = allOf(set);
  const double best = Baselines::bestConstant(set, samples);
  const double mape = metricsOf(set, samples, Baselines::constant(best, samples.size())).mape;
  for (double other = 0.1; other < 10; other += 0.05)
    EXPECT_LE(mape, metricsOf(set, samples, Baselines::constant(other, samples.size())).mape + 1e-9) << other;
}

TEST(LabelNoise, HasTheErrorThatItsIntervalsImply) {
  TrainingSet set = setOf({std::vector<double>(20000, 2.0)});
  const double sigma = 0.1;
  for (LabeledSchedule& schedule : set.programs[0].schedules) {
    schedule.low = 2 * std::exp(-1.959964 * sigma);
    schedule.high = 2 * std::exp(1.959964 * sigma);
  }
  const std::vector<SampleId> samples = allOf(set);
  const Metrics metrics = metricsOf(set, samples, Baselines::labelNoise(set, samples, 5));
  // The mean of |exp(sigma Z) - 1| is exp(sigma² / 2) erf(sigma / √2).
  EXPECT_NEAR(metrics.mape, 100 * std::exp(sigma * sigma / 2) * std::erf(sigma / std::sqrt(2.0)), 0.2);
  EXPECT_NEAR(metrics.coverage, 90, 1);
}

TEST(LabelNoise, IsTheSecondMeasurementWhereThereIsOne) {
  TrainingSet set = setOf({{2.0}});
  set.programs[0].schedules[0].speedupAgain = 2.5;
  const std::vector<SampleId> samples = allOf(set);
  EXPECT_NEAR(metricsOf(set, samples, Baselines::labelNoise(set, samples, 1)).mape, 25, 1e-9);
}

TEST(Slices, HoldTheSchedulesWithAStep) {
  TrainingSet set = setOf({{1, 2, 4}});
  std::vector<LabeledSchedule>& schedules = set.programs[0].schedules;
  schedules[1].recipe = "polyloom-recipe 1 f\ntile i by 32 # parallel\nparallel it\n";
  schedules[2].recipe = "tile i by 8\n";
  const std::vector<SampleId> samples = allOf(set);
  const std::vector<NamedMetrics> rows =
      slicesOf(set, samples, Baselines::constant(2, samples.size()), usualSlices(set, samples));
  const auto countOf = [&](const std::string& name) {
    const auto found = std::ranges::find(rows, name, &NamedMetrics::name);
    return found == rows.end() ? std::size_t{0} : found->metrics.schedules;
  };
  EXPECT_EQ(countOf("no step"), 1U);
  EXPECT_EQ(countOf("tile"), 2U);
  EXPECT_EQ(countOf("parallel"), 1U);
  EXPECT_EQ(countOf("level 0"), 3U);
}

} // namespace
} // namespace polyloom::test
