#include "core/snapshot/learning_curve.h"

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom {
namespace {

const std::string kHead = "member,epoch,training_loss,validation_loss,validation_mape,learning_rate,best\n";

TEST(LearningCurveFile, HoldsAnEpochALine) {
  const auto curve = learningCurveFrom(kHead + "1,1,0.5,0.25,40.5,0.001,1\n1,2,nan,0.3,41,0.002,0\n");
  ASSERT_TRUE(curve) << curve.error().message;
  ASSERT_EQ(curve->size(), 2U);
  EXPECT_EQ((*curve)[0].validationMape, 40.5);
  EXPECT_EQ((*curve)[0].validationError, 0.25);
  EXPECT_TRUE((*curve)[0].isBest);
  EXPECT_TRUE(std::isnan((*curve)[1].trainingLoss));
  EXPECT_EQ((*curve)[1].epoch, 2);
  EXPECT_FALSE((*curve)[1].isBest);
}

TEST(LearningCurveFile, MayHaveOtherColumnsInAnotherOrder) {
  const auto curve = learningCurveFrom("note,best,epoch,member,training_loss,validation_loss,learning_rate,validation_mape\nx,1,7,2,1,2,3,4\n");
  ASSERT_TRUE(curve) << curve.error().message;
  EXPECT_EQ(curve->front().epoch, 7);
  EXPECT_EQ(curve->front().member, 2);
  EXPECT_EQ(curve->front().validationMape, 4);
}

TEST(LearningCurveFile, SaysWhereItIsNone) {
  for (const auto& [text, line] : {std::pair<std::string, int>{"", 1}, {"a,b\n", 1}, {kHead + "1,1,0.5,0.25,40.5,0.001,1\n1,2,0.5", 3},
                                   {kHead + "one,1,0.5,0.25,40.5,0.001,1\n", 2}, {kHead + "0,1,0.5,0.25,40.5,0.001,1\n", 2},
                                   {kHead + "1,nan,0.5,0.25,40.5,0.001,1\n", 2}}) {
    const auto curve = learningCurveFrom(text, "c.csv");
    ASSERT_FALSE(curve) << text;
    EXPECT_EQ(curve.error().code, "bad-curve");
    EXPECT_EQ(curve.error().range.line, line) << text;
    EXPECT_EQ(curve.error().range.file, "c.csv");
  }
}

} // namespace
} // namespace polyloom
