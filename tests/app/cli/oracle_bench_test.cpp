// Random programs and recipes: verdicts against brute force, generated code against the schedule's order.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

/// A quarter of the 2000 pairs each, so that they run side by side.
class OracleBench : public ::testing::TestWithParam<const char*> {};

TEST_P(OracleBench, FindsNoDisagreement) {
  const Finished finished = cli({"bench", "--oracle", "500", "--seed", GetParam(), "--threads", "1", "--json"});
  const nlohmann::json report = jsonOf(finished);
  for (const nlohmann::json& wrong : report.at("disagreements"))
    ADD_FAILURE() << "seed " << wrong["seed"] << ": " << wrong["sentence"].get<std::string>() << "\n"
                  << wrong["program"].get<std::string>() << wrong["recipe"].get<std::string>();
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const int pairs = report["pairs"];
  EXPECT_GE(pairs, 500);
  EXPECT_GE(4 * report["legal"].get<int>(), pairs) << report.dump(2);
  EXPECT_GE(4 * report["illegal"].get<int>(), pairs) << report.dump(2);
  EXPECT_LE(report["unknown"], 1);
  EXPECT_GE(report["traced"].get<int>(), 48);
  EXPECT_LE(report["costly_code"].size(), 3U);
  EXPECT_LE(report["unconfirmed_witnesses"], 2);
  for (const auto& [kind, counts] : report["steps"].items())
    EXPECT_GE(50 * counts["pairs"].get<int>(), pairs) << kind << " is in too few recipes";
}

INSTANTIATE_TEST_SUITE_P(Seeds, OracleBench, ::testing::Values("2026110000", "2026120000", "2026130000", "2026140000"));

TEST(OracleRun, DrawsTheSamePairsWhateverTheThreads) {
  const auto run = [](const std::string& threads) {
    nlohmann::json report = jsonOf(cli({"bench", "--oracle", "60", "--seed", "9", "--threads", threads, "--json"}));
    for (const char* time : {"verdict_s", "slowest_verdicts", "cpu_s"})
      EXPECT_EQ(report.erase(time), 1U);
    return report;
  };
  EXPECT_EQ(run("1"), run("2"));
}

TEST(Generate, PrintsProgramsBySeed) {
  const nlohmann::json two = jsonOf(cli({"generate", "--count", "2", "--seed", "5", "--json"}));
  ASSERT_EQ(two["programs"].size(), 2U);
  EXPECT_EQ(two["programs"][1], jsonOf(cli({"generate", "--seed", "6", "--json"}))["programs"][0]);
}

TEST(Generate, WritesFilesThatTheOtherCommandsRead) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "new").string();
  const Finished finished = cli({"generate", "--count", "2", "--seed", "3", "-o", path});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(finished.output, path + "/program-3.c\n" + path + "/program-4.c\n");
  EXPECT_EQ(cli({"check", path + "/program-4.c"}).exitCode, 0);
}

TEST(Generate, TakesAnotherGrammar) {
  const TemporaryFolder folder;
  const std::string rest = "\nstep: 1 up-1\nlow: 1 0\nhigh: 1 size\nsize: 1 N\ncondition: 1 i<=j\nrank: 1 1\n"
                           "subscript: 1 i\niterator: 1 aligned\n";
  const std::string good = folder.write("good", "program: 1 <loop> <write> = 2.0 ; <end>" + rest);
  const nlohmann::json one = jsonOf(cli({"generate", "--grammar", good, "--json"}));
  EXPECT_NE(one["programs"][0]["text"].get<std::string>().find("[i] = 2.0;"), std::string::npos);
  expectError(cli({"generate", "--json", "--grammar", folder.write("bad", "program: 1 <jump>" + rest)}), "bad-grammar");
  expectError(cli({"generate", "--json", "--grammar", "/no/such/file"}), "no-file");
}

} // namespace
} // namespace polyloom::test
