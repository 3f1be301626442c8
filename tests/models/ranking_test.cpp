#include "models/evaluation/ranking.h"

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom::test {
namespace {

using Values = std::vector<double>;

TEST(Ranks, ShareTheMeanWhereValuesAreEqual) {
  EXPECT_EQ(ranksOf(Values{3, 1, 3, 2}), (Values{3.5, 1, 3.5, 2}));
  EXPECT_EQ(ranksOf(Values{5, 5, 5}), (Values{2, 2, 2}));
}

TEST(Spearman, IsOneForAnyRisingLawAndMinusOneForAFallingOne) {
  EXPECT_DOUBLE_EQ(spearman(Values{1, 2, 3, 4}, Values{1, 10, 100, 1000}).value(), 1);
  EXPECT_DOUBLE_EQ(spearman(Values{1, 2, 3, 4}, Values{8, 4, 2, 1}).value(), -1);
}

TEST(Spearman, OfOneSwapIsAsCountedByHand) {
  // Ranks 1 2 3 4 5 against 2 1 4 3 5: squared differences 1 1 1 1 0, so 1 - 6 * 4 / (5 * 24).
  EXPECT_DOUBLE_EQ(spearman(Values{1, 2, 3, 4, 5}, Values{2, 1, 4, 3, 5}).value(), 0.8);
}

TEST(Spearman, IsNoneWhereNothingIsOrdered) {
  EXPECT_FALSE(spearman(Values{1}, Values{1}).has_value());
  EXPECT_FALSE(spearman(Values{1, 1}, Values{1, 2}).has_value());
}

TEST(Ndcg, OfTheFirstPlaceIsTheShareOfTheBest) {
  EXPECT_DOUBLE_EQ(ndcg(Values{0.5, 3, 1}, Values{1, 2, 4}, 1).value(), 0.5);
  EXPECT_DOUBLE_EQ(ndcg(Values{0.5, 1, 3}, Values{1, 2, 4}, 1).value(), 1);
}

TEST(Ndcg, OfAllPlacesIsAsCountedByHand) {
  const double third = 1 / std::log2(3.0), fourth = 0.5;
  EXPECT_DOUBLE_EQ(ndcg(Values{3, 2, 1}, Values{1, 2, 4}).value(),
                   (1 + 2 * third + 4 * fourth) / (4 + 2 * third + 1 * fourth));
}

TEST(Ndcg, SharesTheGainsOfEqualPredictions) {
  EXPECT_DOUBLE_EQ(ndcg(Values{1, 1}, Values{1, 3}, 1).value(), 2.0 / 3);
  EXPECT_FALSE(ndcg(Values{}, Values{}).has_value());
}

} // namespace
} // namespace polyloom::test
