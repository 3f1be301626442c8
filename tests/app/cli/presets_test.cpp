// polyloom-cli: presets of a file, and the time that dependences take.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

std::string sizesOf(const json& info) {
  std::string text;
  for (const json& parameter : info["parameters"])
    text += parameter["name"].get<std::string>() + "=" + parameter["value"].dump() + " ";
  return text;
}

std::string sizesWith(const std::vector<std::string>& sets) {
  std::vector<std::string> arguments = {"info", example("polybench/gemm.c"), "--json"};
  for (const std::string& set : sets)
    arguments.insert(arguments.end(), {"--set", set});
  return sizesOf(jsonOf(cli(arguments)));
}

TEST(CliPresets, AreListed) {
  const json presets = jsonOf(cli({"info", example("polybench/gemm.c"), "--json"}))["presets"];
  ASSERT_EQ(presets.size(), 5U);
  EXPECT_EQ(presets[3]["name"], "LARGE");
  EXPECT_EQ(presets[3]["values"], json::parse(R"([{"name": "NI", "value": 1000}, {"name": "NJ", "value": 1100},
                                                  {"name": "NK", "value": 1200}])"));
  EXPECT_EQ(jsonOf(cli({"info", example("gemm.c"), "--json"}))["presets"], json::array());
  EXPECT_NE(cli({"info", example("polybench/gemm.c")}).output.find("preset LARGE: NI=1000 NJ=1100 NK=1200\n"),
            std::string::npos);
}

TEST(CliPresets, SetAllTheirParametersAndTheLaterWins) {
  EXPECT_EQ(sizesWith({}), "NI=200 NJ=200 NK=200 "); // as ever, without a preset
  EXPECT_EQ(sizesWith({"preset=MINI"}), "NI=20 NJ=25 NK=30 ");
  EXPECT_EQ(sizesWith({"preset=MINI", "NJ=5"}), "NI=20 NJ=5 NK=30 ");
  EXPECT_EQ(sizesWith({"NJ=5", "preset=MINI"}), "NI=20 NJ=25 NK=30 ");
  EXPECT_EQ(sizesWith({"preset=MINI", "preset=SMALL"}), "NI=60 NJ=70 NK=80 ");
}

TEST(CliPresets, AreMeasured) {
  const Finished finished =
      cli({"measure", example("polybench/gemm.c"), "--json", "--set", "preset=MINI", "--step", "parallel i", "--runs", "3"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(jsonOf(finished)["schedules"].size(), 1U);
}

TEST(CliPresets, GiveWayToAScalarOfTheirName) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int preset, double A[preset]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < preset; i++)\n    A[i] = 1.0;\n"
                                               "#pragma endscop\n}\n");
  EXPECT_EQ(sizesOf(jsonOf(cli({"info", file, "--json", "--set", "preset=9"}))), "preset=9 ");
}

TEST(CliBench, TimesTheDependencesOfFilesAndFolders) {
  const json rows = jsonOf(cli({"bench", "--dependences", example("polybench/gemm.c"), "--runs", "3", "--json"}));
  ASSERT_EQ(rows["dependences"].size(), 1U);
  const json row = rows["dependences"][0];
  EXPECT_EQ(row["file"], "gemm");
  EXPECT_EQ(row["statements"], 2);
  EXPECT_EQ(row["dependences"], 6);
  EXPECT_EQ(row["runs"], 3);
  EXPECT_GT(row["median_s"], 0.0);

  const TemporaryFolder folder;
  folder.write("good.c", "void f(int N, double A[N]) {\n#pragma scop\n  for (int i = 1; i < N; i++)\n"
                         "    A[i] = A[i - 1];\n#pragma endscop\n}\n");
  folder.write("bad.c", "int f(void) { return 0; }\n");
  const json both = jsonOf(cli({"bench", "--dependences", folder.path().string(), "--runs", "3", "--json"}))["dependences"];
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0]["error"]["code"], "no-region");
  EXPECT_EQ(both[1]["dependences"], 1);
}

TEST(CliBench, TimesVerdictsOnShippedAndRandomRecipes) {
  const json report = jsonOf(cli({"bench", "--verdicts", "4", example("jacobi-1d.c"), "--seed", "3", "--json"}));
  ASSERT_EQ(report["files"].size(), 1U);
  EXPECT_EQ(report["files"][0]["file"], "jacobi-1d");
  EXPECT_EQ(report["all"]["verdicts"], 6) << "four random recipes, and two beside the file";
  EXPECT_EQ(report["all"]["unknown"], json::array());
  for (const char* kind : {"fresh", "again"}) {
    const json& times = report["all"][kind];
    EXPECT_LT(0, times["median_s"]);
    EXPECT_LE(times["median_s"], times["p99_s"]);
    EXPECT_LE(times["p99_s"], times["max_s"]);
  }
}

} // namespace
} // namespace polyloom::test
