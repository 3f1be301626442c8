// What the window shows of a recipe.
#include "core/program/dependences.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace polyloom::test {
namespace {

ScheduleSnapshot snapshotOf(const std::string& program, const std::string& recipe) {
  const ScopPtr scop = named(program);
  return makeScheduleSnapshot(scop, computeDependences(*scop), *parseRecipe(recipe));
}

std::vector<std::string> names(const std::vector<LoopTreeNode>& tree) {
  std::vector<std::string> result;
  for (const LoopTreeNode& node : tree)
    result.push_back(std::string(static_cast<std::size_t>(node.depth), ' ') + node.name);
  return result;
}

TEST(ScheduleSnapshot, ShowsTheTreeInOrderWithBadges) {
  const ScheduleSnapshot snapshot = snapshotOf("jacobi-1d", "parallel i\nvectorize j by 4\n");
  EXPECT_EQ(names(snapshot.tree), (std::vector<std::string>{"t", " i", "  S0", " jt", "  j", "   S1"}));
  EXPECT_FALSE(snapshot.tree[0].parallelLegal);
  EXPECT_TRUE(snapshot.tree[1].parallelLegal);
  EXPECT_TRUE(snapshot.tree[1].parallel);
  EXPECT_TRUE(snapshot.tree[3].isTile);
  EXPECT_EQ(snapshot.tree[4].vectorWidth, 4);
  EXPECT_EQ(snapshot.verdict.kind, VerdictInfo::Kind::Legal);
}

TEST(ScheduleSnapshot, ShowsTheDependencesOfThePresentStorage) {
  const ScheduleSnapshot snapshot = snapshotOf("gemm", "pack A at i\n");
  EXPECT_EQ(names(snapshot.tree), (std::vector<std::string>{"i", " i_2", "  k_2", "   A_i_in", " j", "  S0", "  k", "   S1"}));
  EXPECT_TRUE(snapshot.tree[0].parallelLegal); // each thread would have a buffer of its own
  const auto isFilling = [](const DependenceInfo& info) {
    return info.kind == DependenceInfo::Kind::Flow && info.array == "A_i" && info.from == "A_i_in" && info.to == "S1";
  };
  EXPECT_EQ(std::ranges::count_if(snapshot.dependences, isFilling), 1);
  for (const CodeLine& line : snapshot.code)
    EXPECT_LT(line.statement, 2); // the copies are no statements of the source
}

TEST(ScheduleSnapshot, TellsWhatAChangeOfStorageLoses) {
  const ScheduleSnapshot snapshot = snapshotOf("local-array", "fuse i y\ncontract tmp along i to 1\nreverse i\n");
  EXPECT_EQ(snapshot.steps[1].outcome, StepInfo::Outcome::Illegal);
  ASSERT_FALSE(snapshot.verdict.witnesses.empty());
  EXPECT_EQ(snapshot.verdict.witnesses.front().array, "tmp");
  EXPECT_EQ(snapshot.verdict.witnesses.front().cell, "tmp[0]");
}

TEST(ScheduleSnapshot, ShowsTheOrderBeforeARefusedStep) {
  const ScheduleSnapshot snapshot = snapshotOf("jacobi-1d", "reverse i\ninterchange t i\nreverse j\n");
  ASSERT_EQ(snapshot.steps.size(), 2U);
  EXPECT_EQ(snapshot.steps[0].outcome, StepInfo::Outcome::Applied);
  EXPECT_EQ(snapshot.steps[1].outcome, StepInfo::Outcome::Refused);
  EXPECT_EQ(snapshot.steps[1].message, "i is not alone inside t: loop j shares its body; distribute t after S0 first");
  EXPECT_EQ(snapshot.recipe, "reverse i\n");
}

TEST(ScheduleSnapshot, SaysWhichStepBrokeTheOrderAndWhichOneMendedIt) {
  const ScheduleSnapshot snapshot = snapshotOf("jacobi-1d", "fuse i j\nshift S1 i by 1\n");
  ASSERT_EQ(snapshot.steps.size(), 2U);
  EXPECT_EQ(snapshot.steps[0].outcome, StepInfo::Outcome::Illegal);
  EXPECT_EQ(snapshot.steps[0].message, "S1[t=0, j=1] overwrites A[1] before S0[t=0, i=2] has read it");
  EXPECT_EQ(snapshot.steps[1].outcome, StepInfo::Outcome::Applied);
  EXPECT_EQ(snapshot.verdict.kind, VerdictInfo::Kind::Legal);
}

TEST(ScheduleSnapshot, ShowsTheStepsThatSugarStandsFor) {
  const ScheduleSnapshot snapshot = snapshotOf("jacobi-1d", "shift S1 j by 1\nfuse i j\ndiamond t i by 8 8 slope 2\n");
  ASSERT_EQ(snapshot.steps.size(), 3U);
  EXPECT_TRUE(snapshot.steps[1].expands.empty());
  const std::vector<std::string>& parts = snapshot.steps[2].expands;
  ASSERT_FALSE(parts.empty());
  EXPECT_EQ(parts.front(), "skew i by 2 t");
  EXPECT_EQ(parts.back(), "wavefront tt it");
  EXPECT_EQ(snapshot.recipe, "shift S1 j by 1\nfuse i j\ndiamond t i by 8 8 slope 2\n");
  EXPECT_EQ(snapshot.verdict.kind, VerdictInfo::Kind::Legal);
}

TEST(ScheduleSnapshot, LinksLinesOfCodeToLoopsAndStatements) {
  const ScheduleSnapshot snapshot = snapshotOf("gemm", "");
  int loops = 0;
  int statements = 0;
  for (const CodeLine& line : snapshot.code) {
    loops += line.loop.empty() ? 0 : 1;
    statements += line.statement >= 0 ? 1 : 0;
    EXPECT_TRUE(line.loop != "k" || line.text.find("for (long k") != std::string::npos) << line.text;
  }
  EXPECT_EQ(loops, 3);
  EXPECT_EQ(statements, static_cast<int>(named("gemm")->statements.size()));
}

TEST(ScheduleSnapshot, LeavesTheCodeOutWhereNobodyWantsIt) {
  const ScopPtr scop = named("gemm");
  const Dependences dependences = computeDependences(*scop);
  EXPECT_FALSE(makeScheduleSnapshot(scop, dependences, {}).code.empty());
  const ScheduleSnapshot judged = makeScheduleSnapshot(scop, dependences, {}, {.withCode = false});
  EXPECT_TRUE(judged.code.empty());
  EXPECT_EQ(judged.verdict.kind, VerdictInfo::Kind::Legal);
}

TEST(ScheduleSnapshot, MarksTheDependencesThatAreViolated) {
  const ScheduleSnapshot snapshot = snapshotOf("jacobi-1d", "fuse i j\n");
  int violated = 0;
  for (const DependenceInfo& dependence : snapshot.dependences)
    violated += dependence.violated ? 1 : 0;
  EXPECT_EQ(snapshot.verdict.kind, VerdictInfo::Kind::Illegal);
  EXPECT_EQ(violated, static_cast<int>(snapshot.verdict.witnesses.size()));
  EXPECT_GT(violated, 0);
}

TEST(ProgramSnapshot, ReadsAccessesInTheSourcesIterators) {
  const ProgramSnapshot program = makeProgramSnapshot(*named("jacobi-1d"));
  ASSERT_EQ(program.statements.size(), 2U);
  EXPECT_EQ(program.statements[1].accesses,
            (std::vector<std::string>{"writes A[j]", "reads B[j - 1]", "reads B[j]", "reads B[j + 1]"}));
}

TEST(Range, HasItsEndsAsNumbers) {
  const ScopPtr scop = named("jacobi-1d");
  const Dependences dependences = computeDependences(*scop);
  const RangeInfo shift = makeRange(scop, dependences, *parseRecipe("fuse i j\n"), "shift S1 j by ?");
  EXPECT_FALSE(shift.isKnown) << "there is no loop j any more";
  const RangeInfo range = makeRange(scop, dependences, {}, "skew i by ? t");
  ASSERT_TRUE(range.isKnown) << range.sentence;
  EXPECT_FALSE(range.isEmpty);
  EXPECT_FALSE(range.minimum || range.maximum);
}

TEST(AtOnce, ComesAsLinesOrAsAReason) {
  const ScopPtr scop = named("jacobi-1d");
  const Dependences dependences = computeDependences(*scop);
  const AtOnceInfo row = makeAtOnce(scop, dependences, {}, {"t", "i"}, {{1, 2}, {1, 3}});
  EXPECT_EQ(row.lines, std::vector<std::string>{"parallel i"});
  EXPECT_EQ(row.loop, "i");
  const AtOnceInfo column = makeAtOnce(scop, dependences, {}, {"t", "i"}, {{1, 2}, {2, 2}});
  EXPECT_TRUE(column.lines.empty());
  EXPECT_FALSE(column.sentence.empty());
}

} // namespace
} // namespace polyloom::test
