// Gestures become lines that the recipe language knows.
#include "views/gesture_meaning.h"

#include "core/schedule/step.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

GestureTarget nest() { return {{QStringLiteral("S0")}, QStringLiteral("i"), QStringLiteral("j"), true, {1, 8, 0, 4}}; }

/// Its lines, joined; a line that does not parse stands alone with what is wrong.
std::string lines(const GestureMeaning& meaning) {
  for (const QString& line : meaning.lines)
    if (const Result<Step> step = parseStep(line.toStdString()); !step)
      return line.toStdString() + ": " + step.error().message;
  EXPECT_FALSE(meaning.hint.isEmpty());
  if (!meaning.open.isEmpty()) {
    EXPECT_EQ(QString(meaning.open).replace(QLatin1Char('?'), QString::number(meaning.value)), meaning.lines.first());
  }
  return meaning.lines.join(QStringLiteral("; ")).toStdString();
}

TEST(Gesture, DraggingShifts) {
  EXPECT_EQ(lines(meaningOfShift(nest(), true, 2)), "shift S0 i by 2");
  EXPECT_EQ(lines(meaningOfShift(nest(), false, -1)), "shift S0 j by -1");
  EXPECT_EQ(lines(meaningOfShift(nest(), true, 0)), "");
  GestureTarget both = nest();
  both.statements << QStringLiteral("S1");
  EXPECT_EQ(lines(meaningOfShift(both, true, 1)), "shift S0 i by 1; shift S1 i by 1");
  EXPECT_TRUE(meaningOfShift(both, true, 1).open.isEmpty());
}

TEST(Gesture, AnEdgeTilesInwardsAndReversesThroughTheOtherSide) {
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Right, -5)), "tile i by 3");
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Left, 4)), "tile i by 4");
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Right, -9)), "reverse i");
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Top, -6)), "reverse j");
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Bottom, 5)), "tile j by 1");
  EXPECT_EQ(lines(meaningOfEdge(nest(), Edge::Right, 2)), "");
}

TEST(Gesture, ACornerSkewsSoThatItFollowsThePointer) {
  EXPECT_EQ(lines(meaningOfCorner(nest(), Corner::TopRight, false, 7)), "skew j by 1 i");
  EXPECT_EQ(lines(meaningOfCorner(nest(), Corner::TopRight, false, -15)), "skew j by -2 i");
  EXPECT_EQ(lines(meaningOfCorner(nest(), Corner::BottomLeft, false, 7)), "skew j by -1 i");
  EXPECT_EQ(lines(meaningOfCorner(nest(), Corner::TopRight, true, 4)), "unimodular i j by 1 1; 0 1");
  EXPECT_EQ(lines(meaningOfCorner(nest(), Corner::TopRight, true, 1)), "");
  GestureTarget turned = nest();
  turned.xIsOutside = false;
  EXPECT_EQ(lines(meaningOfCorner(turned, Corner::TopLeft, true, 8)), "skew i by 2 j");
}

TEST(Gesture, TurningInterchangesOrReverses) {
  EXPECT_EQ(lines(meaningOfTurn(nest(), 1)), "interchange i j");
  EXPECT_EQ(lines(meaningOfTurn(nest(), -1)), "interchange i j");
  EXPECT_EQ(lines(meaningOfTurn(nest(), 2)), "reverse i; reverse j");
  EXPECT_EQ(lines(meaningOfTurn(nest(), 4)), "");
}

TEST(Gesture, ABandSplitsAtASideAndTilesElsewhere) {
  EXPECT_EQ(lines(meaningOfBand(nest(), {0, 3, -1, 9})), "split i at 4");
  EXPECT_EQ(lines(meaningOfBand(nest(), {6, 20, -1, 9})), "split i at 6");
  EXPECT_EQ(lines(meaningOfBand(nest(), {0, 9, 0, 1})), "split j at 2");
  EXPECT_EQ(lines(meaningOfBand(nest(), {3, 5, 0, 4})), "tile i by 3");
  EXPECT_EQ(lines(meaningOfBand(nest(), {1, 4, 0, 1})), "tile i j by 4 2");
  EXPECT_EQ(lines(meaningOfBand(nest(), {1, 8, 0, 4})), "");
  EXPECT_EQ(lines(meaningOfBand(nest(), {20, 24, 0, 4})), "");
}

TEST(Gesture, PullingOutDistributes) {
  const QStringList all = {QStringLiteral("S0"), QStringLiteral("S1"), QStringLiteral("S2")};
  EXPECT_EQ(lines(meaningOfPullingOut(QStringLiteral("i"), all, all.mid(2))), "distribute i after S1");
  EXPECT_EQ(lines(meaningOfPullingOut(QStringLiteral("i"), all, all.mid(0, 1))), "distribute i after S0");
  EXPECT_EQ(lines(meaningOfPullingOut(QStringLiteral("i"), all, all.mid(1, 1))), "distribute i after S1; distribute i after S0");
  EXPECT_EQ(lines(meaningOfPullingOut(QStringLiteral("i"), all, all)), "");
  EXPECT_EQ(lines(meaningOfPullingOut(QStringLiteral("i"), all, {all[0], all[2]})), "");
}

TEST(Gesture, AnAxisWithoutALoopSaysSo) {
  GestureTarget line = nest();
  line.y.clear();
  EXPECT_EQ(lines(meaningOfShift(line, false, 2)), "");
  EXPECT_EQ(lines(meaningOfCorner(line, Corner::TopRight, true, 9)), "");
  EXPECT_EQ(lines(meaningOfBand(line, {1, 4, 0, 1})), "split i at 5");
}

} // namespace
} // namespace polyloom::test
