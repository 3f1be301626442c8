// Other places to let a gesture go: what is asked, what is shown, what is forgotten.
#include "tests/views/gesture_fixture.h"

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom {
namespace {

TEST_F(Gestures, ARectangleShowsWhereItCouldEnd) {
  const QPointF start = pixels(0.4, -0.6);
  press(start, Qt::ControlModifier);
  move(pixels(4.6, 3.7), Qt::ControlModifier);
  const QString tile = QStringLiteral("tile t i by 4 4");
  ASSERT_EQ(drops_.size(), 1);
  EXPECT_EQ(drops_[0].value(0), tile) << "what is under the pointer goes first";
  EXPECT_TRUE(drops_[0].contains(QStringLiteral("tile t i by 1 1")));
  EXPECT_LE(drops_[0].size(), 50);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Waiting);
  const QStringList all = drops_[0];
  for (const QString& lines : all)
    answerDrop(lines, lines.endsWith(QLatin1String(" 1")) || lines == tile ? DropInfo::Verdict::Legal : DropInfo::Verdict::Illegal);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Legal);
  int legal = 0, illegal = 0;
  for (const DropSpot& spot : gesture().ghost()->spots) {
    legal += spot.promise == Promise::Legal;
    illegal += spot.promise == Promise::Illegal;
  }
  EXPECT_GT(legal, 2);
  EXPECT_GT(illegal, 20);
  keepPicture(QStringLiteral("gesture_tile_spots"));
  move(pixels(6.6, 3.7), Qt::ControlModifier);
  EXPECT_EQ(drops_.size(), 2) << "another size under the pointer is asked for";
  EXPECT_EQ(drops_[1].value(0), QStringLiteral("tile t i by 4 6"));
  release(pixels(6.6, 3.7), Qt::ControlModifier);
  EXPECT_EQ(steps_, QList<QStringList>{{QStringLiteral("tile t i by 4 6")}}) << "a verdict that is not there holds nothing up";
}

TEST_F(Gestures, ATurnShowsWhichQuartersAreLegal) {
  const QPointF start = turn(0), middle = pixels(8.5, 3.5), away = start - middle;
  press(start);
  move(middle + QPointF(away.y(), -away.x()));
  ASSERT_EQ(drops_.size(), 1);
  EXPECT_EQ(drops_[0], (QStringList{QStringLiteral("interchange t i"), QStringLiteral("reverse t\nreverse i")}));
  answerDrop(QStringLiteral("interchange t i"), DropInfo::Verdict::Refused);
  answerDrop(QStringLiteral("reverse t\nreverse i"), DropInfo::Verdict::Illegal);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Refused);
  const std::vector<DropSpot>& spots = gesture().ghost()->spots;
  ASSERT_EQ(spots.size(), 3U);
  EXPECT_EQ(spots[1].promise, Promise::Illegal);
  EXPECT_EQ(spots[2].promise, Promise::Refused);
  const PlanePoint half = plot().viewport().toScreen(spots[1].place);
  const QPointF towards = QPointF(half.x, half.y) - middle;
  EXPECT_NEAR(std::hypot(towards.x(), towards.y()), 70, 1);
  EXPECT_NEAR(QPointF::dotProduct(towards, away) / std::hypot(away.x(), away.y()), -70, 1) << "opposite to where it began";
  keepPicture(QStringLiteral("gesture_turn_spots"));
  release(middle - away);
}

TEST_F(Gestures, FactorsOfAMatrixAreJudgedOneByOne) {
  const QPointF start = corner(0, Corner::TopLeft);
  press(start);
  EXPECT_FALSE(asked_.contains(QStringLiteral("unimodular t i by 1 ?; 0 1"))) << "no range answers that";
  move(start + by(0, -15));
  ASSERT_EQ(drops_.size(), 1);
  EXPECT_EQ(drops_[0].size(), 8);
  EXPECT_EQ(drops_[0].value(0), QStringLiteral("unimodular t i by 1 1; 0 1"));
  answerDrop(drops_[0][0], DropInfo::Verdict::Legal);
  answerDrop(QStringLiteral("unimodular t i by 1 2; 0 1"), DropInfo::Verdict::Illegal);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Legal);
  ASSERT_TRUE(gesture().ghost()->ruler);
  EXPECT_EQ(gesture().ghost()->ruler->tried.at(1), Promise::Legal);
  EXPECT_EQ(gesture().ghost()->ruler->tried.at(2), Promise::Illegal);
  EXPECT_EQ(gesture().ghost()->ruler->tried.at(-1), Promise::Waiting);
  keepPicture(QStringLiteral("gesture_tried"));
  release(start + by(0, -15));
}

TEST_F(Gestures, AnswersToOlderSchedulesAreForgotten) {
  press(pixels(0.4, -0.6), Qt::ControlModifier);
  move(pixels(4.6, 3.7), Qt::ControlModifier);
  answerDrop(QStringLiteral("tile t i by 4 4"), DropInfo::Verdict::Legal);
  answerDrop(QStringLiteral("reverse t"), DropInfo::Verdict::Legal); // nobody asked
  QTest::keyClick(&plot(), Qt::Key_Escape);
  release(pixels(4.6, 3.7), Qt::ControlModifier);
  show(samples::schedule(2));
  press(pixels(0.4, -0.6), Qt::ControlModifier);
  move(pixels(4.6, 3.7), Qt::ControlModifier);
  ASSERT_NE(gesture().ghost(), nullptr);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Waiting);
  release(pixels(4.6, 3.7), Qt::ControlModifier);
}

} // namespace
} // namespace polyloom
