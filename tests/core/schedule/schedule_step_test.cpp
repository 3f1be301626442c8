#include "core/schedule/steps/schedule.h"

#include "core/schedule/order_relation.h"
#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"
#include "core/oracle/order.h"
#include "core/generate/random_recipe.h"
#include "tests/support/well_formed.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

constexpr const char* kDownward = "schedule \"{ domain: '[N] -> { S0[i] : 0 <= i <= N - 2 }', child: "
                                  "{ schedule: '[N] -> [{ S0[i] -> [(-i)] }]' } }\" as c";

std::string line(const std::string& tree, const std::string& names) {
  return "schedule \"" + tree + "\" as " + names;
}

/// A schedule of the program "scalar", by the child of its domain.
std::string scalarTree(const std::string& child) {
  return "{ domain: '[N] -> { S0[i] : 0 <= i < N; S1[i] : 0 <= i < N }', child: " + child + " }";
}

TEST(ScheduleStep, ReplacesTheOrderAndNamesTheLoops) {
  const Schedule schedule = scheduled(named("downward"), {"reverse i", "parallel i", kDownward});
  EXPECT_EQ(loopNames(schedule.tree()), std::vector<std::string>{"c"});
  EXPECT_FALSE(schedule.tree().root()->attributes.parallel);
  const std::string original = code(Schedule::original(named("downward"))); // it counts down, too
  EXPECT_EQ(code(schedule).size(), original.size());
  EXPECT_TRUE(schedule.tree().toIsl().map().is_equal(Schedule::original(named("downward")).tree().toIsl().map()));
}

TEST(ScheduleStep, MakesALoopOfEveryMemberAndASequenceOfEverySet) {
  const ScopPtr scop = named("scalar");
  const Schedule schedule = scheduled(
      scop, {line(scalarTree("{ schedule: '[{ S0[i] -> [floor((i)/4)]; S1[i] -> [floor((i)/4)] }, "
                             "{ S0[i] -> [i]; S1[i] -> [i] }]', child: { set: [ { filter: '{ S1[i] }' }, "
                             "{ filter: '{ S0[i] }' } ] } }"),
                  "a b")});
  EXPECT_EQ(defectOf(schedule.tree(), *scop), "");
  EXPECT_EQ(loopNames(schedule.tree()), (std::vector<std::string>{"a", "b"}));
  const TreeNode& tile = *schedule.tree().root();
  EXPECT_EQ(tile.tileSize, 4);
  EXPECT_EQ(tile.children.front()->tileSize, 0);
  const TreeNode& body = *tile.children.front()->children.front();
  ASSERT_EQ(body.kind, TreeNode::Kind::Sequence);
  EXPECT_EQ(statementsBelow(*body.children.front(), *scop), std::vector<std::string>{"S0"}); // the program's order
}

TEST(ScheduleStep, RecognizesStridesAndSumsOfQuotients) {
  const ScopPtr scop = named("strided");
  const Schedule copy = scheduled(scop, {toText(makeScheduleStep(Schedule::original(scop).tree()))});
  EXPECT_EQ(copy.tree().root()->stride, 3);
  const Schedule wavefront = scheduled(named("stencil-2d"), {"skew j by 1 i", "tile i j by 4 4", "skew jt by 1 it"});
  const Schedule again = scheduled(named("stencil-2d"), {toText(makeScheduleStep(wavefront.tree()))});
  EXPECT_EQ(again.tree().root()->children.front()->sums.size(), 1U);
}

TEST(ScheduleStep, Refuses) {
  const ScopPtr scop = named("scalar");
  expectRefused(scop, {line("{ domain }", "i")}, "bad-schedule",
                "the text is not a schedule tree in isl's notation, which is "
                "{ domain: '…', child: { schedule: '…', child: … } }");
  expectRefused(scop, {line("{ domain: '[N] -> { S0[i] : 0 <= i < N }' }", "i")}, "bad-schedule",
                "the schedule's domain lacks instances of S1");
  expectRefused(scop, {line("{ domain: '[N] -> { S0[i] : 0 <= i < N; S1[i] : 0 <= i < N; S7[] }' }", "i")},
                "bad-schedule", "no statement is called S7");
  expectRefused(scop, {line(scalarTree("{ schedule: '[{ S0[i] -> [i] }]' }"), "i")}, "bad-schedule",
                "a band gives no value to some instances of S1");
  const std::string both = "{ schedule: '[{ S0[i] -> [i]; S1[i] -> [i] }, { S0[i] -> [0]; S1[i] -> [1] }]' }";
  expectRefused(scop, {line(scalarTree(both), "i")}, "wrong-count", "the schedule has 2 loops, found 1 name");
  expectRefused(scop, {line(scalarTree(both), "i i")}, "repeated-loop", "i is named twice");
  expectRefused(scop, {line(scalarTree("{ context: '{ [] }' }"), "i")}, "bad-schedule",
                "the schedule has a context, guard, extension or expansion node; only domain, band, sequence, set, "
                "filter and mark nodes can be loops and statements");
}

TEST(ScheduleStepProperty, AnyTreeComesBackFromItsText) {
  RandomRecipes recipes(77'001);
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const std::vector<Execution> all = executions(*scop, program.bound);
    for (int r = 0; r < 20; ++r) {
      const Schedule schedule = recipes.draw(scop);
      if (!schedule.hasSourceStorage())
        continue; // orders other instances
      SCOPED_TRACE(program.name + ": " + recipeText(schedule));
      const Step step = *parseStep(toText(makeScheduleStep(schedule.tree())));
      const Result<Schedule> copy = apply(Schedule::original(scop), step);
      ASSERT_TRUE(copy) << copy.error().message;
      EXPECT_EQ(defectOf(copy->tree(), *scop), "");
      EXPECT_EQ(loopNames(copy->tree()), loopNames(schedule.tree()));
      EXPECT_TRUE(haveSameOrder(copy->tree(), schedule.tree(), *scop));
      for (const Execution& execution : all)
        EXPECT_EQ(NewOrder(*copy, execution).sequential(), NewOrder(schedule, execution).sequential());
    }
  }
}

} // namespace
} // namespace polyloom::test
