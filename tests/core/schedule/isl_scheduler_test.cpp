#include "core/schedule/isl_scheduler.h"

#include "core/isl/context.h"
#include "core/legality/legality.h"
#include "core/schedule/decompose.h"
#include "core/schedule/integer_rows.h"
#include "core/schedule/order_relation.h"
#include "core/schedule/pull_out.h"
#include "core/schedule/steps/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/oracle/order.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Algorithm = SchedulingOptions::Algorithm;
using Fusion = SchedulingOptions::Fusion;

std::string text(const std::vector<Step>& steps) {
  std::string lines;
  for (const Step& step : steps)
    lines += toText(step) + "\n";
  return lines;
}

ScheduleTree treeAfter(const ScopPtr& scop, const std::vector<Step>& steps) {
  const Replay replayed = replay(scop, steps);
  EXPECT_FALSE(replayed.refusal) << replayed.refusal->message;
  return replayed.schedule.tree();
}

TEST(IntegerRows, CombineToATarget) {
  EXPECT_EQ(combinationOf({{1, 0}, {2, 1}}, {5, 2}), (IntegerRow{1, 2}));
  EXPECT_FALSE(combinationOf({{2, 0}, {0, 1}}, {1, 0}));
  EXPECT_FALSE(combinationOf({{1, 0}}, {1, 1}));
  EXPECT_FALSE(combinationOf({{1, 1}, {2, 2}}, {1, 1}));
  EXPECT_EQ(combinationOf({}, {0, 0}), IntegerRow{});
}

TEST(OrderRelation, TellsOrdersApartAndKnowsEqualOnes) {
  const ScopPtr scop = named("jacobi-1d");
  const ScheduleTree original = Schedule::original(scop).tree();
  EXPECT_TRUE(haveSameOrder(original, scheduled(scop, {"shift S1 j by 3", "parallel i"}).tree(), *scop));
  EXPECT_FALSE(haveSameOrder(original, scheduled(scop, {"reverse i"}).tree(), *scop));
  EXPECT_FALSE(haveSameOrder(original, scheduled(scop, {"fuse i j"}).tree(), *scop));
}

TEST(PlacingLoops, AreTakenAwayBeforeAndAfterALoop) {
  const ScopPtr scop = program("int N, double s[1], double A[N]", "s[0] = 0.0;\n"
                                                                  "for (int i = 0; i < N; i++)\n"
                                                                  "  A[i] = s[0];\n"
                                                                  "s[0] = 1.0;\n");
  const Schedule placed = scheduled(
      scop, {"schedule \"{ domain: '[N] -> { S0[]; S1[i] : 0 <= i < N; S2[] }', child: { schedule: "
             "'[N] -> [{ S0[] -> [0]; S1[i] -> [i]; S2[] -> [N] : N >= 0; S2[] -> [0] : N < 0 }]', child: { sequence: [ { filter: '{ S0[] }' }, "
             "{ filter: '{ S1[i] }' }, { filter: '{ S2[] }' } ] } } }\" as c"});
  const ScheduleTree simpler = withoutPlacingLoops(placed.tree(), *scop, nullptr);
  ASSERT_EQ(simpler.root()->kind, TreeNode::Kind::Sequence);
  EXPECT_EQ(simpler.root()->children.size(), 3U);
  EXPECT_TRUE(haveSameOrder(simpler, placed.tree(), *scop));
  EXPECT_TRUE(haveSameOrder(simpler, Schedule::original(scop).tree(), *scop));
}

TEST(PlacingLoops, StayWhereTheStatementRunsInTheMiddle) {
  const ScopPtr scop = program("int N, double s[1], double A[N]", "s[0] = 0.0;\n"
                                                                  "for (int i = 0; i < N; i++)\n"
                                                                  "  A[i] = 1.0;\n");
  const Schedule placed = scheduled(
      scop, {"schedule \"{ domain: '[N] -> { S0[]; S1[i] : 0 <= i < N }', child: { schedule: "
             "'[{ S0[] -> [5]; S1[i] -> [i] }]', child: { sequence: [ { filter: '{ S0[] }' }, "
             "{ filter: '{ S1[i] }' } ] } } }\" as c"});
  EXPECT_EQ(withoutPlacingLoops(placed.tree(), *scop, nullptr).root()->kind, TreeNode::Kind::Loop);
  // Nothing ties the two statements to each other.
  const Dependences dependences = computeDependences(*scop);
  EXPECT_EQ(withoutPlacingLoops(placed.tree(), *scop, &dependences).root()->kind, TreeNode::Kind::Sequence);
}

