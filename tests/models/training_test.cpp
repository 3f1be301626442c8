#include "models/training/training.h"
#include "models/evaluation/metrics.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <numeric>

namespace polyloom::test {
namespace {

TrainingOptions quick() {
  TrainingOptions options;
  options.network.width = 24;
  options.network.heads = 2;
  options.network.pathLayers = 1;
  options.network.dropout = 0;
  options.epochs = 12;
  options.batch = 64;
  options.learningRate = 6e-3;
  options.threads = 1;
  return options;
}

/// Some hundred programs, split by their shapes.
struct Law {
  TrainingSet set;
  Split parts;

  Law(int programs, double noise) : set(syntheticSet(programs, 12, 5, noise)), parts(split(set, {.validation = 0.2, .test = 0.2}, 1)) {}
  std::vector<SampleId> test() const { return samplesOf(set, parts.test); }
};

std::string temporaryFile(const char* name) {
  return (std::filesystem::temp_directory_path() / (name + std::to_string(getpid()))).string();
}

TEST(Training, FindsALawThatItWasNotTold) {
  const Law law(200, 0.02);
  const TrainedModel trained = train(law.set, law.parts, tinyTable(), quick()).value();
  const std::vector<SampleId> test = law.test();
  const Metrics learned = metricsOf(law.set, test, trained.model.predict(law.set, test));
  const double constant = Baselines::bestConstant(law.set, samplesOf(law.set, law.parts.training));
  const Metrics same = metricsOf(law.set, test, Baselines::constant(constant, test.size()));
  EXPECT_LT(learned.mape, same.mape / 5);
  EXPECT_GT(learned.spearmanMean, 0.95);
  EXPECT_EQ(trained.curve.size(), 12U);
  EXPECT_LT(trained.curve.back().validationMape, trained.curve.front().validationMape);
}

TEST(Training, CalibratesItsIntervals) {
  Law law(200, 0.3);
  law.parts.validation.insert(law.parts.validation.end(), law.parts.test.begin() + 20, law.parts.test.end());
  law.parts.test.resize(20);
  const TrainedModel trained = train(law.set, law.parts, tinyTable(), quick()).value();
  const std::vector<SampleId> validation = samplesOf(law.set, law.parts.validation);
  const Metrics known = metricsOf(law.set, validation, trained.model.predict(law.set, validation));
  EXPECT_NEAR(known.coverage, 90, 0.5);
  const Metrics unseen = metricsOf(law.set, law.test(), trained.model.predict(law.set, law.test()));
  EXPECT_GT(unseen.coverage, 80);
  EXPECT_LT(unseen.coverage, 98);
  EXPECT_LT(unseen.widthFactor, 3) << "labels scatter by exp(± 0.3)";
}

TEST(Training, OverfitsAFewSamples) {
  Law law(3, 0);
  law.parts = {.training = {0, 1}, .validation = {0, 1}, .test = {}};
  TrainingOptions options = quick();
  options.epochs = 250;
  options.weightDecay = 0;
  const TrainedModel trained = train(law.set, law.parts, tinyTable(), options).value();
  const std::vector<SampleId> samples = samplesOf(law.set, law.parts.training);
  EXPECT_LT(metricsOf(law.set, samples, trained.model.predict(law.set, samples)).mape, 3);
}

TEST(Training, OfLoopersNetworkBeatsAConstant) {
  const Law law(200, 0.02);
  TrainingOptions options = looperOptions();
  options.network.sequence = 12;
  options.network.layers = {48, 32, 24};
  options.epochs = 12;
  options.batch = 64;
  options.learningRate = 5e-3;
  options.threads = 1;
  const TrainedModel trained = train(law.set, law.parts, tinyTable(), options).value();
  const std::vector<SampleId> test = law.test();
  const double constant = Baselines::bestConstant(law.set, samplesOf(law.set, law.parts.training));
  EXPECT_LT(metricsOf(law.set, test, trained.model.predict(law.set, test)).mape,
            0.7 * metricsOf(law.set, test, Baselines::constant(constant, test.size())).mape);
}

/// Trains, is stopped after this many epochs, trains on.
std::vector<Prediction> interrupted(const Law& law, const TrainingOptions& options, int epochs, LearningCurve& curve) {
  std::stop_source stop;
  int seen = 0;
  const auto first = train(law.set, law.parts, tinyTable(), options, [&](const EpochReport&) {
    if (++seen == epochs)
      stop.request_stop();
  }, stop.get_token());
  EXPECT_EQ(first.error().code, "cancelled");
  EXPECT_TRUE(std::filesystem::exists(options.checkpoint));
  const TrainedModel second = train(law.set, law.parts, tinyTable(), options).value();
  curve = second.curve;
  return second.model.predict(law.set, law.test());
}

TEST(Training, ThatWasInterruptedGivesWhatAnUninterruptedOneGives) {
  const Law law(40, 0.05);
  TrainingOptions options = quick();
  options.epochs = 4;
  options.members = 2;
  options.network.dropout = 0.1;
  const TrainedModel straight = train(law.set, law.parts, tinyTable(), options).value();
  const std::vector<Prediction> wanted = straight.model.predict(law.set, law.test());
  options.checkpoint = temporaryFile("checkpoint");
  for (const int epochs : {1, 4, 6}) {
    LearningCurve curve;
    const std::vector<Prediction> found = interrupted(law, options, epochs, curve);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_DOUBLE_EQ(found[i].speedup, wanted[i].speedup) << epochs;
      EXPECT_DOUBLE_EQ(found[i].low, wanted[i].low) << epochs;
    }
    ASSERT_EQ(curve.size(), straight.curve.size());
    EXPECT_DOUBLE_EQ(curve.back().trainingLoss, straight.curve.back().trainingLoss);
    EXPECT_FALSE(std::filesystem::exists(options.checkpoint)) << "removed at the end";
  }
}

TEST(Training, RefusesACheckpointOfOtherOptions) {
  const Law law(20, 0.05);
  TrainingOptions options = quick();
  options.checkpoint = temporaryFile("foreign");
  std::stop_source stop;
  (void)train(law.set, law.parts, tinyTable(), options, [&](const EpochReport&) { stop.request_stop(); }, stop.get_token());
  options.seed = 99;
  EXPECT_EQ(train(law.set, law.parts, tinyTable(), options).error().code, "other-checkpoint");
  std::filesystem::remove(options.checkpoint);
}

TEST(Training, StopsEarlyWhereNothingGetsBetter) {
  const Law law(20, 0);
  TrainingOptions options = quick();
  options.epochs = 60;
  options.patience = 2;
  options.learningRate = 1e-12; // nothing can get better after the first epochs
  EXPECT_LT(train(law.set, law.parts, tinyTable(), options)->curve.size(), 40U);
}

TEST(Training, WithRankingAndACurriculumStillFindsTheLaw) {
  const Law law(150, 0.02);
  TrainingOptions options = quick();
  options.loss.ranking = 0.3;
  options.curriculum = Curriculum::Hybrid;
  const TrainedModel trained = train(law.set, law.parts, tinyTable(), options).value();
  EXPECT_GT(metricsOf(law.set, law.test(), trained.model.predict(law.set, law.test())).spearmanMean, 0.9);
}

TEST(Training, RefusesNoDataAndBadLabels) {
  Law law(20, 0);
  Split empty = law.parts;
  empty.training.clear();
  EXPECT_EQ(train(law.set, empty, tinyTable(), quick()).error().code, "no-data");
  law.set.programs[0].schedules[0].speedup = -1;
  EXPECT_EQ(train(law.set, law.parts, tinyTable(), quick()).error().code, "bad-labels");
}

} // namespace
} // namespace polyloom::test
