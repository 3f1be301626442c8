#include "app/jobs/dataset.h"

#include "models/data/data_file.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace polyloom::test {
namespace {

using nlohmann::json;

class DatasetTest : public ::testing::Test {
protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::vector<std::string>& lines) const {
    std::ofstream stream(folder_ + name);
    for (const std::string& line : lines)
      stream << line << '\n';
    return folder_ + name;
  }
  TrainingSet set() const {
    TrainingSet read;
    const Result<void> done = readData(out_, FeatureTable::current(), read);
    EXPECT_TRUE(done) << done.error().message;
    return read;
  }

  const std::string folder_ = testing::TempDir() + "polyloom-dataset-" + std::to_string(getpid()) + "/";
  const std::string out_ = folder_ + "data.jsonl";
};

constexpr InputKinds kTree = {.tree = true, .looper = false};

const std::string kMachine = R"({"kind": "machine", "version": 2, "threads": 2})";

std::string program(const std::string& source, const std::string& canonical, const std::vector<std::string>& recipes,
                    const std::string& body = "A[i] = 2 * A[i];") {
  json line = {{"version", 2}, {"kind", "program"}, {"source", source}, {"canonical", canonical}, {"shape", "s" + canonical},
               {"text", "void f(int N, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n    " + body +
                            "\n#pragma endscop\n}\n"},
               {"parameters", {{"N", 1000}}}, {"original", {{"fastest_s", 0.004}}}, {"schedules", json::array()}};
  for (const std::string& recipe : recipes)
    line["schedules"].push_back({{"recipe", recipe}, {"speedup", 1.5}, {"speedup_interval", {1.4, 1.6}},
                                 {"fastest_s", 0.0027}});
  return line.dump();
}

TEST_F(DatasetTest, HoldsWhatNetworksReadBesideTheTimes) {
  const std::string labels = file("a.jsonl", {kMachine, program("mixed/7", "1", {"parallel i", "tile i by 32"})});
  const auto counts = writeDataset({labels}, out_, 2, kTree);
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->programs, 1U);
  EXPECT_EQ(counts->schedules, 2U);
  EXPECT_EQ(counts->leftOut, 0U);
  const TrainingSet read = set();
  ASSERT_EQ(read.programs.size(), 1U);
  const LabeledProgram& only = read.programs[0];
  EXPECT_EQ(only.name, "mixed/7");
  EXPECT_EQ(only.shape, "s1");
  EXPECT_EQ(only.group, "generated");
  EXPECT_EQ(only.depth, 1);
  EXPECT_EQ(only.seconds, 0.004);
  EXPECT_EQ(only.original.tree.loopParents.size(), 1U);
  ASSERT_EQ(only.schedules.size(), 2U);
  EXPECT_EQ(only.schedules[1].recipe, "tile i by 32");
  EXPECT_EQ(only.schedules[1].high, 1.6);
  EXPECT_EQ(only.schedules[1].input.tree.loopParents.size(), 2U); // tiled
}

TEST_F(DatasetTest, HoldsWhatTheYardstickReadsWhereItIsWanted) {
  const std::string labels = file("a.jsonl", {kMachine, program("mixed/7", "1", {"parallel i", "tile i by 32"})});
  ASSERT_TRUE(writeDataset({labels}, out_, 1, kTree).has_value());
  EXPECT_TRUE(set().programs.at(0).original.looper.computations.empty());
  TrainingSet read;
  const Result<void> none = readData(out_, FeatureTable::current(), read, {.tree = false, .looper = true});
  ASSERT_FALSE(none.has_value());
  EXPECT_NE(none.error().message.find("dataset --looper"), std::string::npos) << none.error().message;
  const auto treeSize = std::filesystem::file_size(out_);
  ASSERT_TRUE(writeDataset({labels}, out_, 1, {}).has_value());
  const LabeledProgram both = set().programs.at(0);
  EXPECT_EQ(both.schedules.at(1).input.tree.loopParents.size(), 2U);
  EXPECT_EQ(both.schedules.at(1).input.looper.loops.size(), 1U);
  EXPECT_EQ(both.original.looper.computations.at(0).vector.size(), kLooperComputation);
  EXPECT_EQ(both.schedules.at(1).input.looper.computations.at(0).tags.size(), 1U);
  EXPECT_LT(std::filesystem::file_size(out_), 2 * treeSize) << "mostly zeros";
}

TEST_F(DatasetTest, LeavesOutWhatTeachesNothing) {
  const std::string a = file("a.jsonl", {kMachine, program("mixed/1", "1", {"parallel i", "parallel k", "nonsense"}),
                                         program("mixed/2", "2", {}), program("mixed/3", "3", {"parallel i"}, "A[i*i] = 0;"),
                                         R"({"kind": "program", "canonical": "5", "schedules": [1]})", "{\"kind\": \"prog"});
  const std::string b = file("b.jsonl", {kMachine, program("kernels/gemm.c", "4", {"parallel i"}),
                                         program("mixed/9", "1", {"parallel i"})});
  const auto counts = writeDataset({a, b}, out_, 2, kTree);
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->programs, 2U); // the first, and the file
  EXPECT_EQ(counts->schedules, 2U);
  EXPECT_EQ(counts->leftOut, 4U); // two recipes, two programs
  EXPECT_EQ(set().programs.at(1).group, "file");
}

TEST_F(DatasetTest, ReadsNothingElse) {
  for (const std::string first : {R"({"kind": "machine", "version": 99})", R"([1, 2])", "void f() {}", ""}) {
    const auto counts = writeDataset({file("other", {first})}, out_, 1, kTree);
    ASSERT_FALSE(counts) << first;
    EXPECT_EQ(counts.error().code, "other-labels");
  }
  EXPECT_EQ(writeDataset({folder_ + "none"}, out_, 1, kTree).error().code, "no-file");
  EXPECT_EQ(writeDataset({file("a", {kMachine})}, folder_ + "none/out", 1, kTree).error().code, "no-file");
  EXPECT_FALSE(std::filesystem::exists(out_));
}

} // namespace
} // namespace polyloom::test
