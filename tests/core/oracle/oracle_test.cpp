// The oracle can say no: without it, its agreement would mean nothing.
#include "core/oracle/oracle.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

// for (i = N - 2; i >= 0; i--) A[i] = A[i + 1] + A[i];
class OnARecurrence : public ::testing::Test {
protected:
  const ScopPtr scop = named("downward");
  const Oracle oracle{scop, 4};
  const Schedule original = Schedule::original(scop);
  const Schedule reversed = scheduled(scop, {"reverse i"});
  const ClaimedPair honest{.source = {0, {1}}, .sink = {0, {0}}, .sourceWrites = true, .sinkWrites = false,
                           .cell = {0, {1}}, .parameters = {3}};

  std::string refutation(const Schedule& schedule, const ClaimedPair& pair) const {
    return oracle.contradiction(schedule, {.isLegal = false, .pairs = {pair}});
  }
};

TEST_F(OnARecurrence, BelievesTheTruth) {
  EXPECT_EQ(oracle.contradiction(original, {.isLegal = true}), "");
  EXPECT_EQ(refutation(reversed, honest), "");
  EXPECT_TRUE(oracle.keepsConflicts(original));
  EXPECT_FALSE(oracle.keepsConflicts(reversed));
}

TEST_F(OnARecurrence, RefutesThatAnIllegalOrderIsLegal) {
  EXPECT_EQ(oracle.contradiction(reversed, {.isLegal = true}),
            "called legal, but S0[1] has to stay before S0[0] at N = 3");
  for (const char* step : {"parallel i", "vectorize i by 2"})
    EXPECT_NE(oracle.contradiction(scheduled(scop, {step}), {.isLegal = true}), "") << step;
}

TEST_F(OnARecurrence, RefutesAPairThatIsInOrder) {
  EXPECT_EQ(refutation(original, honest),
            "called illegal because of S0[1] and S0[0] at N = 3, but they are still in order");
}

TEST_F(OnARecurrence, RefutesAPairThatDoesNotExist) {
  ClaimedPair pair = honest;
  pair.source.point = {2};
  EXPECT_EQ(refutation(reversed, pair),
            "called illegal because of S0[2] and S0[0] at N = 3, but one of the two does not exist");
}

TEST_F(OnARecurrence, RefutesAPairOnAnotherCell) {
  ClaimedPair pair = honest;
  pair.cell.subscripts = {0};
  EXPECT_EQ(refutation(reversed, pair),
            "called illegal because of S0[1] and S0[0] at N = 3, but one of the two does not touch the cell");
}

TEST_F(OnARecurrence, RefutesAPairThatOnlyReads) {
  ClaimedPair pair = honest;
  pair.sourceWrites = false;
  EXPECT_EQ(refutation(reversed, pair),
            "called illegal because of S0[1] and S0[0] at N = 3, but both only read the cell");
}

TEST_F(OnARecurrence, RefutesAPairThatTheSourceExecutesTheOtherWayRound) {
  ClaimedPair pair = honest;
  std::swap(pair.source, pair.sink);
  std::swap(pair.sourceWrites, pair.sinkWrites);
  EXPECT_EQ(refutation(original, pair), "called illegal because of S0[0] and S0[1] at N = 3, but the source executes "
                                        "them the other way round");
}

TEST_F(OnARecurrence, FindsASmallerCase) {
  ClaimedPair pair = honest;
  pair.parameters = {4};
  EXPECT_EQ(refutation(reversed, pair), "there is a smaller case: S0[1] has to stay before S0[0] at N = 3");
}

TEST_F(OnARecurrence, WantsAPair) {
  EXPECT_EQ(oracle.contradiction(reversed, {.isLegal = false}), "called illegal without a pair that shows it");
}

TEST(Oracle, LetsReductionsTurnWhereTheyMay) {
  const ScopPtr scop = program("int N, double s[1], double A[N]", "for (int i = 0; i < N; i++)\n  s[0] += A[i];\n");
  const Oracle oracle(scop, 4);
  const Schedule reversed = scheduled(scop, {"reverse i"});
  EXPECT_EQ(oracle.contradiction(reversed, {.isLegal = true, .mayReassociate = true}), "");
  EXPECT_NE(oracle.contradiction(reversed, {.isLegal = true}), "");
  EXPECT_NE(oracle.contradiction(scheduled(scop, {"parallel i"}), {.isLegal = true, .mayReassociate = true}), "");
  const ClaimedPair pair{.source = {0, {0}}, .sink = {0, {1}}, .sourceWrites = true, .sinkWrites = true, .cell = {0, {0}},
                         .parameters = {2}};
  EXPECT_EQ(oracle.contradiction(reversed, {.isLegal = false, .mayReassociate = true, .pairs = {pair}}),
            "called illegal because of S0[0] and S0[1] at N = 2, but a reduction may take them in any order");
}

TEST(Oracle, TakesNoLargerSizesOnceItHasEnough) {
  const ScopPtr scop = named("downward");
  EXPECT_EQ(Oracle(scop, 6).executions().back().parameters, Values{6});
  EXPECT_EQ(Oracle(scop, 6, 2).executions().back().parameters, Values{4});
}

TEST(Execution, FindsTheConflictsOfARecurrence) {
  const Execution execution = execute(*named("downward"), {4});
  ASSERT_EQ(execution.instances.size(), 3U);
  EXPECT_EQ(execution.instances.front().point, std::vector<std::int64_t>{2}); // it counts down
  EXPECT_EQ(execution.conflicts, (std::vector<Conflict>{{0, 1}, {1, 2}}));
}

} // namespace
} // namespace polyloom::test
