#include "models/evaluation/evaluation.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace polyloom::test {
namespace {

using nlohmann::json;

TEST(Evaluation, SetsAModelBesideBaselines) {
  const TrainingSet set = syntheticSet(40, 6, 9);
  const Split parts = split(set, {}, kUsualSplitSeed);
  const std::vector<SampleId> samples = samplesOf(set, parts.test);
  ASSERT_FALSE(samples.empty());
  std::vector<Prediction> perfect;
  for (const SampleId sample : samples) {
    const double speedup = scheduleOf(set, sample).speedup;
    perfect.push_back({.speedup = speedup, .low = speedup / 2, .high = speedup * 2});
  }
  const Result<Evaluation> evaluation = evaluate(set, parts, samples, perfect, tinyTable());
  ASSERT_TRUE(evaluation) << evaluation.error().message;
  const json result = toJson(*evaluation);
  ASSERT_EQ(result.at("rows").size(), 4U);
  const json& model = result.at("rows")[0];
  EXPECT_EQ(model.at("name"), "model");
  EXPECT_EQ(model.at("schedules"), samples.size());
  EXPECT_EQ(model.at("mape"), 0);
  EXPECT_EQ(model.at("coverage_90"), 100);
  EXPECT_NEAR(model.at("width").get<double>(), 4, 1e-9);
  EXPECT_EQ(result.at("rows")[1].at("name"), "modelled time");
  EXPECT_GT(result.at("rows")[1].at("mape"), 0);
  EXPECT_EQ(result.at("rows")[2].at("name"), "constant");
  EXPECT_EQ(result.at("rows")[3].at("name"), "label noise");
  EXPECT_FALSE(result.at("slices").empty());
}

TEST(Evaluation, ReadsPredictionsOfOthersWithSuspicion) {
  const Result<Prediction> bare = predictionFrom(json{{"speedup", 2}});
  ASSERT_TRUE(bare) << bare.error().message;
  EXPECT_EQ(bare->low, 2);
  EXPECT_EQ(bare->high, 2);
  const Prediction whole = predictionFrom(toJson(Prediction{.speedup = 2, .low = 1, .high = 3, .seconds = 0.5})).value();
  EXPECT_EQ(whole.low, 1);
  EXPECT_EQ(whole.seconds, 0.5);
  for (const json& wrong : {json(), json(2), json{{"low", 1}}, json{{"speedup", "2"}}, json{{"speedup", nullptr}},
                            json{{"speedup", 0}}, json{{"speedup", -1}}, json{{"speedup", 2}, {"low", 3}, {"high", 4}},
                            json{{"speedup", 2}, {"low", 1}, {"high", "3"}}, json{{"speedup", 2}, {"seconds", -1}},
                            json{{"speedup", 1e308 * 10}}})
    EXPECT_FALSE(predictionFrom(wrong)) << wrong;
}

} // namespace
} // namespace polyloom::test
