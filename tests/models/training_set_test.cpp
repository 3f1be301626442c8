#include "models/data/training_set.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace polyloom::test {
namespace {

TrainingSet shapes(int programs, int perShape) {
  TrainingSet set;
  for (int p = 0; p < programs; ++p)
    set.programs.emplace_back().shape = "shape" + std::to_string(p / perShape);
  return set;
}

TEST(Split, KeepsProgramsOfOneShapeTogether) {
  const TrainingSet set = shapes(3000, 3);
  const Split parts = split(set, {}, 7);
  std::map<std::string, const std::vector<int>*> partOf;
  for (const std::vector<int>* part : {&parts.training, &parts.validation, &parts.test})
    for (const int program : *part)
      EXPECT_EQ(partOf.try_emplace(set.programs[static_cast<std::size_t>(program)].shape, part).first->second, part);
  EXPECT_EQ(parts.training.size() + parts.validation.size() + parts.test.size(), 3000U);
  EXPECT_NEAR(static_cast<double>(parts.test.size()), 600, 120);
  EXPECT_NEAR(static_cast<double>(parts.validation.size()), 300, 90);
}

TEST(Split, StaysWhenTheSetGrowsAndChangesWithTheSeed) {
  const Split small = split(shapes(500, 1), {}, 7), large = split(shapes(1000, 1), {}, 7);
  const auto end = std::ranges::lower_bound(large.test, 500);
  EXPECT_EQ(small.test, std::vector<int>(large.test.begin(), end));
  EXPECT_NE(small.test, split(shapes(500, 1), {}, 8).test);
}

TEST(Labels, AreRefusedWhereATimeIsNone) {
  TrainingSet set = syntheticSet(2, 3, 1);
  EXPECT_TRUE(checkLabels(set).has_value());
  set.programs[1].schedules[2].seconds = 0;
  EXPECT_EQ(checkLabels(set).error().code, "bad-labels");
}

TEST(Labels, AreRefusedWhereAnIntervalLiesBeside) {
  TrainingSet set = syntheticSet(1, 1, 1);
  set.programs[0].schedules[0].low = set.programs[0].schedules[0].speedup * 2;
  EXPECT_EQ(checkLabels(set).error().code, "bad-labels");
}

} // namespace
} // namespace polyloom::test
