#include "models/data/base64.h"
#include "models/data/data_file.h"
#include "models/data/input_json.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace polyloom::test {
namespace {

TEST(Base64, IsTheStandards) {
  EXPECT_EQ(base64Of(std::vector<float>{1}), "AACAPw==") << "00 00 80 3f";
  EXPECT_EQ(base64Of(std::vector<float>{1, 2, -0.5}), "AACAPwAAAEAAAAC/");
  for (std::size_t count = 0; count < 8; ++count) {
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(static_cast<float>(i) * 1.7F - 3);
    EXPECT_EQ(floatsFromBase64(base64Of(values)), values);
  }
}

TEST(Base64, RefusesWhatIsNone) {
  for (const char* text : {"A", "AACAPw=", "AACAPw", "AACA", "AA=APw==", "AACA Pw=", "AACA-w==", "===="})
    EXPECT_FALSE(floatsFromBase64(text).has_value()) << text;
}

TEST(InputJson, GivesInputsBack) {
  const ModelInput input = inputOf(syntheticSchedule(4, 3, -8));
  const ModelInput read = inputFrom(nlohmann::json::parse(toJson(input).dump()), tinyTable()).value();
  EXPECT_EQ(read.tree.rows, input.tree.rows);
  EXPECT_EQ(read.tree.pathLoops, input.tree.pathLoops);
  EXPECT_EQ(read.tree.loopParents, input.tree.loopParents);
  EXPECT_EQ(read.tree.accessCounts, input.tree.accessCounts);
  ASSERT_EQ(read.looper.computations.size(), 3U);
  EXPECT_EQ(read.looper.computations[2].vector, input.looper.computations[2].vector);
  EXPECT_EQ(read.looper.computations[2].tokens, input.looper.computations[2].tokens);
  EXPECT_EQ(read.looper.computations[2].loop, input.looper.computations[2].loop);
}

TEST(InputJson, LeavesOutZerosOfLoopersVectors) {
  ModelInput input = inputOf(syntheticSchedule(4, 1, -8));
  std::vector<float>& vector = input.looper.computations[0].vector;
  for (const std::vector<float>& numbers : std::vector<std::vector<float>>{
           {}, {0, 0, 0}, {0, 2.5F, 0, 0, -1, 0}, {3}, {0, 0, 7}, std::vector<float>(900)}) {
    vector = numbers;
    EXPECT_EQ(looperFrom(nlohmann::json::parse(toJson(input.looper).dump()))->computations[0].vector, numbers);
  }
  EXPECT_LT(toJson(input.looper)["computations"][0]["vector"].dump().size(), 50U);
}

TEST(InputJson, RefusesNumbersThatDoNotFit) {
  const ModelInput input = inputOf(syntheticSchedule(4, 1, -8));
  const auto isRead = [&](const nlohmann::json& numbers) {
    nlohmann::json object = toJson(input.looper);
    object["computations"][0]["vector"] = numbers;
    return looperFrom(object).has_value();
  };
  EXPECT_TRUE(isRead({{"of", 4}, {"skips", {1, 0}}, {"values", {5, 6}}}));
  for (const nlohmann::json& wrong : std::vector<nlohmann::json>{
           {{"of", 4}, {"skips", {1, 2}}, {"values", {5, 6}}}, {{"of", 4}, {"skips", {1}}, {"values", {5, 6}}},
           {{"of", -1}, {"skips", nlohmann::json::array()}, {"values", ""}}, {{"of", 1e12}, {"skips", nlohmann::json::array()}, {"values", ""}},
           {{"of", 4000000000U}, {"skips", nlohmann::json::array()}, {"values", ""}}, {{"of", 4}, {"skips", {-1}}, {"values", {5}}},
           {{"of", 4}, {"skips", {0.5}}, {"values", {5}}}, {{"of", 4}, {"values", {5}}}, {{"skips", {0}}, {"values", {5}}},
           {{"of", 4}, {"skips", {0}}, {"values", {{"of", 1}}}}, {{"of", 0}, {"skips", {0}}, {"values", {5}}}})
    EXPECT_FALSE(isRead(wrong)) << wrong.dump();
}

TEST(InputJson, ReadsWhatIsWanted) {
  const nlohmann::json both = toJson(inputOf(syntheticSchedule(4, 1, -8)));
  EXPECT_TRUE(inputFrom(both, tinyTable(), {.tree = false, .looper = true})->tree.empty());
  EXPECT_TRUE(inputFrom(both, tinyTable(), {.tree = true, .looper = false})->looper.computations.empty());
  const nlohmann::json tree = {{"tree", both["tree"]}};
  EXPECT_TRUE(inputFrom(tree, tinyTable()).has_value());
  EXPECT_NE(inputFrom(tree, tinyTable(), {.tree = false, .looper = true}).error().message.find("dataset --looper"), std::string::npos);
}

TEST(InputJson, TakesListsOfNumbersToo) {
  const ModelInput input = inputOf(syntheticSchedule(4, 1, -8));
  nlohmann::json object = toJson(input);
  object["tree"]["rows"]["program"] = input.tree.rows[0];
  EXPECT_EQ(inputFrom(object, tinyTable())->tree.rows, input.tree.rows);
}

TEST(DataFile, GivesProgramsBack) {
  const std::string path = (std::filesystem::temp_directory_path() / ("data" + std::to_string(getpid()))).string();
  TrainingSet set = syntheticSet(5, 4, 9, 0.1);
  set.programs[2].schedules[1].speedupAgain = 1.25;
  std::ofstream(path) << dataHeader(tinyTable()).dump() << "\n" << toJson(set.programs[2]).dump() << "\n{\"name\"";
  TrainingSet read;
  ASSERT_TRUE(readData(path, tinyTable(), read).has_value());
  ASSERT_EQ(read.programs.size(), 1U) << "a line that a kill has cut is not looked at";
  EXPECT_EQ(read.programs[0].shape, set.programs[2].shape);
  EXPECT_EQ(read.programs[0].schedules[1].speedupAgain, 1.25);
  EXPECT_DOUBLE_EQ(read.programs[0].schedules[3].high, set.programs[2].schedules[3].high);
  EXPECT_EQ(readData(path, FeatureTable("tiny-2", {}), read).error().code, "other-schema");
  EXPECT_TRUE(readData(path, FeatureTable("tiny-2", {}), read, {.tree = false, .looper = true}).has_value());
  nlohmann::json old = dataHeader(tinyTable());
  old["looper"] = "looper-0";
  std::ofstream(path) << old.dump() << "\n";
  EXPECT_EQ(readData(path, tinyTable(), read).error().code, "other-schema");
  EXPECT_TRUE(readData(path, tinyTable(), read, {.tree = true, .looper = false}).has_value());
  std::ofstream(path) << dataHeader(tinyTable()).dump() << "\n{\"name\": 5}\n";
  EXPECT_EQ(readData(path, tinyTable(), read).error().code, "bad-data");
  std::filesystem::remove(path);
  EXPECT_EQ(readData(path, tinyTable(), read).error().code, "no-file");
}

} // namespace
} // namespace polyloom::test
