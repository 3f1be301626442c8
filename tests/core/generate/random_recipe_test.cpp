#include "core/generate/random_recipe.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(RandomRecipe, IsTheSameForTheSameSeed) {
  const ScopPtr scop = named("gemm");
  EXPECT_EQ(recipeText(RandomRecipes(5).draw(scop)), recipeText(RandomRecipes(5).draw(scop)));
  EXPECT_NE(recipeText(RandomRecipes(5, 4, 4).draw(scop)), recipeText(RandomRecipes(6, 4, 4).draw(scop)));
}

TEST(RandomRecipe, HasAsManyStepsAsWanted) {
  RandomRecipes recipes(1, 2, 6);
  std::set<std::size_t> lengths;
  for (int r = 0; r < 60; ++r)
    lengths.insert(recipes.draw(named("jacobi-1d")).recipe().size());
  EXPECT_EQ(lengths, (std::set<std::size_t>{2, 3, 4, 5, 6}));
}

TEST(RandomRecipe, ReplaysFromItsText) {
  RandomRecipes recipes(2, 2, 6);
  for (const NamedProgram& program : namedPrograms()) {
    const Schedule schedule = recipes.draw(named(program.name));
    const Result<Recipe> recipe = parseRecipe(recipeText(schedule, "\n"));
    ASSERT_TRUE(recipe) << toText(recipe.error());
    EXPECT_FALSE(replay(named(program.name), recipe->steps).refusal);
  }
}

TEST(RandomRecipe, GoesOnOnlyFromWhatIsAccepted) {
  RandomRecipes recipes(3, 3, 5);
  const auto noReversal = [](const Schedule& schedule) { return schedule.recipe().back().kind != "reverse"; };
  bool endsInReversal = false;
  for (int r = 0; r < 80; ++r) {
    const Schedule schedule = recipes.draw(named("gemm"), noReversal);
    for (std::size_t s = 0; s + 1 < schedule.recipe().size(); ++s)
      EXPECT_NE(schedule.recipe()[s].kind, "reverse") << recipeText(schedule);
    endsInReversal = endsInReversal || schedule.recipe().back().kind == "reverse";
  }
  EXPECT_TRUE(endsInReversal);
}

} // namespace
} // namespace polyloom::test
