// The recipes that come with the examples do what their names say.
#include "core/legality/legality.h"
#include "tests/support/child.h"
#include "tests/support/named_programs.h"
#include "tests/support/programs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

namespace polyloom::test {
namespace {

namespace fs = std::filesystem;

/// All recipes by their place among the examples: "gemm.recipe", "gemm.illegal.recipe", "polybench/gemm.recipe", …
std::vector<std::string> recipes() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(POLYLOOM_EXAMPLES))
    if (entry.path().extension() == ".recipe")
      names.push_back(fs::relative(entry.path(), POLYLOOM_EXAMPLES).string());
  std::ranges::sort(names);
  return names;
}

class ExampleRecipe : public ::testing::TestWithParam<std::string> {};

TEST_P(ExampleRecipe, IsLegalUnlessItsNameSaysOtherwise) {
  const std::string path = std::string(POLYLOOM_EXAMPLES) + "/" + GetParam();
  const Result<Recipe> recipe = parseRecipe(readFile(path));
  ASSERT_TRUE(recipe) << toText(recipe.error());
  ASSERT_FALSE(recipe->steps.empty());

  const IslContext context;
  const auto scops = extractFile(context.get(), path.substr(0, path.find('.', path.rfind('/'))) + ".c");
  ASSERT_TRUE(scops) << toText(scops.error());
  const ScopPtr& scop = scops->front();
  Schedule schedule = Schedule::original(scop);
  for (const Step& step : recipe->steps) {
    Result<Schedule> next = apply(schedule, step);
    ASSERT_TRUE(next) << toText(next.error());
    schedule = *std::move(next);
  }
  const bool isMeantLegal = !GetParam().ends_with(".illegal.recipe");
  EXPECT_EQ(checkLegality(schedule, computeDependences(*scop)).verdict,
            isMeantLegal ? LegalityReport::Verdict::Legal : LegalityReport::Verdict::Illegal);
}

INSTANTIATE_TEST_SUITE_P(, ExampleRecipe, ::testing::ValuesIn(recipes()), [](const auto& item) {
  std::string name = item.param;
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
});

/// Every example shows both, so that there is something to see and something to learn.
TEST(ExampleRecipes, ComeInPairsWithEveryExample) {
  const std::vector<std::string> all = recipes();
  int examples = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(POLYLOOM_EXAMPLES)) {
    if (entry.path().extension() != ".c")
      continue;
    ++examples;
    const std::string stem = entry.path().stem().string();
    EXPECT_TRUE(std::ranges::find(all, stem + ".recipe") != all.end()) << stem;
    EXPECT_TRUE(std::ranges::find(all, stem + ".illegal.recipe") != all.end()) << stem;
  }
  EXPECT_GE(examples, 14);
}

} // namespace
} // namespace polyloom::test
