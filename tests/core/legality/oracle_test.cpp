// The verdict against brute force on programs with names: every instance, every conflict, the new order, one by one.
// `bench --oracle` (tests/app/cli/oracle_bench_test.cpp) does the same on generated programs.
#include "app/proof/judged_pair.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Verdict = LegalityReport::Verdict;

TEST(LegalityOracle, AgreesWithBruteForceOnRandomRecipes) {
  constexpr int kRecipesPerProgram = 80;
  RandomRecipes recipes(20'240'607, 1, 5);
  std::map<Verdict, int> verdicts;
  int all = 0;
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const Dependences dependences = computeDependences(*scop);
    const Oracle oracle(scop, program.bound);
    ASSERT_FALSE(oracle.executions().empty()) << program.name;
    const auto staysLegal = [&](const Schedule& schedule) { return oracle.keepsConflicts(schedule); };
    for (int r = 0; r < kRecipesPerProgram; ++r) {
      const Schedule schedule = r % 2 == 0 ? recipes.draw(scop, staysLegal) : recipes.draw(scop);
      const JudgedPair pair = judgePair(schedule, dependences, oracle, r % 4 == 3);
      EXPECT_EQ(pair.disagreement, "") << program.name << ": " << recipeText(schedule);
      EXPECT_TRUE(pair.verdict != Verdict::Unknown || !schedule.hasSourceStorage());
      ++verdicts[pair.verdict];
      ++all;
    }
  }
  EXPECT_GE(all, 600);
  EXPECT_LE(400 * verdicts[Verdict::Unknown], all); // through the divisions of skewed tiles
  EXPECT_GE(4 * verdicts[Verdict::Legal], all);
  EXPECT_GE(4 * verdicts[Verdict::Illegal], all);
  for (const StepKind& kind : catalogue())
    EXPECT_GE(recipes.applied().contains(std::string(kind.name)) ? recipes.applied().at(std::string(kind.name)) : 0, 10)
        << kind.name;
}

// One dependence may be violated in two places: the sentence shows the smaller case.
TEST(Witness, IsTheSmallestOverAllPlacesOfADependence) {
  const ScopPtr scop = program("int N, double C[1][N + 1]", "for (int i = 0; i < N; i++)\n"
                                                            "  C[0][i] = (C[0][i] + C[0][i + 1]) / 3.0;\n");
  const Dependences dependences = computeDependences(*scop);
  const Schedule schedule = scheduled(scop, {"tile i by 3 as x", "reverse x", "reverse i"});
  const Claim claim = claimOf(*scop, checkLegality(schedule, dependences), false);
  ASSERT_FALSE(claim.pairs.empty());
  EXPECT_EQ(claim.pairs.front().parameters, Values{2});
}

// What the code executes is compared with the schedule, not with the source.
TEST(OrderFault, IsNoneForTheSchedulesOwnCode) {
  const ScopPtr scop = named("triangular");
  EXPECT_EQ(orderFault(scheduled(scop, {"tile i j by 2 3", "reverse j"}), Oracle(scop, 4)), std::optional<std::string>(""));
}

} // namespace
} // namespace polyloom::test
