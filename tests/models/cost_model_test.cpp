#include "models/networks/cost_model.h"
#include "models/weights_file.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace polyloom::test {
namespace {

NetworkSpec small() {
  NetworkSpec spec;
  spec.width = 8;
  spec.heads = 2;
  return spec;
}

class ModelFile : public ::testing::Test {
protected:
  std::string path = (std::filesystem::temp_directory_path() / ("model" + std::to_string(getpid()))).string();
  TrainingSet set = syntheticSet(10, 6, 3, 0.1);
  std::vector<SampleId> samples = samplesOf(set, std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

  ~ModelFile() override { std::filesystem::remove(path); }

  CostModel saved() {
    CostModel model = CostModel::make(small(), tinyTable(), 3, 5).value();
    model.calibrate(set, samples);
    model.setFact("machine", "a test's");
    EXPECT_TRUE(model.save(path).has_value());
    return model;
  }

  /// The code with which a changed file is refused.
  std::string refusalAfter(const std::function<void(WeightsFile&)>& change) {
    saved();
    WeightsFile file = readWeights(path).value();
    change(file);
    EXPECT_TRUE(writeWeights(path, file).has_value());
    const Result<CostModel> model = CostModel::load(path, tinyTable());
    return model ? "" : model.error().code;
  }
};

TEST_F(ModelFile, GivesTheModelBack) {
  const CostModel model = saved();
  const CostModel loaded = CostModel::load(path, tinyTable()).value();
  const std::vector<Prediction> wanted = model.predict(set, samples), found = loaded.predict(set, samples);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(found[i].speedup, wanted[i].speedup);
    EXPECT_EQ(found[i].low, wanted[i].low);
    EXPECT_EQ(found[i].high, wanted[i].high);
  }
  EXPECT_EQ(loaded.facts().at("machine"), "a test's");
  EXPECT_EQ(loaded.size(), 3U);
}

TEST_F(ModelFile, OfOtherFeaturesIsRefused) {
  saved();
  const FeatureTable other("tiny-2", {});
  EXPECT_EQ(CostModel::load(path, other).error().code, "other-schema");
}

TEST_F(ModelFile, ThatDoesNotFitItsNetworkIsRefused) {
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.tensors.pop_back(); }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.tensors.push_back({"extra", {1}, {0}}); }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.metadata["members"] = "4"; }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.metadata["members"] = "1e9"; }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.metadata["calibration"] = "nan"; }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile& file) { file.metadata["format"] = "pickle"; }), "bad-weights");
  EXPECT_EQ(refusalAfter([](WeightsFile&) {}), "");
}

TEST_F(ModelFile, WithHostileSizesIsRefused) {
  for (const char* network : {"", "[]", "{", R"({"kind":"loop-tree"})", R"({"kind":"unknown","dropout":0})",
                              R"({"kind":"loop-tree","width":1e18,"heads":2,"path_layers":2,"tree_layers":1,"dropout":0})",
                              R"({"kind":"loop-tree","width":1099511627776,"heads":2,"path_layers":2,"tree_layers":1,"dropout":0})",
                              R"({"kind":"loop-tree","width":-8,"heads":2,"path_layers":2,"tree_layers":1,"dropout":0})",
                              R"({"kind":"loop-tree","width":8,"heads":0,"path_layers":2,"tree_layers":1,"dropout":0})",
                              R"({"kind":"loop-tree","width":8,"heads":2,"path_layers":2,"tree_layers":1,"dropout":"0"})",
                              R"({"kind":"looper","computation":4,"loop":2,"sequence":8,"layers":[1e9,2],"dropout":0})"})
    EXPECT_EQ(refusalAfter([&](WeightsFile& file) { file.metadata["network"] = network; }), "bad-weights") << network;
}

TEST_F(ModelFile, OfTextIsRefused) {
  std::ofstream(path) << "#!/bin/sh\nrm -rf everything\n";
  EXPECT_EQ(CostModel::load(path, tinyTable()).error().code, "bad-weights");
}

TEST_F(ModelFile, IntervalsHoldTheirPredictions) {
  for (const Prediction& prediction : saved().predict(set, samples)) {
    EXPECT_LT(prediction.low, prediction.speedup);
    EXPECT_GT(prediction.high, prediction.speedup);
    EXPECT_GT(prediction.seconds, 0);
  }
}

TEST_F(ModelFile, PredictionsOfForeignFeaturesAreRefused) {
  const CostModel model = CostModel::make(small(), tinyTable(), 1, 5).value();
  const ModelInput nothing;
  const InputPair pair{&nothing, &set.programs[0].original};
  EXPECT_EQ(model.predict(std::span(&pair, 1)).error().code, "bad-features");
}

} // namespace
} // namespace polyloom::test
