#include "core/schedule/steps/distribute.h"

#include "core/legality/legality.h"
#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"
#include "tests/support/well_formed.h"

namespace polyloom::test {
namespace {

TEST(Distribute, PartsTheBodyAfterTheStatement) {
  EXPECT_EQ(codeAfter(named("imperfect"), {"distribute i after S0"}), R"(
for (long i = 0; i <= N - 1; i++)
  s[i] = 0.0;
for (long i_2 = 0; i_2 <= N - 1; i_2++) {
  for (long j = 0; j <= N - 1; j++)
    s[i_2] = s[i_2] + A[i_2][j] * x[j];
  x[i_2] = s[i_2];
}
)");
}

TEST(Distribute, AStatementStandsForTheLoopThatHoldsIt) {
  EXPECT_EQ(loopNames(scheduled(named("imperfect"), {"distribute i after S1"}).tree()),
            (std::vector<std::string>{"i", "j", "i_2"}));
}

TEST(Distribute, IsUndoneByFusing) {
  EXPECT_EQ(codeAfter(named("imperfect"), {"distribute i after S0", "fuse i i_2"}), codeAfter(named("imperfect"), {}));
}

TEST(Distribute, MakesRoomForInterchange) {
  const Schedule schedule = scheduled(named("gemm"), {"distribute j after S0", "interchange j_2 k"});
  EXPECT_EQ(loopNames(schedule.tree()), (std::vector<std::string>{"i", "j", "k", "j_2"}));
}

TEST(Distribute, GivesTheRestTheNextFreeSuffix) {
  EXPECT_EQ(loopNames(scheduled(named("imperfect"), {"distribute i after S0", "distribute i_2 after S1"}).tree()),
            (std::vector<std::string>{"i", "i_2", "j", "i_3"}));
}

TEST(Distribute, KeepsAllInstances) {
  const ScopPtr scop = named("imperfect");
  EXPECT_EQ(defectOf(scheduled(scop, {"tile i by 4", "distribute i after S1", "distribute it after S0"}).tree(), *scop),
            "");
}

TEST(Distribute, IsLegalOnlyWhereNothingFlowsBack) {
  const auto verdict = [](const std::string& program, const std::string& line) {
    const ScopPtr scop = named(program);
    return checkLegality(scheduled(scop, {line}), computeDependences(*scop)).verdict;
  };
  EXPECT_EQ(verdict("imperfect", "distribute i after S0"), LegalityReport::Verdict::Legal);
  EXPECT_EQ(verdict("imperfect", "distribute i after S1"), LegalityReport::Verdict::Illegal);
  EXPECT_EQ(verdict("scalar", "distribute i after S0"), LegalityReport::Verdict::Illegal);
}

TEST(Distribute, TakesTheFirstOfAStatementsCopies) {
  const Schedule schedule = scheduled(named("triangular"), {"split j at 2*i", "split j_2 at 3*i", "distribute i after S0"});
  EXPECT_EQ(loopNames(schedule.tree()), (std::vector<std::string>{"i", "j", "i_2", "j_2", "j_3"}));
}

// Between copies of one statement the way to a body of its own is found from the front.
TEST(Distribute, IsProposedFromTheFrontWhereCopiesHideThePlace) {
  const std::vector<std::string> parts = {"split j at 2*i", "split j_2 at 3*i"};
  expectRefused(named("triangular"), {parts[0], parts[1], "interchange i j_2"}, "not-nested",
                "j_2 is not alone inside i: loop j and loop j_3 share its body; distribute i after S0 first");
  expectRefused(named("triangular"), {parts[0], parts[1], "distribute i after S0", "interchange i_2 j_2"}, "not-nested",
                "j_2 is not alone inside i_2: loop j_3 shares its body; distribute i_2 after S0 first");
}

TEST(Distribute, RefusesWhatCannotBeParted) {
  const ScopPtr imperfect = named("imperfect");
  expectRefused(imperfect, {"distribute j after S1"}, "nothing-to-distribute",
                "the body of j is a single statement; there is nothing to part");
  expectRefused(named("gemm"), {"distribute i after S0"}, "nothing-to-distribute",
                "the body of i is a single loop; distribute j after S0 first");
  expectRefused(named("triangular"), {"distribute i after S0"}, "nothing-to-distribute",
                "the body of i is a single loop; there is nothing to part");
  expectRefused(named("gemm"), {"distribute i after S1"}, "nothing-to-distribute",
                "the body of i is a single loop; there is nothing to part");
  expectRefused(imperfect, {"distribute i after S2"}, "nothing-to-distribute",
                "nothing follows S2 in the body of i; reorder S2 S0 first");
  expectRefused(imperfect, {"distribute i after S0", "distribute i_2 after S0"}, "not-nested",
                "S0 is not inside i_2; the statements there are S1 and S2");
  expectRefused(imperfect, {"distribute i after S9"}, "unknown-statement", "no statement is called S9; the statements are S0, S1 and S2");
  expectRefused(imperfect, {"distribute q after S0"}, "unknown-loop", "no loop is called q; the loops are i and j");
  expectRefused(named("jacobi-1d"), {"fuse i j", "distribute t after S1"}, "nothing-to-distribute",
                "the body of t is a single loop; there is nothing to part");
}

} // namespace
} // namespace polyloom::test
