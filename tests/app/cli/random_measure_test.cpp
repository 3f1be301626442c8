// Random legal recipes, compiled and run: their results are the original's.
#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "tests/app/cli/cli.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace polyloom::test {
namespace {

/// Recipe files of legal schedules, one step a line.
std::vector<std::string> legalRecipes(const ScopPtr& scop, RandomRecipes& recipes, const TemporaryFolder& folder) {
  const Dependences dependences = computeDependences(*scop);
  std::vector<std::string> files;
  for (int attempt = 0; attempt < 1000 && files.size() < 4; ++attempt) {
    const Schedule schedule = recipes.draw(scop);
    if (checkLegality(schedule, dependences).verdict != LegalityReport::Verdict::Legal)
      continue;
    files.push_back(folder.write("r" + std::to_string(files.size()) + ".recipe",
                                 polyloom::toText(Recipe{.steps = schedule.recipe()})));
  }
  return files;
}

/// `measure` of a test program at size 23 after these recipe files; their entries in the answer.
nlohmann::json measured(const ScopPtr& scop, const std::vector<std::string>& files, const TemporaryFolder& folder) {
  std::vector<std::string> arguments = {"measure", folder.write("kernel.c", scop->source.text), "--runs", "3", "--json"};
  for (const Parameter& parameter : scop->parameters)
    arguments.insert(arguments.end(), {"--set", parameter.name + "=23"});
  for (const std::string& file : files)
    arguments.insert(arguments.end(), {"--recipe", file});
  const Finished finished = cli(arguments);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  return jsonOf(finished)["schedules"];
}

/// Bit by bit without contracted operations, else it would not have been measured; where the compiler contracts may
/// depend on the order.
bool isRight(const nlohmann::json& schedule) {
  const std::string result = schedule.value("result", "");
  return schedule.value("outcome", "") == "measured" && (result == "equal" || result == "within tolerance");
}

class RandomMeasure : public ::testing::TestWithParam<const char*> {};

TEST_P(RandomMeasure, GivesTheOriginalsResults) {
  RandomRecipes recipes(3);
  const ScopPtr scop = named(GetParam());
  const TemporaryFolder folder;
  const std::vector<std::string> files = legalRecipes(scop, recipes, folder);
  ASSERT_EQ(files.size(), 4U);
  const nlohmann::json schedules = measured(scop, files, folder);
  ASSERT_EQ(schedules.size(), 4U);
  for (const nlohmann::json& schedule : schedules)
    EXPECT_TRUE(isRight(schedule)) << schedule.dump();
}

INSTANTIATE_TEST_SUITE_P(Programs, RandomMeasure, ::testing::Values("gemm", "jacobi-1d", "triangular", "imperfect",
                                                                    "strided", "downward", "guarded", "scalar", "row-sum",
                                                                    "own-cells"));

// Buffers of threads: small ones on the stack, large ones on the heap; cells per iteration.
TEST(MeasuredStorage, GivesTheOriginalsResults) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"gemm", {"distribute j after S0", "distribute i after S0", "interchange j_2 k", "tile i_2 k j_2 by 8 8 8",
                "pack B at j_2t layout j/4 k j%4", "pack A at kt", "parallel i_2t"}},
      {"gemm", {"pack B at i", "pack C at i", "parallel i"}},
      {"row-sum", {"expand s along i", "parallel i"}},
      {"local-array", {"fuse i y", "contract tmp along i to 2"}},
  };
  const TemporaryFolder folder;
  for (const auto& [name, steps] : cases) {
    std::vector<std::string> arguments = {"measure", folder.write("kernel.c", named(name)->source.text), "--runs", "3",
                                          "--json",  "--set", "N=150"};
    for (const std::string& step : steps)
      arguments.insert(arguments.end(), {"--step", step});
    const Finished finished = cli(arguments);
    EXPECT_EQ(finished.exitCode, 0) << finished.errors;
    const nlohmann::json schedules = jsonOf(finished)["schedules"];
    ASSERT_EQ(schedules.size(), 1U);
    EXPECT_EQ(schedules[0].value("result", ""), "equal") << schedules[0].dump();
  }
}

struct StripCase {
  const char* program;
  std::vector<const char*> recipes;
};

void PrintTo(const StripCase& strips, std::ostream* out) { *out << strips.program; }

class Strips : public ::testing::TestWithParam<StripCase> {};

// Strips around statements under other loops: full groups, partial ones, those that a triangle cuts, and lanes that
// another step has moved out of their group.
TEST_P(Strips, GiveTheOriginalsResults) {
  const TemporaryFolder folder;
  std::vector<std::string> files;
  for (const char* recipe : GetParam().recipes)
    files.push_back(folder.write("r" + std::to_string(files.size()) + ".recipe", recipe));
  const nlohmann::json schedules = measured(named(GetParam().program), files, folder);
  ASSERT_EQ(schedules.size(), files.size());
  for (const nlohmann::json& schedule : schedules)
    EXPECT_TRUE(isRight(schedule)) << schedule.dump();
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Strips,
    ::testing::Values(StripCase{"gemm", {"vectorize i by 4\n", "vectorize j by 8\n", "jam i by 4\njam j by 4\n",
                                         "vectorize j by 4\njam i by 2\n", "vectorize j by 4\nparallel i\n"}},
                      StripCase{"triangular", {"vectorize i by 4\n", "vectorize j by 4\n", "jam i by 4\n",
                                               "vectorize j by 4\ninterchange jt j\n", "vectorize i by 4\njam it by 2\n",
                                               "split j at 2*i+3\nvectorize j by 4\nvectorize j_2 by 4\n"}},
                      StripCase{"blur", {"vectorize i by 4\njam y by 2\n", "peel x last 2\nvectorize x by 4\n"}}));

} // namespace
} // namespace polyloom::test
