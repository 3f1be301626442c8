#include "models/data/flat_tree.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>

#include <limits>

namespace polyloom::test {
namespace {

ScheduleFeatures good() { return syntheticSchedule(3, 2, -8).features; }

std::string messageOf(const ScheduleFeatures& features) {
  const Result<FlatTree> tree = flatten(features, tinyTable());
  return tree ? "" : tree.error().message;
}

TEST(FlatTree, LaysRowsEndToEnd) {
  const ScheduleFeatures features = good();
  const FlatTree tree = flatten(features, tinyTable()).value();
  EXPECT_EQ(tree.statements(), 2U);
  EXPECT_EQ(tree.loopParents.size(), features.loops.size());
  EXPECT_EQ(static_cast<std::size_t>(tree.pathLengths[1]), features.statements[1].loops.size());
  const std::span<const float> row = tree.row(FeatureKind::Statement, 1, 2);
  EXPECT_EQ(ScheduleFeatures::Row(row.begin(), row.end()), features.statements[1].row);
  EXPECT_EQ(tree.pathLoops.back(), features.statements[1].loops.back());
}

TEST(FlatTree, RefusesARowOfAnotherLength) {
  ScheduleFeatures features = good();
  features.statements[0].row.push_back(1);
  EXPECT_EQ(messageOf(features), "2 statement rows have 5 numbers, not 2 each");
}

TEST(FlatTree, RefusesRowsWhoseLengthsMakeUpForEachOther) {
  ScheduleFeatures features = good();
  features.statements[0].row.push_back(1);
  features.statements[1].row.pop_back();
  EXPECT_EQ(messageOf(features), "a row has another length than its kind's");
}

TEST(FlatTree, RefusesWhatIsNoNumber) {
  ScheduleFeatures features = good();
  features.program[0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(messageOf(features), "a program row holds a number that is not finite");
}

TEST(FlatTree, RefusesIndexesThatLeaveTheirList) {
  ScheduleFeatures features = good();
  features.statements[1].loops[0] = 99;
  EXPECT_EQ(messageOf(features), "a statement names a loop that is not there");
  features = good();
  features.loops[0].parent = 0;
  EXPECT_EQ(messageOf(features), "a loop stands before its parent");
}

TEST(FlatTree, RefusesNoStatementsAndTooMany) {
  ScheduleFeatures features = good();
  features.statements.clear();
  EXPECT_EQ(messageOf(features), "the features hold 0 statements; wanted 1 to 512");
  features.statements.assign(kMostStatements + 1, good().statements[0]);
  EXPECT_NE(messageOf(features), "");
}

TEST(FeatureTable, SaysWhichNameIsMissing) {
  EXPECT_EQ(tinyTable().find(FeatureKind::Loop, "parallel").value(), 1U);
  EXPECT_EQ(tinyTable().find(FeatureKind::Access, "reuse").error().message,
            "the features have no access feature named \"reuse\", which the network builds on");
}

} // namespace
} // namespace polyloom::test
