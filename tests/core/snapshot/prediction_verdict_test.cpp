#include "core/snapshot/prediction_verdict.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(PredictionVerdict, AgreesWhereTheIntervalsShareASpeedup) {
  EXPECT_EQ(judgePrediction({2, 3}, {2.5, 2.6}), PredictionVerdict::Agrees);
  EXPECT_EQ(judgePrediction({2, 3}, {3, 4}), PredictionVerdict::Agrees) << "an end is enough";
  EXPECT_EQ(judgePrediction({3, 4}, {2, 3}), PredictionVerdict::Agrees);
  EXPECT_EQ(judgePrediction({0.5, 0.5}, {0.5, 0.5}), PredictionVerdict::Agrees);
}

TEST(PredictionVerdict, IsModelWrongWhereTheyShareNone) {
  EXPECT_EQ(judgePrediction({2, 3}, {3.001, 4}), PredictionVerdict::ModelWrong);
  EXPECT_EQ(judgePrediction({2, 3}, {1, 1.999}), PredictionVerdict::ModelWrong);
  EXPECT_EQ(judgePrediction({0.5, 0.9}, {0.95, 1.2}), PredictionVerdict::ModelWrong) << "only one holds 1";
}

TEST(PredictionVerdict, IsNotDistinguishableWhereBothHoldOne) {
  EXPECT_EQ(judgePrediction({0.5, 2}, {0.98, 1.03}), PredictionVerdict::NotDistinguishable);
  EXPECT_EQ(judgePrediction({0.5, 1}, {1, 2}), PredictionVerdict::NotDistinguishable) << "ends belong to intervals";
  EXPECT_EQ(judgePrediction({0.5, 1.5}, {1.001, 1.2}), PredictionVerdict::Agrees) << "the measured one does not";
  EXPECT_EQ(judgePrediction({1.001, 1.5}, {0.9, 1.2}), PredictionVerdict::Agrees) << "the predicted one does not";
}

} // namespace
} // namespace polyloom::test
