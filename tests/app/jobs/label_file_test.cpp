#include "app/jobs/label_file.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace polyloom::test {
namespace {

using nlohmann::json;

const json kMachine = {{"version", LabelFile::kVersion}, {"kind", "machine"}, {"threads", 2}};

class LabelFileTest : public ::testing::Test {
protected:
  void SetUp() override { std::filesystem::remove(path_); }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string text() const {
    std::ifstream stream(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void append(const std::string& text) const { std::ofstream(path_, std::ios::binary | std::ios::app) << text; }

  const std::string path_ = testing::TempDir() + "polyloom-labels-" + std::to_string(getpid()) + ".jsonl";
};

json program(const std::string& source, std::initializer_list<double> speedups) {
  json line = {{"kind", "program"}, {"source", source}, {"canonical", "hash of " + source}, {"schedules", json::array()}};
  for (const double speedup : speedups)
    line["schedules"].push_back({{"recipe", "parallel i"}, {"speedup", speedup}});
  return line;
}

TEST_F(LabelFileTest, RemembersItsPrograms) {
  {
    Result<LabelFile> file = LabelFile::open(path_, kMachine);
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->hasSource("mixed/1"));
    ASSERT_TRUE(file->append(program("mixed/1", {2, 1.05, 0.5})));
  }
  const Result<LabelFile> again = LabelFile::open(path_, kMachine);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->hasSource("mixed/1"));
  EXPECT_TRUE(again->hasProgram("hash of mixed/1"));
  EXPECT_FALSE(again->hasProgram("hash of mixed/2"));
  EXPECT_EQ(again->labels(), 3U);
  EXPECT_EQ(again->nearOne(), 1U);
}

TEST_F(LabelFileTest, TakesOffALineThatAKillHasCut) {
  ASSERT_TRUE(LabelFile::open(path_, kMachine).value().append(program("mixed/1", {2})));
  const std::string whole = text();
  append(R"({"kind": "program", "source": "mixed/2", "sched)");
  Result<LabelFile> file = LabelFile::open(path_, kMachine);
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->hasSource("mixed/2"));
  EXPECT_EQ(text(), whole);
  ASSERT_TRUE(file->append(program("mixed/2", {3})));
  EXPECT_TRUE(LabelFile::open(path_, kMachine).value().hasSource("mixed/2"));
}

TEST_F(LabelFileTest, BeginsAnewWhereEvenTheFirstLineIsCut) {
  append(R"({"version": 1, "ki)");
  ASSERT_TRUE(LabelFile::open(path_, kMachine));
  EXPECT_EQ(text(), kMachine.dump() + "\n");
}

TEST_F(LabelFileTest, RefusesLabelsOfOtherConditions) {
  ASSERT_TRUE(LabelFile::open(path_, kMachine));
  json other = kMachine;
  other["threads"] = 4;
  const Result<LabelFile> file = LabelFile::open(path_, other);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, "other-labels");
}

TEST_F(LabelFileTest, RefusesAnythingElse) {
  append("a table of mine");
  const Result<LabelFile> file = LabelFile::open(path_, kMachine);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, "other-labels");
  EXPECT_EQ(text(), "a table of mine");
}

} // namespace
} // namespace polyloom::test
