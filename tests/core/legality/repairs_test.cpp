#include "core/legality/repairs.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

std::vector<Repair> repairsOf(const std::string& program, const std::string& recipe) {
  const ScopPtr scop = named(program);
  return findRepairs(scop, computeDependences(*scop), parseRecipe(recipe)->steps);
}

std::vector<std::string> sentences(const std::vector<Repair>& repairs) {
  std::vector<std::string> result;
  for (const Repair& repair : repairs)
    result.push_back(repair.sentence);
  return result;
}

TEST(Repairs, ShiftTheConsumerBeforeAFusion) {
  const std::vector<Repair> repairs = repairsOf("jacobi-1d", "fuse i j\n");
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs.front().sentence, "shift S1 j by 1 before fuse i j");
}

TEST(Repairs, AreLegalAndKeepTheOtherSteps) {
  const ScopPtr scop = named("jacobi-1d");
  const Dependences dependences = computeDependences(*scop);
  const std::vector<Repair> repairs = repairsOf("jacobi-1d", "reverse t\nparallel i\n");
  ASSERT_FALSE(repairs.empty());
  for (const Repair& repair : repairs) {
    const Replay replayed = replay(scop, repair.steps);
    EXPECT_FALSE(replayed.refusal);
    EXPECT_EQ(checkLegality(replayed.schedule, dependences).verdict, LegalityReport::Verdict::Legal);
    EXPECT_EQ(toText(repair.steps.back()), "parallel i");
  }
  EXPECT_EQ(repairs.back().sentence, "leave out reverse t");
}

TEST(Repairs, SkewBeforeTiling) {
  EXPECT_EQ(repairsOf("stencil-2d", "tile i j by 4 4\n").front().sentence,
            "skew j by 1 i before tile i j by 4 4");
}

TEST(Repairs, LeaveOutWhatNothingElseMends) {
  EXPECT_EQ(sentences(repairsOf("gemm", "reverse k\nparallel i\n")), (std::vector<std::string>{"leave out reverse k"}));
}

TEST(Repairs, AreNoneForALegalRecipe) { EXPECT_TRUE(repairsOf("jacobi-1d", "parallel i\n").empty()); }

} // namespace
} // namespace polyloom::test
