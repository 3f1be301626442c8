// Gestures in the iteration space with the real engine: legal numbers, wavefronts, orders that are only looked at.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"
#include "views/gesture_ghost.h"
#include "views/schedule_gesture.h"
#include "views/space_gestures.h"
#include "views/space_plot.h"

#include <QDir>
#include <QFile>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace polyloom {
namespace {

using test::kJacobi;
using test::kPatience;

const char* const kSeidel = R"(void seidel(int N, double A[N][N]) {
#pragma scop
  for (int i = 1; i < N - 1; i++)
    for (int j = 1; j < N - 1; j++)
      A[i][j] = A[i - 1][j] + A[i][j - 1] + A[i - 1][j + 1];
#pragma endscop
}
)";

class GestureController : public test::ControllerFixture {
protected:
  void open(const char* text, const QString& recipe = {}) {
    openFile(write(QStringLiteral("program.c"), text), recipe);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !controller_.engine().isBusy(); }, kPatience))
        << qUtf8Printable(window_.messages()->text());
    // The plot fits what it shows once the panels around it have found their sizes.
    QPointF corner(-1, -1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return std::exchange(corner, pixels(3, 3)) == pixels(3, 3); }, kPatience));
  }
  SpacePlot& plot() { return *window_.space()->plot(SpaceOrder::New); }
  const GestureGhost* ghost() { return window_.gestures()->gesture()->ghost(); }
  QPointF pixels(double x, double y) {
    const PlanePoint p = plot().viewport().toScreen({x, y});
    return {p.x, p.y};
  }
  QPointF by(double x, double y) { return pixels(x, y) - pixels(0, 0); }
  /// The point of a statement at these source iterators.
  QPointF pointOf(int statement, const std::vector<std::int32_t>& values) {
    const InstanceCloud& cloud = window_.schedule()->space.clouds[static_cast<std::size_t>(statement)];
    for (std::size_t row = 0; row < cloud.count; ++row)
      if (std::equal(values.begin(), values.end(), cloud.source.begin() + static_cast<std::ptrdiff_t>(row * values.size())))
        return plot().positionOf({statement, static_cast<int>(row), statement});
    ADD_FAILURE() << "no such instance";
    return {};
  }
  void send(QEvent::Type type, QPointF at, Qt::KeyboardModifiers keys = {}) {
    const bool isMove = type == QEvent::MouseMove, isUp = type == QEvent::MouseButtonRelease;
    QMouseEvent event(type, at, plot().mapToGlobal(at), isMove ? Qt::NoButton : Qt::LeftButton,
                      isUp ? Qt::NoButton : Qt::LeftButton, keys);
    QCoreApplication::sendEvent(&plot(), &event);
  }
  void press(QPointF at, Qt::KeyboardModifiers keys = {}) { send(QEvent::MouseButtonPress, at, keys); }
  void move(QPointF to, Qt::KeyboardModifiers keys = {}) { send(QEvent::MouseMove, to, keys); }
  /// Lets go, and waits until the window shows what became of it.
  void drop(QPointF at, Qt::KeyboardModifiers keys = {}) {
    const auto before = settled_.count();
    send(QEvent::MouseButtonRelease, at, keys);
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience))
        << qUtf8Printable(window_.messages()->text());
  }
  void lasso(const std::vector<QPointF>& path) {
    press(path.front(), Qt::AltModifier);
    for (const QPointF& place : path)
      move(place, Qt::AltModifier);
    send(QEvent::MouseButtonRelease, path.back(), Qt::AltModifier);
  }
  /// Around places on a falling diagonal.
  std::vector<QPointF> around(QPointF first, QPointF last) {
    const QPointF along = (last - first) / std::hypot(last.x() - first.x(), last.y() - first.y());
    const QPointF ahead = along * 7, aside(-along.y() * 7, along.x() * 7);
    return {first - ahead + aside, first - ahead - aside, last + ahead - aside, last + ahead + aside};
  }
  void keepPicture(const QString& name) {
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty())
      window_.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
  }
};

TEST_F(GestureController, AShiftSnapsToTheLastLegalAmount) {
  open(kJacobi, QStringLiteral("shift S1 j by 3\nfuse i j\n")); // 2 more than it takes
  const QPointF start = pointOf(1, {2, 6});
  press(start);
  ASSERT_TRUE(QTest::qWaitFor([&] {
    move(start + by(-3, 0));
    return ghost() && ghost()->promise != Promise::Waiting;
  }, kPatience));
  EXPECT_EQ(ghost()->promise, Promise::Legal);
  EXPECT_EQ(ghost()->ruler->range->minimum, -2);
  keepPicture(QStringLiteral("gesture_window"));
  drop(start + by(-3, 0));
  EXPECT_EQ(controller_.session().lines().back(), QStringLiteral("shift S1 i by -2"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  EXPECT_EQ(controller_.session().undoStack()->undoText(), QStringLiteral("shift S1 i by -2"));
  controller_.session().undoStack()->undo();
  EXPECT_EQ(controller_.session().lines().size(), 2);
}

TEST_F(GestureController, AnIllegalDropStaysAsAWhatIfWithWitnessAndRepairs) {
  open(kJacobi);
  press(pointOf(1, {2, 4}), Qt::ShiftModifier);
  const QPointF onto = pointOf(0, {2, 7});
  move(onto, Qt::ShiftModifier);
  ASSERT_NE(ghost(), nullptr);
  EXPECT_EQ(ghost()->lines, QStringList{QStringLiteral("fuse i j")});
  drop(onto, Qt::ShiftModifier);
  EXPECT_EQ(controller_.session().lines(), QStringList{QStringLiteral("fuse i j")});
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Illegal);
  const VerdictPanel* verdict = window_.dependences()->verdict();
  EXPECT_TRUE(verdict->text().contains(QLatin1String("S1[t=0, j=1]"))) << qUtf8Printable(verdict->text());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !verdict->repairs()->buttons().empty(); }, kPatience));
  keepPicture(QStringLiteral("gesture_illegal_window"));
  const auto before = settled_.count();
  verdict->repairs()->buttons().front()->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("shift S1 j by 1\nfuse i j"));
}

