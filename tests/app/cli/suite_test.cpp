// The table of kernels beside other compilers.
#include "tests/app/cli/cli.h"

#include <algorithm>

namespace polyloom::test {
namespace {

TEST(BenchSuite, SetsAKernelBesideItsPeers) {
  const Finished finished = cli({"bench", "--suite", "polybench", example("polybench/gemm.c"), "--runs", "3", "--set",
                                 "preset=SMALL", "--json"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const nlohmann::json row = jsonOf(finished)["suite"][0];
  EXPECT_EQ(row["file"], "gemm");
  EXPECT_GT(row["original_s"].get<double>(), 0);
  std::vector<std::string> names;
  for (const nlohmann::json& entrant : row["entrants"]) {
    names.push_back(entrant["name"]);
    const bool isOurs = names.back() == "gemm.recipe";
    const bool isEmitted = names.back().ends_with(" as C");
    if (isOurs || isEmitted || names.back() == "clang") {
      EXPECT_GT(entrant.value("median_s", 0.0), 0) << entrant.dump(); // measured, so its results were compared
    }
    EXPECT_EQ(entrant.contains("over_machine_code"), isEmitted) << entrant.dump();
    EXPECT_EQ(entrant.contains("compile_s"), isOurs);
  }
  for (const char* wanted : {"clang", "polly", "openblas", "gemm.recipe", "original order as C", "gemm.recipe as C"}) // a missing peer says so in its place
    EXPECT_NE(std::ranges::find(names, wanted), names.end()) << wanted;
  EXPECT_GT(row["original"]["compile_s"].get<double>(), 0);
  EXPECT_GE(row["floor_s"].get<double>(), row["bytes"].get<double>() / row["read_bytes_per_s"].get<double>());
}

TEST(BenchSuite, ALocalOfTheFunctionIsThePeersOwn) {
  const Finished finished = cli({"bench", "--suite", "polybench", example("polybench/durbin.c"), "--runs", "3", "--set",
                                 "preset=MINI", "--json"});
  ASSERT_EQ(finished.exitCode, 0) << finished.errors;
  const nlohmann::json clang = jsonOf(finished)["suite"][0]["entrants"][0];
  EXPECT_EQ(clang["name"], "clang");
  EXPECT_GT(clang.value("median_s", 0.0), 0) << clang.dump();
}

std::string sumWith(const std::string& before, const std::string& after) {
  return "void f(int N, double A[N], double out[1])\n{\n    double s" + before +
         ";\n#pragma scop\n    for (int i = 0; i < N; i++)\n        s += A[i];\n    out[0] = s;\n#pragma endscop\n" + after +
         "}\n";
}

std::string clangsMessage(const std::string& text) {
  const TemporaryFolder folder;
  const Finished finished = cli({"bench", "--suite", "polybench", folder.write("sum.c", text), "--runs", "3", "--set", "N=50",
                                 "--json"});
  return jsonOf(finished)["suite"][0]["entrants"][0]["message"];
}

TEST(BenchSuite, ALocalThatIsUsedOutsideOfTheRegionIsRefused) {
  EXPECT_NE(clangsMessage(sumWith("", "    out[0] += s;\n")).find("s is not an argument of f, and not only the region names it"),
            std::string::npos);
}

TEST(BenchSuite, ALocalThatIsReadBeforeItIsWrittenIsRefused) {
  EXPECT_NE(clangsMessage(sumWith("", "")).find("s of f is read before the region has written it"), std::string::npos);
}

TEST(BenchSuite, AResumedRunKeepsWhatTheFileHas) {
  const TemporaryFolder folder;
  const std::string csv = folder.path() / "suite.csv";
  std::vector<std::string> command = {"bench", "--suite", "polybench", example("polybench/mvt.c"), "--runs", "3",
                                      "--set", "preset=MINI", "--csv", csv};
  ASSERT_EQ(cli(command).exitCode, 0);
  const std::string first = readFile(csv);
  EXPECT_EQ(std::ranges::count(first, '\n'), 7) << first; // the names, original, clang, Polly, its C, the recipe, its C
  folder.write("suite.csv", first + "trisolv,MINI,orig"); // killed in the middle of a line
  command.insert(command.end(), {"--resume", example("polybench/trisolv.c"), "--markdown"});
  const Finished second = cli(command);
  ASSERT_EQ(second.exitCode, 0) << second.errors;
  const std::string both = readFile(csv);
  EXPECT_TRUE(both.starts_with(first)) << both;
  EXPECT_EQ(std::ranges::count(both, '\n'), 13) << both;
  for (const char* row : {"| kernel |", "| mvt | MINI |", "| trisolv | MINI |", "geometric mean"})
    EXPECT_NE(second.output.find(row), std::string::npos) << row << second.output;
}

TEST(BenchSuite, AnotherFileIsNeitherResumedNorOverwritten) {
  const TemporaryFolder folder;
  const std::string csv = folder.write("other.csv", "a,b\n1,2\n");
  for (const std::vector<std::string>& more : {std::vector<std::string>{"--resume"}, {}}) {
    std::vector<std::string> command = {"bench", "--suite", "polybench", "--csv", csv, "--json"};
    command.insert(command.end(), more.begin(), more.end());
    expectError(cli(command), "no-suite-file");
    EXPECT_EQ(readFile(csv), "a,b\n1,2\n");
  }
}

TEST(BenchSuite, KnowsOneSuite) {
  const Finished finished = cli({"bench", "--suite", "spec"});
  EXPECT_EQ(finished.exitCode, 3);
  EXPECT_NE(finished.errors.find("\"spec\" is no suite; there is polybench"), std::string::npos) << finished.errors;
}

} // namespace
} // namespace polyloom::test
