// polyloom-cli cache, and the simulated misses of measure.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

std::vector<std::string> gemm(std::vector<std::string> more) {
  more.insert(more.begin(), {"cache", example("gemm.c"), "--set", "NI=40", "--set", "NJ=48", "--set", "NK=56"});
  return more;
}

constexpr std::uint64_t kGemmAccesses = 40 * 48 * (2 + 4 * 56);

TEST(CliCache, CountsEveryAccessOfTheOriginalAndOfTheRecipe) {
  const Finished finished = cli(gemm({"--json", "--recipe", example("gemm.recipe")}));
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const json cache = jsonOf(finished);
  expectKeys(cache, {"caches", "limit", "sentence", "original", "schedules"});
  ASSERT_EQ(cache["schedules"].size(), 1U);
  EXPECT_EQ(cache["schedules"][0]["legal"], true);
  for (const json& order : {cache["original"], cache["schedules"][0]}) {
    expectKeys(order, {"accesses", "total_accesses", "share", "levels", "arrays", "loops", "reuse", "accesses_per_s"});
    EXPECT_EQ(order["accesses"], kGemmAccesses);
    EXPECT_EQ(order["total_accesses"], kGemmAccesses);
    EXPECT_EQ(order["share"], 1.0);
    EXPECT_EQ(order["levels"][0]["hits"].get<std::uint64_t>() + order["levels"][0]["misses"].get<std::uint64_t>(), kGemmAccesses);
    std::uint64_t reused = order["reuse"]["first_touches"];
    for (const json& range : order["reuse"]["distances"])
      reused += range["count"].get<std::uint64_t>();
    EXPECT_EQ(reused, kGemmAccesses);
    EXPECT_EQ(order["arrays"].size(), 3U);
  }
}

TEST(CliCache, TellsWhatLoopsTouch) {
  const json loops = jsonOf(cli(gemm({"--json"})))["original"]["loops"];
  ASSERT_EQ(loops.size(), 3U);
  EXPECT_EQ(loops[2]["variable"], "k");
  EXPECT_EQ(loops[2]["parent"], 1);
  EXPECT_EQ(loops[2]["depth"], 2);
  const json& iteration = loops[2]["footprint_lines"]["iteration"];
  EXPECT_EQ(iteration["times"], 40 * 48 * 56);
  EXPECT_EQ(iteration["median"], 3); // a line of each matrix
  EXPECT_EQ(loops[2]["footprint_lines"]["execution"]["times"], 40 * 48);
  EXPECT_EQ(loops[0]["footprint_lines"]["execution"]["times"], 1);
}

TEST(CliCache, SaysWhichShareItSimulated) {
  const Finished finished = cli(gemm({"--limit", "1000"}));
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_NE(finished.output.find("only the first 1 000 accesses of 433 920 (0.23 %)"), std::string::npos) << finished.output;
  EXPECT_NE(finished.output.find("simulated, not counted"), std::string::npos);
  EXPECT_NE(cli(gemm({"--limit", "0"})).output.find("all 433 920 accesses"), std::string::npos);
}

TEST(CliCache, PrintsTheOrdersSideBySide) {
  const std::string output = cli(gemm({"--step", "interchange i j"})).output;
  for (const char* part : {"original", "--step", "L1 misses", "A accesses", "B L1 misses", "first touches", "loops of --step"})
    EXPECT_NE(output.find(part), std::string::npos) << part << "\n" << output;
}

TEST(CliCache, LooksAtAnIllegalOrderAndExitsWith1) {
  const Finished finished = cli(gemm({"--json", "--step", "reverse k"}));
  EXPECT_EQ(finished.exitCode, 1);
  const json schedule = jsonOf(finished)["schedules"][0];
  EXPECT_EQ(schedule["legal"], false);
  EXPECT_NE(schedule.value("message", "").find("illegal"), std::string::npos);
  EXPECT_EQ(schedule["accesses"], kGemmAccesses);
}

TEST(CliCache, RefusesWhatDoesNotApplyOrFit) {
  expectError(cli(gemm({"--json", "--step", "reverse z"})), "unknown-loop");
  expectError(cli({"cache", example("gemm.c"), "--json", "--set", "NI=100000", "--set", "NJ=100000"}), "array-too-large");
}

TEST(CliMeasure, SimulatesMissesOnlyWhenAskedFor) {
  const std::vector<std::string> measure = {"measure", example("gemm.c"), "--runs", "3", "--set", "NI=20", "--set",
                                            "NJ=24", "--set", "NK=28", "--step", "interchange i j"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), measure.begin(), measure.end());
    return cli(more);
  };
  EXPECT_FALSE(jsonOf(with({"--json"})).contains("simulated_cache"));
  const json simulated = jsonOf(with({"--json", "--simulate-cache"}))["simulated_cache"];
  const std::string text = with({"--simulate-cache"}).output;
  if (simulated["original"].is_null()) { // this machine counts
    EXPECT_NE(text.find("nothing is simulated"), std::string::npos) << text;
    return;
  }
  EXPECT_NE(text.find("simulated, not counted"), std::string::npos) << text;
  EXPECT_NE(text.find("original: "), std::string::npos);
  ASSERT_EQ(simulated["schedules"].size(), 1U);
  for (const json& order : {simulated["original"], simulated["schedules"][0]}) {
    EXPECT_EQ(order["share"], 1.0);
    EXPECT_EQ(order["l1d_misses"], order["llc_misses"]); // all of it fits: first touches only
    EXPECT_EQ(order["llc_misses"], (20 * 24 + 20 * 28 + 28 * 24) / 8);
  }
}

} // namespace
} // namespace polyloom::test