TEST_F(GestureController, AnAmountBeyondTheLegalOnesIsShownAsIllegalBeforeTheDrop) {
  open(kJacobi);
  const QPointF start = pointOf(1, {3, 4});
  press(start);
  ASSERT_TRUE(QTest::qWaitFor([&] {
    move(start + by(0, 2));
    return ghost() && ghost()->promise != Promise::Waiting;
  }, kPatience));
  EXPECT_EQ(ghost()->promise, Promise::Illegal);
  drop(start + by(0, 2));
  EXPECT_EQ(controller_.session().lines(), QStringList{QStringLiteral("shift S1 t by 2")});
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Illegal);
}

TEST_F(GestureController, TilesAreJudgedWhileTheRectangleIsDrawn) {
  open(kSeidel);
  const QPointF start = pixels(0.6, 0.6), end = pixels(3.4, 2.4);
  press(start, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] {
    move(end, Qt::ControlModifier);
    return ghost() && std::ranges::none_of(ghost()->spots, [](const DropSpot& spot) { return spot.promise == Promise::Waiting; });
  }, kPatience));
  EXPECT_EQ(ghost()->promise, Promise::Illegal) << "A[i - 1][j + 1] comes from the tile to the right";
  for (const DropSpot& spot : ghost()->spots) // of one row each tile is as good as none
    EXPECT_EQ(spot.promise, spot.lines.startsWith(QLatin1String("tile i j by 1 ")) || !spot.lines.startsWith(QLatin1String("tile i j"))
                                ? Promise::Legal : Promise::Illegal) << qUtf8Printable(spot.lines);
  keepPicture(QStringLiteral("gesture_tile_window"));
  drop(end, Qt::ControlModifier);
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Illegal) << qUtf8Printable(controller_.session().recipe());
}

TEST_F(GestureController, ATurnIsJudgedBeforeItIsLetGo) {
  open(kSeidel);
  const auto drops = std::make_shared<QList<DropInfo>>();
  QObject::connect(&controller_.engine(), &Engine::dropReady, &window_, [drops](const DropInfo& drop) { *drops << drop; });
  controller_.engine().askDrops({QStringLiteral("interchange i j"), QStringLiteral("reverse i\nreverse j"),
                                 QStringLiteral("skew j by 1 i\ninterchange i j"), QStringLiteral("tile j i by 4 4"),
                                 QStringLiteral("no step")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return drops->size() == 5; }, kPatience));
  using Verdict = DropInfo::Verdict;
  EXPECT_EQ(drops->at(0).verdict, Verdict::Illegal);
  EXPECT_TRUE(drops->at(0).sentence.starts_with("illegal: S0[")) << drops->at(0).sentence;
  EXPECT_EQ(drops->at(1).verdict, Verdict::Illegal);
  EXPECT_EQ(drops->at(2).verdict, Verdict::Legal);
  EXPECT_EQ(drops->at(3).verdict, Verdict::Refused);
  EXPECT_EQ(drops->at(4).verdict, Verdict::Refused);
  EXPECT_TRUE(controller_.session().recipe().isEmpty()) << "only asked";
}

TEST_F(GestureController, ALassoFindsTheWavefrontAsOneChange) {
  open(kSeidel);
  lasso(around(pointOf(0, {1, 5}), pointOf(0, {3, 1})));
  ASSERT_NE(ghost(), nullptr);
  EXPECT_EQ(ghost()->marks.size(), 3U);
  ASSERT_TRUE(QTest::qWaitFor([&] { return controller_.session().lines().size() == 3 && settled_.count() >= 2; }, kPatience))
      << qUtf8Printable(window_.messages()->text());
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("skew j by 2 i\ninterchange i j\nparallel i"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  EXPECT_FALSE(window_.messages()->text().isEmpty());
  EXPECT_EQ(ghost(), nullptr);
  keepPicture(QStringLiteral("gesture_wavefront"));
  controller_.session().undoStack()->undo();
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
}

TEST_F(GestureController, ALassoThatNoOrderCanServeSaysWhy) {
  open(kSeidel);
  lasso(around(pointOf(0, {1, 3}), pointOf(0, {3, 1})));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !window_.messages()->text().isEmpty(); }, kPatience));
  EXPECT_TRUE(window_.messages()->text().startsWith(QLatin1String("No order was found that runs these at once: In the order of i + j, ")))
      << qUtf8Printable(window_.messages()->text());
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  EXPECT_EQ(ghost(), nullptr);
}

TEST_F(GestureController, ARefusedGestureLeavesTheRecipeAlone) {
  open(kJacobi);
  Q_EMIT window_.gestures()->stepsRequested({QStringLiteral("reverse i"), QStringLiteral("interchange t i")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return window_.messages()->text().contains(QLatin1String("was refused")); }, kPatience));
  EXPECT_TRUE(controller_.session().recipe().isEmpty()) << "all lines or none";
}

} // namespace
} // namespace polyloom
