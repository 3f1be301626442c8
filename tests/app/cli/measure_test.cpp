// polyloom-cli measure: keys, results, refusals.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

std::vector<std::string> quick(std::vector<std::string> more) {
  std::vector<std::string> arguments = {"measure", "--json", "--runs", "3"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<std::string> smallGemm(std::vector<std::string> more) {
  more.insert(more.begin(), {example("gemm.c"), "--set", "NI=20", "--set", "NJ=24", "--set", "NK=28"});
  return quick(std::move(more));
}

TEST(CliMeasure, HasTheKeysOfTheContract) {
  const Finished finished = cli(smallGemm({"--step", "tile i j by 8 8", "--threads", "1"}));
  EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
  const json measure = jsonOf(finished);
  expectKeys(measure, {"threads", "runs", "original", "schedules"});
  expectKeys(measure["original"], {"median_s", "interval_s"});
  expectKeys(measure["ended"], {"reason", "sentence", "widest_interval"});
  EXPECT_EQ(measure["threads"], 1);
  EXPECT_EQ(measure["runs"], 3);
  ASSERT_EQ(measure["schedules"].size(), 1U);
  const json& schedule = measure["schedules"][0];
  expectKeys(schedule, {"recipe", "median_s", "interval_s", "speedup", "speedup_interval", "result",
                        "max_relative_error", "outliers", "distinguishable", "warning"});
  EXPECT_EQ(schedule["recipe"], "tile i j by 8 8\n");
  EXPECT_EQ(schedule["result"], "equal");
  EXPECT_EQ(schedule["interval_s"].size(), 2U);
  EXPECT_GT(schedule["median_s"], 0);
}

TEST(CliMeasure, RefusesAnIllegalScheduleAndExitsWith1) {
  const Finished finished = cli(smallGemm({"--step", "reverse k"}));
  EXPECT_EQ(finished.exitCode, 1);
  const json schedule = jsonOf(finished)["schedules"][0];
  EXPECT_EQ(schedule["outcome"], "refused");
  EXPECT_NE(schedule.value("message", "").find("illegal"), std::string::npos);
}

TEST(CliMeasure, RefusesARecipeThatDoesNotApply) {
  expectError(cli(smallGemm({"--step", "reverse z"})), "unknown-loop");
  expectError(cli(smallGemm({"--recipe", "-"}), "flip i\n"), "unknown-step");
}

TEST(CliMeasure, RoundingThatAKernelAmplifiesIsNoWrongResult) {
  // On these inputs durbin makes of one fused operation a difference of 1e-6; without contraction all bits agree.
  const TemporaryFolder folder;
  const std::string recipe = folder.write("a.recipe", "reverse i_2\nparallel i_2\nparallel i_3\n");
  const json measure =
      jsonOf(cli(quick({example("polybench/durbin.c"), "--set", "N=1400", "--threads", "2", "--recipe", recipe})));
  const json& schedule = measure["schedules"][0];
  EXPECT_EQ(schedule["outcome"], "measured") << schedule["message"];
  EXPECT_EQ(schedule["result"], "within tolerance");
}

TEST(CliMeasure, TakesSeveralRecipes) {
  const TemporaryFolder folder;
  const std::string a = folder.write("a.recipe", "interchange i j\n");
  const std::string b = folder.write("b.recipe", "parallel i\n");
  const json measure = jsonOf(cli(smallGemm({"--recipe", a, "--recipe", b})));
  ASSERT_EQ(measure["schedules"].size(), 2U);
  EXPECT_EQ(measure["schedules"][0]["recipe"], "interchange i j\n");
  EXPECT_EQ(measure["schedules"][1]["result"], "equal");
}

TEST(CliMeasure, EndsWithTheBudgetAndSaysSo) {
  const Finished finished = cli({"measure", example("gemm.c"), "--budget", "0.1", "--set", "NI=20", "--set", "NJ=24", "--set",
                                 "NK=28", "--step", "interchange i j", "--threads", "1"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_NE(finished.output.find("ended after "), std::string::npos) << finished.output;
}

TEST(CliMeasure, SaysWhichPagesAndCachesItMeasuredOn) {
  const json plain = jsonOf(cli(smallGemm({})))["memory"];
  EXPECT_EQ(plain["sentence"], "plain 4 KiB pages, warm caches");
  const json huge = jsonOf(cli(smallGemm({"--huge-pages", "--cold"})))["memory"];
  EXPECT_EQ(huge["cold"], true);
  EXPECT_EQ(huge["huge_bytes"], 0); // the arrays are smaller than one such page
  EXPECT_EQ(huge["sentence"], "huge pages were asked for, but the system gave none: plain 4 KiB pages, caches emptied "
                              "before every run");
}

TEST(CliMeasure, NeedsNoRecipe) {
  const Finished finished = cli(smallGemm({}));
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_EQ(jsonOf(finished)["schedules"], json::array());
}

} // namespace
} // namespace polyloom::test
