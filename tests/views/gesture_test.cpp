// Every gesture on the iteration space, with simulated events: which lines come out, and what is shown meanwhile.
#include "tests/views/gesture_fixture.h"
#include "views/gesture_places.h"
#include "views/loop_tree_view.h"

#include <QAction>

namespace polyloom {
namespace {

TEST_F(Gestures, DraggingAShapeShiftsItAlongTheDominantAxis) {
  EXPECT_EQ(dragged(pointOf(0, 3, 8), by(2, 0.3)), QStringList{QStringLiteral("shift S0 i by 2")});
  EXPECT_EQ(dragged(pointOf(1, 3, 8), by(-3, 0)), QStringList{QStringLiteral("shift S1 j by -3")});
  EXPECT_EQ(dragged(pointOf(0, 3, 8), by(0.2, 1)), QStringList{QStringLiteral("shift S0 t by 1")});
  EXPECT_EQ(dragged(pointOf(0, 3, 8), by(0.4, 0)), QStringList());
}

TEST_F(Gestures, LegalNumbersAreAskedAtThePressOneAfterTheOther) {
  press(pointOf(0, 3, 8));
  EXPECT_EQ(asked_, QStringList{QStringLiteral("shift S0 i by ?")});
  answer("skew i by ? t", 0, 1); // somebody else's
  EXPECT_EQ(asked_.size(), 1);
  answer("shift S0 i by ?", -1, 1);
  EXPECT_EQ(asked_.value(1), QStringLiteral("shift S0 t by ?"));
  answer("shift S0 t by ?", {}, 0);
  move(pointOf(0, 3, 8) + by(4, 0));
  release(pointOf(0, 3, 8) + by(4, 0));
  asked_.clear();
  press(pointOf(0, 3, 8));
  EXPECT_TRUE(asked_.isEmpty()) << "of the same schedule they are known";
  release(pointOf(0, 3, 8));
}

TEST_F(Gestures, ADropSnapsToTheLegalNumberBesideIt) {
  const QPointF start = pointOf(0, 3, 8);
  press(start);
  move(start + by(2, 0));
  EXPECT_EQ(gesture().ghost()->promise, Promise::Waiting);
  keepPicture(QStringLiteral("gesture_waiting"));
  answer("shift S0 i by ?", -1, 1);
  EXPECT_EQ(gesture().ghost()->promise, Promise::Legal) << "also while the pointer rests";
  EXPECT_EQ(gesture().ghost()->lines, QStringList{QStringLiteral("shift S0 i by 1")});
  EXPECT_EQ(gesture().ghost()->ruler->value, 1);
  keepPicture(QStringLiteral("gesture_snapped"));
  move(start + by(2, 0), Qt::ControlModifier);
  EXPECT_EQ(gesture().ghost()->lines, QStringList{QStringLiteral("shift S0 i by 2")});
  EXPECT_EQ(gesture().ghost()->promise, Promise::Illegal);
  move(start + by(3, 0));
  EXPECT_EQ(gesture().ghost()->promise, Promise::Illegal) << "too far away to be meant";
  keepPicture(QStringLiteral("gesture_illegal"));
  release(start + by(2, 0));
  EXPECT_EQ(steps_, QList<QStringList>{{QStringLiteral("shift S0 i by 1")}});
  EXPECT_EQ(gesture().ghost(), nullptr);
}

TEST_F(Gestures, EdgesTileAndReverse) {
  const QPointF right = edge(0, Edge::Right);
  EXPECT_EQ(dragged(right, by(-10, 0)), QStringList{QStringLiteral("tile i by 6")});
  EXPECT_EQ(asked_.value(0), QStringLiteral("tile i by ?"));
  EXPECT_EQ(dragged(edge(0, Edge::Left), by(18, 0)), QStringList{QStringLiteral("reverse i")});
  EXPECT_EQ(dragged(edge(0, Edge::Top), by(0, -4)), QStringList{QStringLiteral("tile t by 4")});
  EXPECT_EQ(dragged(edge(0, Edge::Bottom), by(0, -3)), QStringList());
}

TEST_F(Gestures, CornersSkewTheLoopAlongWhichTheyAreDragged) {
  EXPECT_EQ(dragged(corner(0, Corner::TopRight), by(14, 0)), QStringList{QStringLiteral("skew i by 2 t")});
  EXPECT_EQ(dragged(corner(0, Corner::BottomRight), by(7, 0)), QStringList{QStringLiteral("skew i by -1 t")});
  EXPECT_EQ(dragged(corner(0, Corner::TopLeft), by(0, -15)), QStringList{QStringLiteral("unimodular t i by 1 1; 0 1")});
  EXPECT_TRUE(asked_.contains(QStringLiteral("skew i by ? t")));
}

TEST_F(Gestures, ACornersDropSnapsInFactors) {
  const QPointF start = corner(0, Corner::TopRight);
  press(start);
  answer("skew i by ? t", 2, {});
  move(start + by(7, 0));
  EXPECT_EQ(gesture().ghost()->lines, QStringList{QStringLiteral("skew i by 2 t")});
  EXPECT_EQ(gesture().ghost()->promise, Promise::Legal);
  keepPicture(QStringLiteral("gesture_skew"));
  release(start + by(7, 0));
  EXPECT_EQ(steps_, QList<QStringList>{{QStringLiteral("skew i by 2 t")}});
}

TEST_F(Gestures, TurningTradesPlacesOrReversesBoth) {
  const QPointF start = turn(0), middle = pixels(8.5, 3.5);
  const QPointF away = start - middle;
  drag({start, middle + QPointF(away.y(), -away.x())});
  drag({start, middle + QPointF(-away.y(), away.x())});
  drag({start, middle - away});
  EXPECT_EQ(steps_, (QList<QStringList>{{QStringLiteral("interchange t i")},
                                        {QStringLiteral("interchange t i")},
                                        {QStringLiteral("reverse t"), QStringLiteral("reverse i")}}));
}

TEST_F(Gestures, ARectangleSplitsOrTiles) {
  drag({pixels(0.4, -1), pixels(5.5, 9)}, Qt::ControlModifier);
  drag({pixels(12.5, 9), pixels(18, -1)}, Qt::ControlModifier);
  drag({pixels(0.4, -0.6), pixels(4.6, 3.7)}, Qt::ControlModifier);
  EXPECT_EQ(steps_, (QList<QStringList>{{QStringLiteral("split i at 6")},
                                        {QStringLiteral("split i at 13")},
                                        {QStringLiteral("tile t i by 4 4")}}));
}

TEST_F(Gestures, ALassoAsksForAnOrderOnce) {
  show(samples::schedule(2));
  QStringList loops;
  std::vector<std::vector<std::int64_t>> rows;
  QObject::connect(gestures_, &SpaceGestures::atOnceRequested, gestures_, [&](const QStringList& l, const auto& r) { loops = l, rows = r; });
  // Around the points (t, i) = (2, 4) and (3, 3), of both statements.
  drag({pixels(2.6, 3.8), pixels(4.6, 2.6), pixels(4.5, 1.7), pixels(3.6, 1.7), pixels(3.6, 2.7), pixels(2.6, 2.7)},
       Qt::AltModifier);
  EXPECT_EQ(loops, (QStringList{QStringLiteral("t"), QStringLiteral("i")}));
  EXPECT_EQ(rows, (std::vector<std::vector<std::int64_t>>{{2, 4}, {3, 3}}));
  ASSERT_NE(gesture().ghost(), nullptr) << "the points stay marked until the answer";
  EXPECT_EQ(gesture().ghost()->marks.size(), 4U);
  gestures_->endQuestion();
  EXPECT_EQ(gesture().ghost(), nullptr);
  EXPECT_TRUE(steps_.isEmpty());
}

TEST_F(Gestures, AModeMakesTheNextDragALasso) {
  int questions = 0;
  QObject::connect(gestures_, &SpaceGestures::atOnceRequested, gestures_, [&] { ++questions; });
  QAction* mode = gestures_->actions().front();
  mode->trigger();
  EXPECT_TRUE(mode->isChecked());
  drag({pixels(2.8, 2.8), pixels(4.2, 2.8), pixels(4.2, 3.2), pixels(2.8, 3.2)});
  EXPECT_EQ(questions, 1);
  EXPECT_FALSE(mode->isChecked());
  drag({pointOf(0, 3, 8), pointOf(0, 3, 8) + by(2, 0)});
  EXPECT_EQ(steps_.size(), 1);
}

TEST_F(Gestures, ALassoAroundTwoNestsSaysSo) {
  const LassoedPlaces places = placesInside(plot().scene(), {{2.5, 2.5}, {4.5, 2.5}, {4.5, 3.9}, {2.5, 3.9}});
  EXPECT_EQ(places.problem, QStringLiteral("choose points of one loop nest")); // i and j
  EXPECT_EQ(placesInside(plot().scene(), {{0, 0}, {0, 0.1}}).marks.size(), 0U);
  drag({pixels(2.5, 2.5), pixels(4.5, 2.5), pixels(4.5, 3.9), pixels(2.5, 3.9)}, Qt::AltModifier);
  EXPECT_EQ(hints_, QStringList{places.problem});
}

TEST_F(Gestures, WithShiftAShapeGoesOntoOtherLoopsOrOutOfItsOwn) {
  view_.findChild<QAction*>(QStringLiteral("stackNests"))->trigger();
  ASSERT_EQ(plot().scene().data.bands.size(), 2U);
  drag({pointOf(1, 3, 8), pointOf(0, 3, 8)}, Qt::ShiftModifier);
  EXPECT_EQ(steps_.value(0), QStringList{QStringLiteral("fuse i j")});
  drag({pointOf(0, 3, 8), pointOf(1, 3, 8)}, Qt::ShiftModifier);
  EXPECT_EQ(steps_.value(1), QStringList{QStringLiteral("fuse i j")}) << "the one that runs first goes first";
  show(samples::schedule(2));
  steps_.clear();
  drag({pointOf(1, 3, 8), pixels(8, -3)}, Qt::ShiftModifier);
  EXPECT_EQ(steps_, QList<QStringList>{{QStringLiteral("distribute i after S0")}});
}

TEST_F(Gestures, EscapeEndsAGestureAndAClickStaysAClick) {
  const QPointF start = pointOf(0, 3, 8);
  press(start);
  move(start + by(3, 0));
  QTest::keyClick(&plot(), Qt::Key_Escape);
  EXPECT_EQ(gesture().ghost(), nullptr);
  release(start + by(3, 0));
  EXPECT_TRUE(steps_.isEmpty());
  drag({start, start});
  EXPECT_EQ(selection_.instance(), (InstanceId{0, 3 * 16 + 7, 0}));
}

TEST_F(Gestures, EmptySpaceAndTheSpaceKeyPan) {
  const double before = plot().viewport().originX;
  const QPointF empty = plot().plotArea().topLeft() + QPointF(4, 4);
  drag({empty, empty + QPointF(40, 0)});
  EXPECT_DOUBLE_EQ(plot().viewport().originX, before + 40);
  QTest::keyPress(&plot(), Qt::Key_Space);
  const QPointF start = pointOf(0, 3, 8);
  drag({start, start + QPointF(-40, 0)});
  EXPECT_DOUBLE_EQ(plot().viewport().originX, before);
  QTest::keyRelease(&plot(), Qt::Key_Space);
  EXPECT_TRUE(steps_.isEmpty());
}

TEST_F(Gestures, TheOriginalOrderStaysAsItIs) {
  SpacePlot& original = plot(SpaceOrder::Original);
  const Viewport before = original.viewport();
  const QPointF start = original.positionOf({0, 40, 0});
  send(QEvent::MouseButtonPress, start, {}, Qt::LeftButton, original);
  send(QEvent::MouseMove, start + QPointF(60, 0), {}, Qt::LeftButton, original);
  keepPicture(QStringLiteral("gesture_refused"));
  send(QEvent::MouseButtonRelease, start + QPointF(60, 0), {}, Qt::LeftButton, original);
  EXPECT_EQ(original.viewport(), before);
  EXPECT_TRUE(steps_.isEmpty());
}

TEST_F(Gestures, HandlesAppearUnderThePointerAndSayWhatTheyDo) {
  hover(pointOf(0, 3, 8));
  ASSERT_TRUE(gesture().shape());
  EXPECT_EQ(gesture().handle()->kind, GestureHandle::Kind::Inside);
  EXPECT_EQ(plot().cursor().shape(), Qt::SizeAllCursor);
  hover(edge(0, Edge::Right));
  EXPECT_EQ(plot().cursor().shape(), Qt::SizeHorCursor);
  EXPECT_EQ(plot().toolTip(), QStringLiteral("Drag inwards to tile i, through the other side to reverse it"));
  keepPicture(QStringLiteral("gesture_handles"));
  hover(turn(0));
  EXPECT_EQ(plot().cursor().shape(), Qt::PointingHandCursor);
  hover(plot().plotArea().topLeft() + QPointF(3, 3));
  EXPECT_FALSE(gesture().shape());
  EXPECT_TRUE(plot().toolTip().isEmpty());
}

TEST_F(Gestures, KeysActOnTheSelectedStatement) {
  const auto trigger = [&](const char* name) { gestures_->findChild<QAction*>(QLatin1String(name))->trigger(); };
  trigger("shiftRight");
  EXPECT_EQ(hints_.size(), 1);
  selection_.selectStatement(1);
  for (const char* name : {"shiftRight", "shiftDown", "turnShape", "turnHalf"})
    trigger(name);
  EXPECT_EQ(steps_, (QList<QStringList>{{QStringLiteral("shift S1 j by 1")},
                                        {QStringLiteral("shift S1 t by -1")},
                                        {QStringLiteral("interchange t j")},
                                        {QStringLiteral("reverse t"), QStringLiteral("reverse j")}}));
  for (const QAction* action : gestures_->actions())
    EXPECT_FALSE(action->shortcut().isEmpty()) << qUtf8Printable(action->text());
}

TEST_F(Gestures, EveryGhostHasInkInBothThemes) {
  const auto ink = [&](const QString& name) {
    keepPicture(name);
    return plot().grab().toImage();
  };
  for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
    view_.setTheme(Theme::make(kind));
    const QString suffix = kind == Theme::Kind::Light ? QStringLiteral("_light") : QStringLiteral("_dark");
    const QImage plain = ink(QStringLiteral("gesture_none") + suffix);
    const auto look = [&](const QString& name, const std::vector<QPointF>& path, Qt::KeyboardModifiers keys) {
      press(path.front(), keys);
      for (const QPointF& place : path)
        move(place, keys);
      EXPECT_NE(ink(QStringLiteral("gesture_") + name + suffix), plain) << qUtf8Printable(name);
      QTest::keyClick(&plot(), Qt::Key_Escape);
      release(path.back(), keys);
    };
    look(QStringLiteral("edge"), {edge(0, Edge::Right), edge(0, Edge::Right) + by(-11, 0)}, {});
    look(QStringLiteral("reverse"), {edge(0, Edge::Left), edge(0, Edge::Left) + by(17, 0)}, {});
    look(QStringLiteral("corner"), {corner(0, Corner::TopRight), corner(0, Corner::TopRight) + by(-7, 0)}, {});
    look(QStringLiteral("turn"), {turn(0), pixels(1, 7)}, {});
    look(QStringLiteral("band"), {pixels(0.4, -0.6), pixels(4.6, 3.7)}, Qt::ControlModifier);
    look(QStringLiteral("vertical"), {pointOf(0, 3, 8), pointOf(0, 5, 8)}, {});
    look(QStringLiteral("lasso"), {pixels(2.6, 3.6), pixels(4.6, 2.6), pixels(4.5, 1.7), pixels(3.5, 1.7), pixels(2.6, 2.7)}, Qt::AltModifier);
  }
  show(samples::illegalSchedule());
  keepPicture(QStringLiteral("gesture_whatif"));
  EXPECT_TRUE(steps_.isEmpty());
}

TEST(LoopTreeDrag, ALoopDroppedOnAnotherTradesPlacesOrFuses) {
  Selection selection;
  LoopTreeView tree(selection);
  tree.resize(320, 240);
  tree.show();
  tree.setSchedule(samples::program(), samples::schedule(0));
  QStringList steps;
  QObject::connect(&tree, &LoopTreeView::stepRequested, &tree, [&](const QString& line) { steps << line; });
  const auto place = [&](const char* loop) { return tree.visualRect(tree.treeModel()->findLoop(QLatin1String(loop))).center(); };
  const auto drag = [&](const char* from, const char* onto, bool drops) {
    QTest::mousePress(tree.viewport(), Qt::LeftButton, {}, place(from));
    for (const QPoint at : {place(from) + QPoint(14, 0), place(onto)}) {
      QMouseEvent move(QEvent::MouseMove, at, tree.viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
      QCoreApplication::sendEvent(tree.viewport(), &move);
    }
    const QImage shown = tree.grab().toImage();
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty())
      shown.save(QDir(folder).filePath(QStringLiteral("gesture_tree.png")));
    if (!drops)
      QTest::keyClick(&tree, Qt::Key_Escape);
    QTest::mouseRelease(tree.viewport(), Qt::LeftButton, {}, place(onto));
  };
  drag("i", "t", true);
  drag("t", "j", true);
  drag("j", "i", true);
  drag("i", "t", false);
  EXPECT_EQ(steps, (QStringList{QStringLiteral("interchange t i"), QStringLiteral("interchange t j"), QStringLiteral("fuse i j")}));
  EXPECT_TRUE(tree.lineOfDrop(tree.treeModel()->findStatement(0), tree.treeModel()->findLoop(QStringLiteral("t"))).isEmpty());
}

} // namespace
} // namespace polyloom
