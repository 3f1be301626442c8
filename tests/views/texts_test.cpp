#include "tests/support/sample_snapshots.h"
#include "views/form_text.h"
#include "views/instance_text.h"

#include <gtest/gtest.h>

namespace polyloom {
namespace {

const std::map<std::string, std::int64_t> kValues = {{"i", 6}, {"t", 3}, {"N", 10}};

TEST(EvaluateIndex, ComputesSumsProductsAndQuotients) {
  EXPECT_EQ(evaluateIndex("i - 1", kValues), 5);
  EXPECT_EQ(evaluateIndex("2 * (i + t) - -N", kValues), 28);
  EXPECT_EQ(evaluateIndex("2i", kValues), 12);
  EXPECT_EQ(evaluateIndex("N / 3 % 2", kValues), 1);
}

TEST(EvaluateIndex, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(evaluateIndex("q", kValues), std::nullopt);
  EXPECT_EQ(evaluateIndex("i +", kValues), std::nullopt);
  EXPECT_EQ(evaluateIndex("i / 0", kValues), std::nullopt);
  EXPECT_EQ(evaluateIndex("max(i, 1)", kValues), std::nullopt);
  EXPECT_EQ(evaluateIndex("", kValues), std::nullopt);
}

TEST(SubstituteAccess, FillsInSubscripts) {
  EXPECT_EQ(substituteAccess("reads A[i - 1]", kValues), "reads A[5]");
  EXPECT_EQ(substituteAccess("writes A[t][2 * i]", kValues), "writes A[3][12]");
  EXPECT_EQ(substituteAccess("reads s", kValues), "reads s");
  EXPECT_EQ(substituteAccess("reads A[q]", kValues), "reads A[q]");
}

TEST(DescribeInstance, TellsNameTileTimeAndAccesses) {
  const auto schedule = samples::schedule(4);
  const auto lines = describeInstance(*samples::program(), schedule->space, 0, 3 * 16 + 5);
  ASSERT_GE(lines.size(), 4U);
  EXPECT_EQ(lines[0], "S0[t=3, i=6]  tile (0, 2)");
  EXPECT_EQ(lines[1].substr(0, 27), "time tt=0, it=2, t=3, i=12 ");
  EXPECT_EQ(lines[2], "writes B[6]");
  EXPECT_EQ(lines[3], "reads A[5]");
}

TEST(ComposeLine, LeavesOutEmptyGroups) {
  const std::string form = "tile {loops} by {sizes} [as {names}]";
  EXPECT_EQ(composeLine(form, {{"loops", "i j"}, {"sizes", "32 64"}, {"names", " "}}), "tile i j by 32 64");
  EXPECT_EQ(composeLine(form, {{"loops", "i j"}, {"sizes", "32 64"}, {"names", "io jo"}}),
            "tile i j by 32 64 as io jo");
  EXPECT_EQ(composeLine(form, {{"loops", "i"}}), "tile i by …");
  EXPECT_FALSE(isComplete(form, {{"loops", "i"}}));
  EXPECT_TRUE(isComplete(form, {{"loops", "i"}, {"sizes", "4"}}));
}

} // namespace
} // namespace polyloom
