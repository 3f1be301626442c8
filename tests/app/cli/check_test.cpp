// polyloom-cli info and check: keys, verdicts, exit codes.
#include "tests/app/cli/cli.h"

#include <algorithm>
#include <ostream>

namespace polyloom::test {
namespace {

using nlohmann::json;

TEST(CliInfo, HasTheKeysOfTheContract) {
  const Finished finished = cli({"info", example("gemm.c"), "--json"});
  EXPECT_EQ(finished.exitCode, 0);
  const json info = jsonOf(finished);
  expectKeys(info, {"function", "parameters", "scalars", "statements", "arrays", "loops", "dependences", "assumptions"});
  EXPECT_EQ(info["function"], "gemm");
  ASSERT_EQ(info["statements"].size(), 2U);
  for (const json& statement : info["statements"])
    expectKeys(statement, {"name", "domain", "text", "line"});
  for (const json& parameter : info["parameters"])
    expectKeys(parameter, {"name", "value"});
  for (const json& loop : info["loops"])
    expectKeys(loop, {"name", "statements", "parallel"});
  for (const json& dependence : info["dependences"])
    expectKeys(dependence, {"kind", "array", "from", "to", "relation"});
}

TEST(CliInfo, KnowsWhichLoopsAreParallel) {
  const json loops = jsonOf(cli({"info", example("gemm.c"), "--json"}))["loops"];
  ASSERT_EQ(loops.size(), 3U);
  EXPECT_EQ(loops[0]["name"], "i");
  EXPECT_EQ(loops[0]["parallel"], true);
  EXPECT_EQ(loops[0]["statements"], (json{"S0", "S1"}));
  EXPECT_EQ(loops[2]["name"], "k");
  EXPECT_EQ(loops[2]["parallel"], false);
}

TEST(CliInfo, ShowsTheValuesThatSetGave) {
  const json info = jsonOf(cli({"info", example("gemm.c"), "--json", "--set", "NK=7", "--set", "alpha=2.5"}));
  const json wanted = {{"name", "NK"}, {"value", 7}};
  EXPECT_NE(std::find(info["parameters"].begin(), info["parameters"].end(), wanted), info["parameters"].end());
  EXPECT_EQ(info["scalars"][0]["value"], 2.5);
}

TEST(CliFlags, StandBeforeOrAfterTheCommand) {
  const Finished after = cli({"info", example("gemm.c"), "--json", "--set", "NI=9"});
  const Finished before = cli({"--json", "--set", "NI=9", "info", example("gemm.c")});
  EXPECT_EQ(before.exitCode, 0);
  EXPECT_EQ(before.output, after.output);
}

TEST(CliCheck, IsLegalForTheEmptyRecipe) {
  const Finished finished = cli({"check", example("gemm.c"), "--json"});
  EXPECT_EQ(finished.exitCode, 0);
  const json check = jsonOf(finished);
  EXPECT_EQ(check["verdict"], "legal");
  EXPECT_EQ(check["steps"], json::array());
  EXPECT_EQ(check["witness"], nullptr);
}

TEST(CliCheck, AppliesStepsInOrder) {
  const json check = jsonOf(cli({"check", example("gemm.c"), "--json", "--step", "tile i j by 4 4", "--step",
                                 "parallel it"}));
  EXPECT_EQ(check["verdict"], "legal");
  ASSERT_EQ(check["steps"].size(), 2U);
  for (const json& step : check["steps"])
    expectKeys(step, {"text", "outcome", "message", "expands"});
  EXPECT_EQ(check["steps"][1]["text"], "parallel it");
  EXPECT_EQ(check["steps"][1]["outcome"], "applied");
}

TEST(CliCheck, ShowsTheStepsThatSugarStandsFor) {
  const std::vector<std::string> arguments = {"check", example("jacobi-1d.c"), "--step", "shift S1 j by 1", "--step",
                                              "fuse i j", "--step", "diamond t i by 8 8 slope 2"};
  const std::string text = cli(arguments).output;
  EXPECT_NE(text.find("  = skew i by 2 t\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  = wavefront tt it\n"), std::string::npos) << text;
  std::vector<std::string> asJson = arguments;
  asJson.push_back("--json");
  const json steps = jsonOf(cli(asJson))["steps"];
  EXPECT_EQ(steps[0]["expands"], json::array());
  EXPECT_EQ(steps[2]["expands"].back(), "wavefront tt it");
}

TEST(CliCheck, ReadsARecipeFromStandardInput) {
  const Finished finished = cli({"check", example("gemm.c"), "--recipe", "-", "--json", "--step", "parallel i"},
                                "polyloom-recipe 1 gemm\n# a comment\nreverse j"); // the last line lacks its end
  EXPECT_EQ(finished.exitCode, 0);
  const json check = jsonOf(finished);
  ASSERT_EQ(check["steps"].size(), 2U);
  EXPECT_EQ(check["steps"][0]["text"], "reverse j");
}

TEST(CliCheck, ExitsWith1AndAWitnessWhereIllegal) {
  const Finished finished = cli({"check", example("gemm.c"), "--step", "reverse k", "--json"});
  EXPECT_EQ(finished.exitCode, 1);
  const json check = jsonOf(finished);
  EXPECT_EQ(check["verdict"], "illegal");
  const json& witness = check["witness"];
  expectKeys(witness, {"kind", "array", "cell", "source", "sink", "parameters", "sentence"});
  EXPECT_EQ(witness["kind"], "flow");
  EXPECT_EQ(witness["cell"], "C[0][0]");
  EXPECT_EQ(witness["source"], (json{{"statement", "S1"}, {"instance", {0, 0, 0}}}));
  EXPECT_EQ(witness["sink"], (json{{"statement", "S1"}, {"instance", {0, 0, 1}}}));
  EXPECT_EQ(witness["parameters"], (json{{"NI", 1}, {"NJ", 1}, {"NK", 2}}));
  EXPECT_EQ(witness["sentence"], "S1[i=0, j=0, k=1] reads C[0][0] before S1[i=0, j=0, k=0] has written it");
}

TEST(CliCheck, TellsIllegalStepsFromAppliedOnes) {
  const Finished finished = cli({"check", example("gemm.c"), "--step", "reverse k", "--step", "reverse k", "--json"});
  EXPECT_EQ(finished.exitCode, 0); // the verdict is the final schedule's
  const json check = jsonOf(finished);
  EXPECT_EQ(check["steps"][0]["outcome"], "applied but illegal");
  EXPECT_EQ(check["steps"][1]["outcome"], "applied");
}

TEST(CliCheck, LetsReductionsChangeTheirOrderWhenAsked) {
  const Finished finished = cli({"check", example("gemm.c"), "--step", "reverse k", "--reassociate", "--json"});
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_EQ(jsonOf(finished)["sentence"],
            "legal up to rounding: every dependence is kept, reductions may be reordered");
}

TEST(CliCheck, SaysTheSameInWords) {
  EXPECT_EQ(cli({"check", example("gemm.c"), "--step", "parallel i"}).output,
            "parallel i                           applied\nlegal: every dependence is kept\n");
}

struct RefusedRecipe {
  const char* name;
  const char* recipe;
  int line;
};

void PrintTo(const RefusedRecipe& fact, std::ostream* out) { *out << fact.name; }

class CliRefusal : public ::testing::TestWithParam<RefusedRecipe> {};

TEST_P(CliRefusal, ExitsWith3TheLineAndASentence) {
  const Finished finished = cli({"check", example("gemm.c"), "--json", "--recipe", "-"}, GetParam().recipe);
  EXPECT_EQ(finished.exitCode, 3);
  const json check = jsonOf(finished);
  EXPECT_EQ(check["verdict"], "refused");
  EXPECT_FALSE(check.value("sentence", "").empty());
  ASSERT_TRUE(check.contains("error"));
  expectKeys(check["error"], {"code", "message", "file", "line", "column"});
  EXPECT_EQ(check["error"]["line"], GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(All, CliRefusal, ::testing::Values(
    RefusedRecipe{"step", "reverse i\n\ninterchange i k\nreverse j\n", 3},
    RefusedRecipe{"unknownStep", "# hello\nflip i\n", 2},
    RefusedRecipe{"unparsable", "reverse i\nunroll k by 1\n", 2},
    RefusedRecipe{"version", "polyloom-recipe 7\n", 1},
    RefusedRecipe{"function", "# for another one\npolyloom-recipe 1 lu\nreverse i\n", 2}),
    [](const auto& fact) { return std::string(fact.param.name); });

TEST(CliRefusal, StopsAtTheFirstOne) {
  const json check = jsonOf(cli({"check", example("gemm.c"), "--json", "--step", "reverse i", "--step", "reverse z",
                                 "--step", "reverse j"}));
  ASSERT_EQ(check["steps"].size(), 2U);
  EXPECT_EQ(check["steps"][0]["outcome"], "applied");
  EXPECT_EQ(check["steps"][1]["outcome"], "refused");
  EXPECT_EQ(check["steps"][1]["message"], "no loop is called z; the loops are i, j and k");
}

TEST(CliCheck, TellsForWhichNumbersAStepIsLegal) {
  const Finished finished = cli({"check", example("jacobi-1d.c"), "--step", "shift S1 j by 1", "--step", "fuse i j", "--range",
                                 "shift S1 j by ?", "--json"});
  EXPECT_EQ(finished.exitCode, 0);
  const json range = jsonOf(finished)["range"];
  EXPECT_EQ(range["parameter"], "amount");
  EXPECT_EQ(range["empty"], false);
  EXPECT_EQ(range["min"], 1);
  EXPECT_EQ(range["max"], nullptr);
  EXPECT_EQ(range["sentence"],
            "legal from 1 on; with 0, S1[t=0, j=1] overwrites A[1] before S0[t=0, i=2] has read it");
}

TEST(CliCheck, RefusesARangeWithoutAnOpenNumber) {
  const Finished finished = cli({"check", example("jacobi-1d.c"), "--range", "fuse i j", "--json"});
  EXPECT_EQ(finished.exitCode, 3);
  EXPECT_EQ(jsonOf(finished)["error"]["code"], "nothing-open");
}

TEST(CliSchedule, PrintsARecipeThatIsLegal) {
  for (const char* algorithm : {"pluto", "feautrier"}) {
    const Finished finished = cli({"schedule", example("jacobi-1d.c"), "--algorithm", algorithm, "--json"});
    EXPECT_EQ(finished.exitCode, 0);
    expectKeys(jsonOf(finished), {"recipe", "decomposed"});
    std::vector<std::string> check = {"check", example("jacobi-1d.c")};
    const auto recipe = jsonOf(finished)["recipe"].get<std::string>();
    EXPECT_EQ(recipe.substr(0, 27), "polyloom-recipe 1 jacobi_1d");
    for (std::size_t at = recipe.find('\n') + 1; at < recipe.size();) {
      const std::size_t end = recipe.find('\n', at);
      check.insert(check.end(), {"--step", recipe.substr(at, end - at)});
      at = end + 1;
    }
    EXPECT_EQ(cli(check).exitCode, 0) << recipe;
  }
}

TEST(CliCheck, JudgesAnOrderWhoseCodeWouldTakeMinutes) {
  const auto check = jsonOf(cli({"check", example("polybench/heat-3d.c"), "--json", "--step", "tile i j k by 7 13 11",
                                 "--step", "unimodular it jt kt by 2 1 3; 1 1 1; 0 0 1", "--step", "tile i j k by 3 5 2 as a b c",
                                 "--step", "unimodular a b c by 5 2 3; 2 1 1; 0 0 1"}));
  EXPECT_EQ(check["verdict"], "legal");
}

TEST(CliSchedule, RefusesAnUnknownAlgorithm) {
  EXPECT_EQ(cli({"schedule", example("jacobi-1d.c"), "--algorithm", "magic"}).exitCode, 3);
}

} // namespace
} // namespace polyloom::test
