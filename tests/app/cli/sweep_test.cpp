// polyloom-cli sweep: choices, figures from the store, tables for people and programs.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

std::vector<std::string> smallGemm(std::vector<std::string> more) {
  more.insert(more.begin(), {"sweep", example("gemm.c"), "--set", "NI=20", "--set", "NJ=24", "--set", "NK=28", "--threads", "1",
                             "--runs", "3", "--step", "tile i j by 8 8"});
  return more;
}

/// With a store of measurements of its own.
class CliSweep : public ::testing::Test {
protected:
  CliSweep() { setenv("POLYLOOM_DATA", folder_.path().c_str(), 1); }
  ~CliSweep() override { unsetenv("POLYLOOM_DATA"); }
  TemporaryFolder folder_;
};

TEST_F(CliSweep, ListsWhatCanBeSwept) {
  const Finished finished = cli(smallGemm({"--step", "unroll k by 4", "--list"}));
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(finished.output, "1.1  tile i j by ? 8: 1,2,3,4,6,8,12,16\n"
                             "1.2  tile i j by 8 ?: 1,2,3,4,6,8,12,16,24\n"
                             "2.1  unroll k by ?: 2,3,4,6,8,12,16,24\n");
}

TEST_F(CliSweep, MeasuresEveryChoiceAndSaysWhichIsBest) {
  const Finished finished = cli(smallGemm({"--json", "--vary", "1.1=2,4", "--vary", "1.2=4,8,16"}));
  EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
  const json sweep = jsonOf(finished);
  expectKeys(sweep, {"axes", "points", "best"});
  ASSERT_EQ(sweep["points"].size(), 6U);
  for (const json& point : sweep["points"]) {
    EXPECT_EQ(point["verdict"], "legal");
    ASSERT_EQ(point["figures"].size(), 1U) << point.dump();
    EXPECT_GT(point["figures"][0]["speedup"], 0);
    EXPECT_EQ(point["figures"][0]["source"], "measured");
  }
  EXPECT_EQ(sweep["points"][4]["recipe"], "tile i j by 4 8");
  const auto best = sweep["best"].get<std::size_t>();
  EXPECT_EQ(sweep["points"][best]["ties_with_best"], true);
}

TEST_F(CliSweep, TakesFromTheStoreWhatWasMeasuredBefore) {
  const auto arguments = smallGemm({"--json", "--vary", "1.1=3,5"});
  EXPECT_EQ(jsonOf(cli(arguments))["points"].size(), 2U);
  const json again = jsonOf(cli(arguments));
  for (const json& point : again["points"])
    EXPECT_EQ(point["figures"][0]["stored"], true) << point.dump();
  const json measured = jsonOf(cli({"measure", example("gemm.c"), "--json", "--set", "NI=20", "--set", "NJ=24", "--set", "NK=28",
                                    "--threads", "1", "--runs", "3", "--step", "tile i j by 3 8"}));
  EXPECT_EQ(measured["stored"], true) << "what a sweep has measured is known to measure";
}

TEST_F(CliSweep, PrintsAListAGridAndCsv) {
  const std::string list = cli(smallGemm({"--vary", "1.1=4,8"})).output;
  EXPECT_NE(list.find("by the ? of \"tile i j by ? 8\"\n"), std::string::npos) << list;
  EXPECT_NE(list.find("  best\n"), std::string::npos) << list;
  EXPECT_NE(list.find("best: tile i j by "), std::string::npos) << list;
  const std::string grid = cli(smallGemm({"--vary", "1.1=4,8", "--vary", "1.2=4,8"})).output;
  EXPECT_NE(grid.find("                4        8\n       4  "), std::string::npos) << grid;
  const std::string csv = cli(smallGemm({"--vary", "1.1=4,8", "--csv"})).output;
  EXPECT_TRUE(csv.starts_with("1.1,verdict,speedup,low,high,median_s,mark,message,recipe\r\n4,legal,")) << csv;
}

TEST_F(CliSweep, SaysWhyAChoiceIsIllegalAndExitsWith1WhereAllAre) {
  const Finished finished = cli(smallGemm({"--step", "reverse k", "--vary", "1.1=4,8"}));
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_NE(finished.output.find("       4  illegal: S1["), std::string::npos) << finished.output;
}

TEST_F(CliSweep, RefusesNumbersAndValuesThatAreNotThere) {
  expectError(cli(smallGemm({"--json"})), "no-number");
  expectError(cli(smallGemm({"--json", "--vary", "1.3"})), "no-number");
  expectError(cli(smallGemm({"--json", "--vary", "1.1="})), "no-values");
  expectError(cli(smallGemm({"--json", "--vary", "1.1=0,4"})), "bad-value");
}

} // namespace
} // namespace polyloom::test
