#include "core/generate/relevant_recipe.h"

#include "core/generate/random_recipe.h"
#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <set>

namespace polyloom::test {
namespace {

/// Texts of recipes that are drawn for a program, each judged again here.
std::vector<std::string> drawn(const std::string& name, std::uint64_t seed, int count) {
  const ScopPtr scop = named(name);
  const Dependences dependences = computeDependences(*scop);
  const auto isLegal = [&](const Schedule& schedule) {
    return checkLegality(schedule, dependences).verdict == LegalityReport::Verdict::Legal;
  };
  RelevantRecipes recipes(seed);
  std::vector<std::string> texts;
  for (int r = 0; r < count; ++r)
    if (const std::optional<Schedule> schedule = recipes.draw(Schedule::original(scop), isLegal)) {
      EXPECT_TRUE(isLegal(*schedule)) << recipeText(*schedule);
      EXPECT_FALSE(schedule->recipe().empty());
      texts.push_back(recipeText(*schedule));
    }
  return texts;
}

TEST(RelevantRecipe, IsLegalAndOneOfMany) {
  for (const char* name : {"gemm", "jacobi-1d", "blur"}) {
    const std::vector<std::string> texts = drawn(name, 1, 25);
    EXPECT_GE(texts.size(), 24U) << name;
    EXPECT_GE(std::set<std::string>(texts.begin(), texts.end()).size(), 12U) << name;
  }
}

TEST(RelevantRecipe, IsTheSameForTheSameSeed) {
  EXPECT_EQ(drawn("gemm", 5, 6), drawn("gemm", 5, 6));
  EXPECT_NE(drawn("gemm", 5, 6), drawn("gemm", 6, 6));
}

TEST(RelevantRecipes, TryWhatASearchWouldTry) {
  std::string all;
  for (const char* name : {"gemm", "jacobi-1d", "blur", "stencil-2d"})
    for (const std::string& text : drawn(name, 2, 40))
      all += text + "\n";
  for (const char* step : {"tile ", "parallel ", "vectorize ", "interchange ", "unroll ", "jam ", "fuse ", "distribute ", "skew ",
                           "reverse ", "split ", "peel ", "pack "})
    EXPECT_NE(all.find(step), std::string::npos) << step;
}

} // namespace
} // namespace polyloom::test
