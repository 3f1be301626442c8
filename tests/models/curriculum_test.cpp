#include "models/training/curriculum.h"
#include "models/training/learning_rate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace polyloom::test {
namespace {

/// Program k has difficulty k and k % 5 + 1 schedules.
TrainingSet setOf(int programs) {
  TrainingSet set;
  for (int p = 0; p < programs; ++p) {
    LabeledProgram& program = set.programs.emplace_back();
    program.difficulty = p;
    program.schedules.resize(static_cast<std::size_t>(p % 5 + 1));
  }
  return set;
}

std::set<int> chosen(Curriculum curriculum, int epoch) {
  const TrainingSet set = setOf(30);
  std::vector<int> all(30);
  std::iota(all.rbegin(), all.rend(), 0);
  const std::vector<int> programs = programsOfEpoch(set, all, curriculum, epoch, 9, 4);
  const std::set<int> unique(programs.begin(), programs.end());
  EXPECT_EQ(unique.size(), programs.size()) << "no program twice";
  return unique;
}

std::set<int> range(int from, int to) {
  std::set<int> numbers;
  for (int number = from; number < to; ++number)
    numbers.insert(number);
  return numbers;
}

TEST(Curriculum, ShuffledTakesAll) { EXPECT_EQ(chosen(Curriculum::Shuffled, 0), range(0, 30)); }

TEST(Curriculum, SequentialTakesOneStageAtATime) {
  EXPECT_EQ(chosen(Curriculum::Sequential, 0), range(0, 10));
  EXPECT_EQ(chosen(Curriculum::Sequential, 3), range(10, 20));
  EXPECT_EQ(chosen(Curriculum::Sequential, 8), range(20, 30));
}

TEST(Curriculum, IncrementalAddsStages) {
  EXPECT_EQ(chosen(Curriculum::Incremental, 2), range(0, 10));
  EXPECT_EQ(chosen(Curriculum::Incremental, 5), range(0, 20));
  EXPECT_EQ(chosen(Curriculum::Incremental, 8), range(0, 30));
}

TEST(Curriculum, HybridTakesAStageAndSomeOfAll) {
  const std::set<int> programs = chosen(Curriculum::Hybrid, 8);
  EXPECT_TRUE(std::ranges::includes(programs, range(20, 30)));
  EXPECT_GT(programs.size(), 10U);
  EXPECT_LE(programs.size(), 20U);
}

TEST(Curriculum, ChangesItsOrderByEpochAndRepeatsIt) {
  const TrainingSet set = setOf(30);
  std::vector<int> all(30);
  std::iota(all.begin(), all.end(), 0);
  const auto order = [&](int epoch) { return programsOfEpoch(set, all, Curriculum::Shuffled, epoch, 9, 4); };
  EXPECT_EQ(order(1), order(1));
  EXPECT_NE(order(1), order(2));
}

TEST(Curriculum, HasNames) {
  EXPECT_EQ(curriculumFrom("hybrid").value(), Curriculum::Hybrid);
  EXPECT_EQ(curriculumFrom("easy first").error().code, "bad-option");
}

TEST(Batches, HoldEveryScheduleOnce) {
  const TrainingSet set = setOf(20);
  std::vector<int> all(20);
  std::iota(all.begin(), all.end(), 0);
  std::set<std::pair<int, int>> seen;
  for (const std::vector<SampleId>& batch : batchesOf(set, all, 7, 2, 3)) {
    EXPECT_LE(batch.size(), 7U);
    for (const SampleId sample : batch)
      EXPECT_TRUE(seen.insert({sample.program, sample.schedule}).second);
  }
  EXPECT_EQ(seen.size(), set.schedules());
}

TEST(Batches, KeepAPartThatIsLargerThanABatch) {
  const TrainingSet set = setOf(5);
  const std::vector<int> last = {4};
  EXPECT_EQ(batchesOf(set, last, 2, 5, 1).size(), 1U);
}

TEST(LearningRate, RisesAndFalls) {
  EXPECT_NEAR(learningRateAt(0, 1), 1.0 / 25, 1e-12);
  EXPECT_NEAR(learningRateAt(0.3, 1), 1, 1e-12);
  EXPECT_NEAR(learningRateAt(1, 1), 1.0 / 25 / 1e4, 1e-12);
  EXPECT_NEAR(learningRateAt(0.65, 1), 0.5, 1e-3) << "half way down the cosine";
  for (double at = 0.3; at < 1; at += 0.01)
    EXPECT_GE(learningRateAt(at, 1), learningRateAt(at + 0.01, 1));
}

} // namespace
} // namespace polyloom::test
