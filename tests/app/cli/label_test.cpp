#include "tests/app/cli/cli.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace polyloom::test {
namespace {

using nlohmann::json;

class LabelTest : public ::testing::Test {
protected:
  void SetUp() override { std::filesystem::remove(path_); }
  void TearDown() override { std::filesystem::remove(path_); }

  std::vector<json> lines() const {
    std::vector<json> all;
    std::ifstream stream(path_);
    for (std::string line; std::getline(stream, line);)
      all.push_back(json::parse(line, nullptr, false));
    return all;
  }
  std::vector<std::string> command(int count) const {
    return {"label", "--json", "--out", path_, "--count", std::to_string(count), "--level", "easy", "--recipes", "4",
            "--milliseconds", "5"};
  }

  const std::string path_ = testing::TempDir() + "polyloom-label-" + std::to_string(getpid()) + ".jsonl";
};

TEST_F(LabelTest, WritesAProgramALine) {
  const json answer = jsonOf(cli(command(3)));
  const std::vector<json> all = lines();
  ASSERT_EQ(all.size(), 1 + answer.value("programs", 0U));
  ASSERT_GE(all.size(), 3U);
  expectKeys(all[0], {"version", "kind", "cpu", "cores", "compiler", "threads"});
  std::size_t labels = 0;
  for (std::size_t l = 1; l < all.size(); ++l) {
    expectKeys(all[l], {"version", "kind", "source", "canonical", "shape", "text", "parameters", "original", "schedules"});
    const double original = all[l]["original"]["fastest_s"];
    EXPECT_GT(original, 0.1e-3);
    EXPECT_LT(original, 60e-3);
    for (const json& schedule : all[l]["schedules"]) {
      ++labels;
      expectKeys(schedule, {"recipe", "fastest_s", "median_s", "speedup", "speedup_interval"});
      EXPECT_GT(schedule["speedup"], 0);
      EXPECT_LE(schedule["fastest_s"], schedule["median_s"]);
      EXPECT_LE(schedule["speedup_interval"][0], schedule["speedup"]);
      EXPECT_LE(schedule["speedup"], schedule["speedup_interval"][1]);
    }
  }
  EXPECT_GT(labels, 0U);
  EXPECT_EQ(labels, answer.value("labels", 0U));
}

TEST_F(LabelTest, GoesOnAfterAKill) {
  std::vector<std::string> killed = command(40);
  killed.insert(killed.begin(), {"/usr/bin/timeout", "-s", "KILL", "8", POLYLOOM_CLI});
  runChild(killed, {});
  const std::size_t before = lines().size();
  const json answer = jsonOf(cli(command(std::max(2, static_cast<int>(before)))));
  EXPECT_GE(answer.value("skipped", 0U), before > 0 ? before - 1 : 0U);
  std::set<std::string> sources;
  const std::vector<json> all = lines();
  for (std::size_t l = 1; l < all.size(); ++l) {
    ASSERT_TRUE(all[l].is_object());
    EXPECT_TRUE(sources.insert(all[l]["source"]).second) << all[l]["source"];
  }
  EXPECT_GE(all.size(), before);
}

TEST(GenerateKernels, RunCleanUnderSanitizers) {
  const Finished finished = cli({"generate", "--json", "--level", "mixed", "--count", "60", "--seed", "900", "--check", "50",
                                 "--statistics"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const json answer = jsonOf(finished);
  EXPECT_TRUE(answer["faults"].empty()) << answer["faults"];
  EXPECT_EQ(answer.value("programs", 0) + answer.value("duplicates", 0), 60);
  for (const char* figure : {"depth", "not rectangular", "reductions", "flow", "double"})
    EXPECT_NE(answer["statistics"].get<std::string>().find(figure), std::string::npos) << figure;
}

TEST(GenerateKernels, OfAGrammarThatGrowsAreFaults) {
  const TemporaryFolder folder;
  const std::string levels = "easy: 1 one\nmedium: 1 one\nhard: 1 one\nmixed: 1 one\n";
  const std::string growing = folder.write("growing.grammar", levels +
      "one: 1 <types:double=1> <sizes:a> <out:A:a> <time:t> <nest:i=a> A[i] = A[i] * A[i] + 2.0 ; <done>\n");
  const Finished endless = cli({"generate", "--json", "--level", "easy", "--count", "2", "--check", "2", "--grammar", growing});
  EXPECT_EQ(endless.exitCode, 1);
  EXPECT_NE(endless.errors.find("is not finite"), std::string::npos) << endless.errors;
  const std::string leaving = folder.write("leaving.grammar", levels +
      "one: 1 <types:double=1> <sizes:a> <out:A:a> <nest:i=a> A[i+1] = 2.0 ; <done>\n");
  const Finished outside = cli({"generate", "--json", "--level", "easy", "--count", "2", "--check", "0", "--grammar", leaving});
  EXPECT_EQ(outside.exitCode, 1);
  EXPECT_NE(outside.errors.find("leaves its array"), std::string::npos) << outside.errors;
}

} // namespace
} // namespace polyloom::test
