#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/program.h"
#include "core/generate/random_recipe.h"
#include "models/features/featurizer.h"
#include "tests/models/features/looper/looper_cases.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace polyloom::test {
namespace {

bool isSound(const std::vector<float>& numbers) {
  return std::ranges::all_of(numbers, [](float number) { return std::isfinite(number) && std::abs(number) <= 256; });
}

void expectSound(const LooperFeatures& features) {
  for (std::size_t l = 0; l < features.loops.size(); ++l) {
    ASSERT_GE(features.loops[l].parent, -1);
    ASSERT_LT(features.loops[l].parent, static_cast<int>(l));
    ASSERT_EQ(features.loops[l].vector.size(), kLooperLoop);
    ASSERT_TRUE(isSound(features.loops[l].vector));
  }
  ASSERT_FALSE(features.computations.empty());
  for (const LooperFeatures::Computation& computation : features.computations) {
    ASSERT_GE(computation.loop, -1);
    ASSERT_LT(computation.loop, static_cast<int>(features.loops.size()));
    ASSERT_EQ(computation.vector.size(), kLooperComputation);
    ASSERT_TRUE(isSound(computation.vector));
    ASSERT_FALSE(computation.tokens.empty());
    for (const LooperFeatures::Tag& tag : computation.tags)
      ASSERT_TRUE(isSound({tag.begin(), tag.end()}));
  }
}

bool areEqual(const LooperFeatures& a, const LooperFeatures& b) {
  return std::ranges::equal(a.loops, b.loops, [](const auto& x, const auto& y) { return x.parent == y.parent && x.vector == y.vector; }) &&
         std::ranges::equal(a.computations, b.computations, [](const auto& x, const auto& y) {
           return x.loop == y.loop && x.vector == y.vector && x.tokens == y.tokens && x.tags == y.tags;
         });
}

TEST(LooperFeaturizer, HoldsForAllSteps) {
  std::size_t changed = 0, drawn = 0;
  for (std::uint64_t seed = 300; seed < 324; ++seed) {
    const auto scops = extractText(context().get(), "random.c", seed % 2 == 0 ? generateProgram(seed) : *generateKernel(seed, "mixed"));
    ASSERT_TRUE(scops.has_value());
    Result<Featurizer> featurizer = Featurizer::make(scops->front(), {}, {}, 2);
    ASSERT_TRUE(featurizer.has_value());
    const Result<LooperFeatures> original = featurizer->looper(Schedule::original(scops->front()));
    ASSERT_TRUE(original.has_value());
    expectSound(*original);
    for (const LooperFeatures::Computation& computation : original->computations)
      EXPECT_TRUE(computation.tags.empty()) << seed;
    RandomRecipes recipes(seed);
    for (int r = 0; r < 6; ++r) {
      const Schedule schedule = recipes.draw(scops->front());
      SCOPED_TRACE(recipeText(schedule));
      const Result<LooperFeatures> features = featurizer->looper(schedule), again = featurizer->looper(schedule);
      ASSERT_TRUE(features.has_value() && again.has_value());
      expectSound(*features);
      EXPECT_TRUE(areEqual(*features, *again));
      changed += areEqual(*features, *original) ? 0 : 1;
      ++drawn;
    }
  }
  EXPECT_GE(changed, drawn * 9 / 10) << "of " << drawn;
}

/// What the original's numbers say where nothing was done to it.
TEST(LooperFeaturizer, FindsNothingDoneToOriginals) {
  for (const NamedProgram& each : namedPrograms()) {
    const LooperFeatures features = looperOf(named(each.name), {}, 50);
    for (const LooperFeatures::Loop& loop : features.loops)
      EXPECT_EQ(loop.vector, std::vector<float>(kLooperLoop)) << each.name;
    for (const LooperFeatures::Computation& c : features.computations)
      for (std::size_t d = 0; d < kLooperDepth; ++d) {
        EXPECT_EQ(iteratorAt(c, d), std::vector<float>(6)) << each.name;
        EXPECT_EQ(numbersAt(ownAt(c, d), 0, 5), std::vector<float>(5)) << each.name;
      }
  }
}

TEST(LooperFeaturizer, DoesNotSeeWhichStepsLedToAnOrder) {
  const ScopPtr gemm = named("gemm");
  for (const auto& [one, other] : std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>{
           {{"reverse i", "reverse i"}, {}},
           {{"distribute j after S0", "interchange j_2 k"}, {"distribute j after S0", "unimodular j_2 k by 0 1; 1 0"}},
           {{"tile i by 8", "parallel it"}, {"tile i by 8 as rows", "parallel rows"}},
           {{"shift S0 i by 2", "shift S0 i by -2"}, {}}})
    EXPECT_TRUE(areEqual(looperOf(gemm, one), looperOf(gemm, other))) << one.front();
  EXPECT_FALSE(areEqual(looperOf(gemm, {"tile i by 8"}), looperOf(gemm, {"tile i by 16"})));
  EXPECT_FALSE(areEqual(looperOf(gemm, {}, 50), looperOf(gemm, {}, 60))) << "sizes are seen";
}

} // namespace
} // namespace polyloom::test
