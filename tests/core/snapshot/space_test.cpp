// Points and arrows against brute force: every instance once, in the tree's order, every violated pair marked.
#include "core/generate/random_recipe.h"
#include "core/isl/extra.h"
#include "core/oracle/order.h"
#include "core/oracle/storage.h"
#include "core/program/dependences.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace polyloom::test {
namespace {

ParameterValues valuesOf(const Scop& scop, const Values& parameters) {
  ParameterValues values;
  for (std::size_t p = 0; p < scop.parameters.size(); ++p)
    values[scop.parameters[p].name] = parameters[p];
  return values;
}

/// Row `number` of a cloud as an instance.
Instance instanceAt(const InstanceCloud& cloud, std::size_t number) {
  const std::size_t width = cloud.sourceLoops.size();
  Instance instance{cloud.statement, {}};
  for (std::size_t d = 0; d < width; ++d)
    instance.point.push_back(cloud.source[number * width + d]);
  return instance;
}

std::vector<Instance> byRank(const SpaceSnapshot& space) {
  std::vector<std::pair<std::int32_t, Instance>> ranked;
  for (const InstanceCloud& cloud : space.clouds)
    for (std::size_t n = 0; n < cloud.count; ++n)
      ranked.emplace_back(cloud.rank[n], instanceAt(cloud, n));
  std::ranges::sort(ranked, {}, &std::pair<std::int32_t, Instance>::first);
  std::vector<Instance> instances;
  for (const auto& [rank, instance] : ranked)
    instances.push_back(instance);
  return instances;
}

/// The arrows whose mark is not what the new order says; counts the violated ones.
std::vector<std::string> wrongArrows(const Scop& scop, const SpaceSnapshot& space, const Execution& execution,
                                     const NewOrder& order, int& violated) {
  std::vector<std::string> wrong;
  for (const DependenceArrows& arrows : space.arrows) {
    for (std::size_t a = 0; a < arrows.from.size(); ++a) {
      const auto at = [&](int cloud, std::int32_t number) {
        return instanceAt(space.clouds[static_cast<std::size_t>(cloud)], static_cast<std::size_t>(number));
      };
      const Instance from = at(arrows.fromCloud, arrows.from[a]);
      const Instance to = at(arrows.toCloud, arrows.to[a]);
      const bool kept = order.isBefore(execution.indexOf(from), execution.indexOf(to));
      violated += kept ? 0 : 1;
      if (kept == arrows.violated[a])
        wrong.push_back(toText(scop, from) + " -> " + toText(scop, to));
    }
  }
  return wrong;
}

Recipe recipeOf(const Schedule& schedule) {
  Recipe recipe;
  recipe.steps = schedule.recipe();
  return recipe;
}

TEST(Space, HoldsEveryInstanceInTheNewOrderAndMarksWhatItBreaks) {
  RandomRecipes recipes(7);
  int violated = 0;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Dependences dependences = computeDependences(*scop);
    const Execution execution = executions(*scop, program.bound).back();
    StorageOracle storage(scop);
    for (int repetition = 0; repetition < 6; ++repetition) {
      const Schedule schedule = recipes.draw(scop);
      const SpaceSnapshot space = makeSpaceSnapshot(scop, dependences, recipeOf(schedule),
                                                    valuesOf(*scop, execution.parameters), 100000);
      std::vector<Instance> expected = storage.instancesInOrder(schedule, execution.parameters);
      std::erase_if(expected, [&](const Instance& instance) { // copies are not drawn
        return static_cast<std::size_t>(instance.statement) >= scop->statements.size();
      });
      EXPECT_EQ(byRank(space), expected) << program.name << ": " << recipeText(schedule);
      if (!schedule.hasSourceStorage())
        continue;
      const NewOrder order(schedule, execution);
      EXPECT_EQ(wrongArrows(*scop, space, execution, order, violated), std::vector<std::string>{})
          << program.name << ": " << recipeText(schedule);
      EXPECT_FALSE(space.truncated);
    }
  }
  EXPECT_GT(violated, 0) << "no recipe broke anything: the test says nothing about violated arrows";
}

