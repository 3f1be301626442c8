#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/random_recipe.h"
#include "models/data/featurized.h"
#include "models/evaluation/metrics.h"
#include "models/training/training.h"
#include "tests/models/synthetic.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace polyloom::test {
namespace {

/// A law that nobody knows who does not see the steps: threads, lanes and tiles pay, a reversal costs, in every program
/// alike.
double speedupOf(const Schedule& schedule) {
  double log = 0;
  const auto has = [&](const char* kind) { return std::ranges::any_of(schedule.recipe(), [&](const Step& step) { return step.kind == kind; }); };
  log += has("parallel") ? 0.6 : 0;
  log += has("vectorize") ? 0.4 : 0;
  log += has("tile") ? 0.2 : 0;
  log -= has("reverse") ? 0.5 : 0;
  return std::exp(log);
}

/// One to three steps of the kinds that the law speaks of, and of one that it does not.
Schedule drawn(Schedule schedule, Random& random) {
  const std::vector<std::string> kinds = {"parallel", "vectorize", "tile", "reverse", "interchange"};
  for (int wanted = random.between(1, 3), tries = 0; wanted > 0 && tries < 20; ++tries) {
    const Result<Step> step = parseStep(randomStep(schedule, *findStepKind(random.pick(kinds)), random));
    Result<Schedule> next = step ? applyBounded(schedule, *step) : std::unexpected(step.error());
    if (!next)
      continue;
    schedule = *std::move(next);
    --wanted;
  }
  return schedule;
}

LabeledProgram labeled(std::uint64_t seed, int schedules) {
  const auto scops = extractText(context().get(), "random.c", *generateKernel(seed, "easy"));
  const ScopPtr& scop = scops->front();
  std::vector<std::string> recipes;
  std::vector<double> speedups;
  Random random(seed);
  for (int s = 0; s < schedules; ++s) {
    const Schedule schedule = drawn(Schedule::original(scop), random);
    recipes.push_back(recipeText(schedule, "\n"));
    speedups.push_back(speedupOf(schedule));
  }
  const FeaturizedProgram inputs = *featurize(scop, recipes, {.parameters = {}, .machine = {}, .threads = 2}, FeatureTable::current(),
                                              inputsOf(NetworkKind::Looper));
  LabeledProgram program{.name = std::to_string(seed), .shape = std::to_string(seed), .group = "generated", .difficulty = 0,
                         .depth = 0, .original = inputs.original, .seconds = 1, .schedules = {}};
  for (std::size_t s = 0; s < recipes.size(); ++s)
    if (inputs.schedules[s])
      program.schedules.push_back({.input = *inputs.schedules[s], .speedup = speedups[s], .low = speedups[s], .high = speedups[s],
                                   .seconds = 1 / speedups[s], .speedupAgain = {}, .recipe = recipes[s], .level = 0});
  return program;
}

TEST(LooperTraining, LearnsWhatStepsDoFromTheirFeatures) {
  TrainingSet set;
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    set.programs.push_back(labeled(seed, 20));
  const Split parts = split(set, {.validation = 0.2, .test = 0.2}, 1);
  TrainingOptions options = looperOptions();
  options.network.sequence = 16;
  options.network.layers = {64, 48, 32};
  options.epochs = 20;
  options.batch = 64;
  options.learningRate = 5e-3;
  options.threads = 1;
  const TrainedModel trained = train(set, parts, FeatureTable::current(), options).value();
  EXPECT_EQ(trained.model.spec().computation, static_cast<std::int64_t>(kLooperComputation));
  EXPECT_EQ(trained.model.spec().loop, static_cast<std::int64_t>(kLooperLoop));
  const std::vector<SampleId> test = samplesOf(set, parts.test);
  const double constant = Baselines::bestConstant(set, samplesOf(set, parts.training));
  const Metrics learned = metricsOf(set, test, trained.model.predict(set, test));
  const Metrics same = metricsOf(set, test, Baselines::constant(constant, test.size()));
  EXPECT_LT(learned.mape, same.mape / 2);
  EXPECT_GT(learned.spearmanMean, 0.8);
}

} // namespace
} // namespace polyloom::test
