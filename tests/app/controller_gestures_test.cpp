// Gestures in the iteration space with the real engine: legal numbers, wavefronts, orders that are only looked at.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/settings.h"
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

namespace polyloom {
namespace {

constexpr int kPatience = 60000;

const char* const kJacobi = R"(void jacobi(int T, int N, double A[N], double B[N]) {
#pragma scop
  for (int t = 0; t < T; t++) {
    for (int i = 1; i < N - 1; i++)
      B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3;
    for (int j = 1; j < N - 1; j++)
      A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3;
  }
#pragma endscop
}
)";

const char* const kSeidel = R"(void seidel(int N, double A[N][N]) {
#pragma scop
  for (int i = 1; i < N - 1; i++)
    for (int j = 1; j < N - 1; j++)
      A[i][j] = A[i - 1][j] + A[i][j - 1] + A[i - 1][j + 1];
#pragma endscop
}
)";

class GestureController : public ::testing::Test {
protected:
  GestureController()
      : settings_(folder_.filePath(QStringLiteral("settings.ini"))), window_(settings_, makeStepForms()),
        controller_(window_, settings_, folder_.filePath(QStringLiteral("unsaved")), QStringLiteral(POLYLOOM_WORKER)),
        settled_(&controller_, &Controller::settled) {
    window_.show();
  }
  void open(const char* text, const QString& recipe = {}) {
    QFile file(folder_.filePath(QStringLiteral("program.c")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    controller_.openFile(file.fileName(), recipe);
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() >= 1 && !controller_.engine().isBusy(); }, kPatience))
        << qUtf8Printable(window_.messages()->text());
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

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
  Controller controller_;
  QSignalSpy settled_;
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
