// What every step keeps: the instances, and the tree's own promises.
#include "core/schedule/schedule_tree.h"

#include "core/schedule/tree_edit.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"
#include "tests/support/well_formed.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(ScheduleTree, IsWellFormedForEveryProgram) {
  for (const NamedProgram& candidate : namedPrograms())
    EXPECT_EQ(defectOf(Schedule::original(named(candidate.name)).tree(), *named(candidate.name)), "") << candidate.name;
}

TEST(ScheduleTree, StaysWellFormedThroughRandomRecipes) {
  RandomRecipes recipes(5);
  for (const NamedProgram& candidate : namedPrograms()) {
    const ScopPtr scop = named(candidate.name);
    for (int r = 0; r < 25; ++r) {
      const Schedule schedule = recipes.draw(scop);
      EXPECT_EQ(defectOf(schedule.tree(), schedule.program()), "") << candidate.name << ": " << recipeText(schedule);
    }
  }
}

/// The original tree of jacobi-1d with its root's child or grandchild changed.
ScheduleTree changed(const std::function<void(TreeNode&)>& change) {
  const ScheduleTree tree = Schedule::original(named("jacobi-1d")).tree();
  TreeNode sequence = *tree.root()->children.front();
  change(sequence);
  return ScheduleTree(withChild(*tree.root(), std::make_shared<const TreeNode>(std::move(sequence))));
}

TEST(ScheduleTree, IsIllFormedWhereSomethingIsLostOrDoubled) {
  const Scop& scop = *named("jacobi-1d");
  EXPECT_EQ(defectOf(changed([](TreeNode& node) { node.children.pop_back(); }), scop),
            "the tree holds other instances than the program");
  EXPECT_EQ(defectOf(changed([](TreeNode& node) { node.children.push_back(node.children.front()); }), scop),
            "children of a sequence share instances");
  const auto renamed = [](TreeNode& node) {
    TreeNode loop = *node.children.front();
    loop.name = "t";
    node.children.front() = std::make_shared<const TreeNode>(std::move(loop));
  };
  EXPECT_EQ(defectOf(changed(renamed), scop), "two loops called \"t\"");
  const auto valueless = [](TreeNode& node) {
    TreeNode loop = *node.children.front();
    loop.values.clear();
    node.children.front() = std::make_shared<const TreeNode>(std::move(loop));
  };
  EXPECT_EQ(defectOf(changed(valueless), scop), "i has values for other statements than those below it");
}

TEST(ScheduleTree, NegatesLoopsThatCountDown) {
  const TreePtr root = Schedule::original(named("strided-pair")).tree().root()->children.front();
  EXPECT_EQ(root->stride, 2);
  EXPECT_EQ(root->values.at("S0").as_map().is_equal(isl::map(root->domain.ctx(), "[N] -> { S0[i] -> [-i] }")), true);
}

TEST(ScheduleTree, FlattensBlocksInBraces) {
  const ScopPtr scop = program("int N, double A[N]", "for (int i = 0; i < N; i++) {\n  { A[i] = 1.0; { A[i] = 2.0; } }\n"
                                                     "  A[i] = 3.0;\n}\n");
  EXPECT_EQ(Schedule::original(scop).tree().root()->children.front()->children.size(), 3U);
  EXPECT_EQ(defectOf(Schedule::original(scop).tree(), *scop), "");
}

TEST(ScheduleTree, NamesLoopsOfTheSameIteratorBySuffix) {
  const ScopPtr scop = program("int N, double A[N]", "for (int i = 0; i < N; i++)\n  A[i] = 1.0;\n"
                                                     "for (int i = 0; i < N; i++)\n  A[i] = 2.0;\n"
                                                     "for (int i = 0; i < N; i++)\n  A[i] = 3.0;\n");
  EXPECT_EQ(loopNames(Schedule::original(scop).tree()), (std::vector<std::string>{"i", "i_2", "i_3"}));
  EXPECT_EQ(loopNames(scheduled(scop, {"fuse i i_2", "tile i_3 by 4"}).tree()),
            (std::vector<std::string>{"i", "i_3t", "i_3"}));
}

TEST(LoopMark, ReadsBackWhatItWrote) {
  for (const LoopAttributes& attributes :
       {LoopAttributes{}, {.parallel = true}, {.vectorWidth = 8}, {.unroll = 4}, {.unroll = kUnrollFull},
        {.parallel = true, .vectorWidth = 16, .unroll = 2}}) {
    const LoopMark mark = loopMarkFromText(toText(LoopMark{"it_2", attributes}));
    EXPECT_EQ(mark.name, "it_2");
    EXPECT_EQ(mark.attributes, attributes);
  }
}

TEST(Schedule, KeepsTheRecipeThatLedToIt) {
  const Schedule schedule = scheduled(named("gemm"), {"tile i j by 2 3", "parallel it"});
  EXPECT_EQ(recipeText(schedule), "tile i j by 2 3; parallel it");
}

TEST(Schedule, IsAValueThatStepsDoNotChange) {
  const Schedule before = Schedule::original(named("gemm"));
  const std::string text = code(before);
  ASSERT_TRUE(apply(before, *parseStep("reverse i")));
  EXPECT_EQ(code(before), text);
  EXPECT_TRUE(before.recipe().empty());
}

TEST(Replay, StopsAtTheFirstRefusal) {
  const Replay replayed = replay(named("gemm"), {*parseStep("reverse i"), *parseStep("reverse z"), *parseStep("reverse j")});
  EXPECT_EQ(recipeText(replayed.schedule), "reverse i");
  ASSERT_TRUE(replayed.refusal);
  EXPECT_EQ(replayed.refusal->code, "unknown-loop");
}

} // namespace
} // namespace polyloom::test
