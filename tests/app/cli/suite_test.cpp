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
    if (isOurs || names.back() == "clang") {
      EXPECT_GT(entrant.value("median_s", 0.0), 0) << entrant.dump(); // measured, so its results were compared
    }
    EXPECT_EQ(entrant.contains("compile_s"), isOurs);
  }
  for (const char* wanted : {"clang", "polly", "openblas", "gemm.recipe"}) // a missing peer says so in its place
    EXPECT_NE(std::ranges::find(names, wanted), names.end()) << wanted;
}

TEST(BenchSuite, KnowsOneSuite) {
  const Finished finished = cli({"bench", "--suite", "spec"});
  EXPECT_EQ(finished.exitCode, 3);
  EXPECT_NE(finished.errors.find("\"spec\" is no suite; there is polybench"), std::string::npos) << finished.errors;
}

} // namespace
} // namespace polyloom::test