TEST(Space, HasAnArrowForEveryPairOfADependence) {
  std::size_t arrowsSeen = 0;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Dependences dependences = computeDependences(*scop);
    const Execution execution = executions(*scop, program.bound).back();
    const SpaceSnapshot space = makeSpaceSnapshot(scop, dependences, {}, valuesOf(*scop, execution.parameters), 100000);
    for (std::size_t d = 0; d < dependences.all().size(); ++d) {
      isl::map relation = dependences.all()[d].relation;
      for (const auto& [name, value] : space.parameters)
        relation = fixParameter(relation, name, value);
      std::size_t pairs = 0, drawn = 0;
      relation.project_out_all_params().wrap().foreach_point([&](const isl::point&) { ++pairs; });
      for (const DependenceArrows& arrows : space.arrows)
        drawn += arrows.dependence == static_cast<int>(d) ? arrows.from.size() : 0;
      EXPECT_EQ(drawn, pairs) << program.name << " " << d;
      arrowsSeen += drawn;
    }
  }
  EXPECT_GT(arrowsSeen, 100U);
}

TEST(Space, GivesCopiesOfAStatementCloudsWithLoopsOfTheirOwn) {
  const ScopPtr scop = named("downward");
  const Schedule schedule = scheduled(scop, {"split i at -2", "tile i_2 by 2"});
  const SpaceSnapshot space =
      makeSpaceSnapshot(scop, computeDependences(*scop), recipeOf(schedule), {{"N", 6}}, 1000);
  ASSERT_EQ(space.clouds.size(), 2U);
  EXPECT_EQ(space.clouds[0].timeLoops, std::vector<std::string>{"i"});
  EXPECT_EQ(space.clouds[1].timeLoops, (std::vector<std::string>{"i_2t", "i_2"}));
  for (const InstanceCloud& cloud : space.clouds)
    EXPECT_EQ(cloud.statement, 0);
  EXPECT_EQ(space.clouds[0].count + space.clouds[1].count, 5U);
}

TEST(Space, LeavesCopiesOut) {
  const ScopPtr scop = named("gemm");
  const Recipe recipe = *parseRecipe("pack C at i\nparallel i\n");
  const SpaceSnapshot space = makeSpaceSnapshot(scop, computeDependences(*scop), recipe, {{"N", 3}}, 1000);
  ASSERT_EQ(space.clouds.size(), 2U);
  EXPECT_EQ(space.clouds[0].count, 9U);
  EXPECT_EQ(space.clouds[1].count, 27U);
  ASSERT_FALSE(space.arrows.empty());
  for (const DependenceArrows& arrows : space.arrows)
    EXPECT_EQ(std::ranges::count(arrows.violated, true), 0);
}

TEST(Space, StopsAtTheLimitAndSaysSo) {
  const ScopPtr scop = named("gemm");
  const Dependences dependences = computeDependences(*scop);
  const SpaceSnapshot space = makeSpaceSnapshot(scop, dependences, {}, {}, 10);
  std::size_t points = 0;
  for (const InstanceCloud& cloud : space.clouds)
    points += cloud.count;
  EXPECT_TRUE(space.truncated);
  EXPECT_EQ(points, 10U);
}

TEST(Space, HandsManyPointsOnBeforeTheirArrows) {
  const ScopPtr scop = named("gemm");
  const Dependences dependences = computeDependences(*scop);
  const auto drawn = [&](std::int64_t size, std::vector<SpaceSnapshot>& early) {
    ParameterValues values;
    for (const auto& parameter : scop->parameters)
      values[parameter.name] = size;
    return makeSpaceSnapshot(scop, dependences, {}, values, 100000, {}, [&](const SpaceSnapshot& points) { early.push_back(points); });
  };
  std::vector<SpaceSnapshot> early;
  drawn(4, early);
  EXPECT_TRUE(early.empty()) << "few points wait for their arrows";
  const SpaceSnapshot space = drawn(30, early);
  ASSERT_EQ(early.size(), 1U);
  EXPECT_TRUE(early[0].arrows.empty());
  EXPECT_FALSE(space.arrows.empty());
  ASSERT_EQ(early[0].clouds.size(), space.clouds.size());
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    EXPECT_EQ(early[0].clouds[c].source, space.clouds[c].source);
    EXPECT_EQ(early[0].clouds[c].rank, space.clouds[c].rank);
  }
}

TEST(Space, StopsWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const ScopPtr scop = named("gemm");
  const SpaceSnapshot space = makeSpaceSnapshot(scop, computeDependences(*scop), {}, {}, 1000, stop.get_token());
  for (const InstanceCloud& cloud : space.clouds)
    EXPECT_EQ(cloud.count, 0U);
}

} // namespace
} // namespace polyloom::test