/// The steps lead to the order of these lines.
void expectFound(const ScopPtr& scop, const std::vector<std::string>& lines, const std::string& expected) {
  const ScheduleTree target = scheduled(scop, lines).tree();
  const std::optional<std::vector<Step>> steps = decompose(scop, target);
  ASSERT_TRUE(steps);
  EXPECT_EQ(text(*steps), expected);
  EXPECT_TRUE(haveSameOrder(treeAfter(scop, *steps), target, *scop));
}

TEST(Decompose, FindsTheStepsBack) {
  expectFound(named("stencil-2d"), {}, "");
  expectFound(named("stencil-2d"), {"interchange i j"}, "interchange i j\n");
  expectFound(named("stencil-2d"), {"reverse j", "skew j by 2 i"}, "reverse j\nskew j by 2 i\n");
  expectFound(named("stencil-2d"), {"unimodular i j by 1 1; 1 0"}, "unimodular i j by 1 1; 1 0\n");
  expectFound(named("jacobi-1d"), {"shift S1 j by N-1", "fuse i j"}, "shift S1 j by N-1\nfuse i j\n");
  expectFound(named("blur"), {"fuse i y", "shift S1 x by 1", "fuse j x"}, "shift S1 x by 1\nfuse i y\nfuse j x\n");
  expectFound(named("gemm"), {"distribute j after S0", "interchange j_2 k"}, "distribute j after S0\ninterchange j_2 k\n");
  expectFound(named("blur"), {"reorder S1 S0"}, "reorder S1 S0\n");
  expectFound(named("imperfect"), {"distribute i after S0"}, "distribute i after S0\n");
}

TEST(Decompose, SaysNothingWhereDivisionsAreNeeded) {
  EXPECT_FALSE(decompose(named("stencil-2d"), scheduled(named("stencil-2d"), {"tile i by 4"}).tree()));
}

TEST(IslScheduler, MakesASkewedBandForTheStencil) {
  const ScopPtr scop = named("stencil-2d");
  const Result<IslRecipe> found = recipeFromIsl(scop, computeDependences(*scop), {});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->isDecomposed);
  std::vector<Step> tiled = found->steps;
  const std::vector<std::string> loops = loopNames(treeAfter(scop, tiled));
  tiled.push_back(*parseStep("tile " + loops[0] + " " + loops[1] + " by 4 4"));
  EXPECT_EQ(checkLegality(replay(scop, tiled).schedule, computeDependences(*scop)).verdict,
            LegalityReport::Verdict::Legal);
}

TEST(IslScheduler, SaysWhenItWouldTakeTooLong) {
  const ScopPtr scop = named("jacobi-1d");
  const Result<IslRecipe> found = recipeFromIsl(scop, computeDependences(*scop), {}, 100);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, "isl's scheduler needs more work for this program than it may cost; try another "
                                   "algorithm or less fusion");
}

TEST(IslSchedulerProperty, RecipesAreLegalForAllProgramsAndOptions) {
  int decomposed = 0, all = 0;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Dependences dependences = computeDependences(*scop);
    for (const Algorithm algorithm : {Algorithm::Pluto, Algorithm::Feautrier}) {
      for (const Fusion fusion : {Fusion::Balanced, Fusion::Max, Fusion::Min}) {
        SCOPED_TRACE(program.name);
        const Result<IslRecipe> found = recipeFromIsl(scop, dependences, {algorithm, fusion});
        ASSERT_TRUE(found);
        const Replay replayed = replay(scop, found->steps);
        ASSERT_FALSE(replayed.refusal) << replayed.refusal->message;
        EXPECT_EQ(checkLegality(replayed.schedule, dependences).verdict, LegalityReport::Verdict::Legal)
            << text(found->steps);
        ++all;
        decomposed += found->isDecomposed ? 1 : 0;
      }
    }
  }
  EXPECT_GE(2 * decomposed, all) << decomposed << " of " << all;
}

} // namespace
} // namespace polyloom::test
