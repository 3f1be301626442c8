// Random legal recipes, compiled and run: their results are the original's.
#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "tests/app/cli/cli.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"

#include <algorithm>

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
    std::string text = recipeText(schedule);
    std::ranges::replace(text, ';', '\n');
    files.push_back(folder.write("r" + std::to_string(files.size()) + ".recipe", text + "\n"));
  }
  return files;
}

class RandomMeasure : public ::testing::TestWithParam<const char*> {};

TEST_P(RandomMeasure, GivesTheOriginalsResults) {
  RandomRecipes recipes(3);
  const ScopPtr scop = named(GetParam());
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"measure", folder.write("kernel.c", scop->source.text), "--runs", "3", "--json"};
  for (const Parameter& parameter : scop->parameters)
    arguments.insert(arguments.end(), {"--set", parameter.name + "=23"});
  const std::vector<std::string> files = legalRecipes(scop, recipes, folder);
  ASSERT_EQ(files.size(), 4U);
  for (const std::string& file : files)
    arguments.insert(arguments.end(), {"--recipe", file});
  const Finished finished = cli(arguments);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const nlohmann::json schedules = jsonOf(finished)["schedules"];
  ASSERT_EQ(schedules.size(), 4U);
  for (const nlohmann::json& schedule : schedules)
    EXPECT_EQ(schedule.value("result", ""), "equal") << schedule.dump();
}

INSTANTIATE_TEST_SUITE_P(Programs, RandomMeasure, ::testing::Values("gemm", "jacobi-1d", "triangular", "imperfect",
                                                                    "strided", "downward", "guarded", "scalar"));

} // namespace
} // namespace polyloom::test
