// Verdicts on what a gesture would append.
#include "core/snapshot/make_drops.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <vector>

namespace polyloom::test {
namespace {

using Verdict = DropInfo::Verdict;

std::vector<Verdict> verdictsOn(const std::string& program, const std::string& recipe, const std::vector<std::string>& candidates,
                                bool reassociate = false) {
  const ScopPtr scop = named(program);
  std::vector<Verdict> verdicts;
  judgeDrops(scop, computeDependences(*scop), *parseRecipe(recipe), candidates, reassociate, [&](const DropInfo& drop) {
    EXPECT_EQ(drop.lines, candidates[verdicts.size()]);
    EXPECT_FALSE(drop.sentence.empty());
    verdicts.push_back(drop.verdict);
    return true;
  });
  return verdicts;
}

TEST(Drops, AreJudgedAsTheNextStepsOfTheRecipe) {
  EXPECT_EQ(verdictsOn("jacobi-1d", "", {"fuse i j", "shift S1 j by 1\nfuse i j", "interchange t i", "no step"}),
            (std::vector<Verdict>{Verdict::Illegal, Verdict::Legal, Verdict::Refused, Verdict::Refused}));
  EXPECT_EQ(verdictsOn("jacobi-1d", "shift S1 j by 1\nfuse i j\n", {"tile t i by 4 4", "tile t i by 1 8", "skew i by 2 t\ntile t i by 4 4"}),
            (std::vector<Verdict>{Verdict::Illegal, Verdict::Legal, Verdict::Legal}));
}

TEST(Drops, OfReductionsDependOnWhetherTheyMayBeReordered) {
  EXPECT_EQ(verdictsOn("gemm", "", {"reverse k"}), std::vector<Verdict>{Verdict::Illegal});
  EXPECT_EQ(verdictsOn("gemm", "", {"reverse k"}, true), std::vector<Verdict>{Verdict::Legal});
}

TEST(Drops, EndWhereNobodyWantsMore) {
  const ScopPtr scop = named("gemm");
  int told = 0;
  judgeDrops(scop, computeDependences(*scop), {}, std::vector<std::string>{"reverse i", "reverse j", "reverse k"}, false,
             [&](const DropInfo&) { return ++told < 2; });
  EXPECT_EQ(told, 2);
}

} // namespace
} // namespace polyloom::test
