// The scrubber under keys, buttons and time; the memory view and the plots that follow it.
#include "tests/support/sample_snapshots.h"
#include "tests/support/sample_traces.h"
#include "views/iteration_space_view.h"
#include "views/memory_plane.h"
#include "views/memory_statistics.h"
#include "views/memory_view.h"
#include "views/progress_overlay.h"
#include "views/scrubber.h"
#include "views/space_cube.h"
#include "views/space_matrix.h"
#include "views/space_plot.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QImage>
#include <QLabel>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class ScrubberTest : public ::testing::Test {
protected:
  ScrubberTest() : traces_(samples::traces(*samples::schedule(4))) {
    scrubber_.resize(700, 90);
    scrubber_.show();
    scrubber_.setTraces(traces_);
  }
  void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(scrubber_.findChild<QSlider*>(QStringLiteral("stepSlider")), which, modifiers);
  }
  void click(const char* button) {
    QTest::mouseClick(scrubber_.findChild<QToolButton*>(QString::fromLatin1(button)), Qt::LeftButton);
  }
  QString text(const char* label) { return scrubber_.findChild<QLabel*>(QString::fromLatin1(label))->text(); }
  std::size_t all() const { return traces_->current.steps.size(); }

  ExecutionTracesPtr traces_;
  Scrubber scrubber_;
};

TEST_F(ScrubberTest, StandsAtTheEndAndGoesWhereKeysSay) {
  EXPECT_EQ(scrubber_.done(), all());
  QSignalSpy moved(&scrubber_, &Scrubber::moved);
  key(Qt::Key_Home);
  EXPECT_EQ(scrubber_.done(), 0U);
  key(Qt::Key_Left);
  EXPECT_EQ(scrubber_.done(), 0U);
  key(Qt::Key_Right);
  key(Qt::Key_Right);
  key(Qt::Key_Left);
  EXPECT_EQ(scrubber_.done(), 1U);
  EXPECT_EQ(moved.size(), 4);
  EXPECT_EQ(moved.last(), (QVariantList{QVariant::fromValue<std::size_t>(1), QVariant::fromValue<std::size_t>(1)}));
  key(Qt::Key_End);
  EXPECT_EQ(scrubber_.done(), all());
}

TEST_F(ScrubberTest, ButtonsAndTheSliderDoTheSame) {
  click("toFirstStep");
  click("stepForward");
  EXPECT_EQ(scrubber_.done(), 1U);
  click("stepBack");
  EXPECT_EQ(scrubber_.done(), 0U);
  scrubber_.findChild<QSlider*>(QStringLiteral("stepSlider"))->setValue(17);
  EXPECT_EQ(scrubber_.done(), 17U);
  click("toLastStep");
  EXPECT_EQ(scrubber_.done(), all());
}

TEST_F(ScrubberTest, SaysWhatBothOrdersDo) {
  scrubber_.moveTo(2);
  EXPECT_EQ(text("originalMoment"), "Original: step 2 of 256: S0(0, 2) reads A[1] (L1), A[2] (L1), A[3] (L1), "
                                    "writes B[2] (L1)");
  EXPECT_TRUE(text("currentMoment").startsWith(QStringLiteral("New: step 2 of 256: S"))) << text("currentMoment").toStdString();
  scrubber_.moveTo(0);
  EXPECT_EQ(text("currentMoment"), "New: before the first of 256 steps");
}

TEST_F(ScrubberTest, CtrlAndArrowsGoToIterationsOfTheChosenLoop) {
  auto* loops = scrubber_.findChild<QComboBox*>(QStringLiteral("jumpLoop"));
  ASSERT_EQ(loops->count(), 2);
  EXPECT_EQ(scrubber_.loop(), QStringLiteral("t"));
  scrubber_.toFirst();
  key(Qt::Key_Right, Qt::ControlModifier);
  const auto& begins = traces_->current.loops[0].begins;
  EXPECT_EQ(scrubber_.done(), begins[1]);
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_EQ(scrubber_.done(), begins[2]);
  key(Qt::Key_Left, Qt::ControlModifier);
  EXPECT_EQ(scrubber_.done(), begins[1]);
  loops->setCurrentIndex(1);
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_EQ(scrubber_.done(), begins[1] + 1U);
  scrubber_.moveTo(all() - 1);
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_EQ(scrubber_.done(), all());
}

TEST_F(ScrubberTest, PlaysFromTheBeginningAndPauses) {
  auto* speed = scrubber_.findChild<QSlider*>(QStringLiteral("playSpeed"));
  EXPECT_EQ(speed->maximum(), Scrubber::kFastest);
  speed->setValue(Scrubber::kFastest);
  key(Qt::Key_Space);
  EXPECT_TRUE(scrubber_.isPlaying());
  EXPECT_EQ(scrubber_.done(), 0U);
  QTRY_VERIFY(scrubber_.done() > 3);
  key(Qt::Key_Space);
  EXPECT_FALSE(scrubber_.isPlaying());
  const std::size_t paused = scrubber_.done();
  QTest::qWait(50);
  EXPECT_EQ(scrubber_.done(), paused);
  click("playSteps");
  QTRY_VERIFY(!scrubber_.isPlaying());
  EXPECT_EQ(scrubber_.done(), all());
}

TEST_F(ScrubberTest, PairsOrdersByNumberOrByShare) {
  ExecutionTrace longer = samples::sweep({{"A", {200}}}), shorter = samples::sweep({{"A", {50}}});
  EXPECT_EQ(pairedStep(longer, 40, shorter, false), 40U);
  EXPECT_EQ(pairedStep(longer, 120, shorter, false), 50U);
  EXPECT_EQ(pairedStep(longer, 40, shorter, true), 10U);
  EXPECT_EQ(pairedStep(longer, 200, shorter, true), 50U);
  EXPECT_EQ(pairedStep(shorter, 25, longer, true), 100U);
  scrubber_.setTraces(std::make_shared<const ExecutionTraces>(ExecutionTraces{shorter, longer}));
  scrubber_.moveTo(100);
  EXPECT_EQ(scrubber_.originalDone(), 50U);
  auto* pairing = scrubber_.findChild<QComboBox*>(QStringLiteral("stepPairing"));
  pairing->setCurrentIndex(1);
  Q_EMIT pairing->activated(1);
  EXPECT_EQ(scrubber_.originalDone(), 25U);
}

TEST_F(ScrubberTest, HasNothingToWalkWithoutTracesOrWhereTheyWereRefused) {
  ExecutionTraces refused;
  refused.current.refusal = "S0 has no value";
  for (const ExecutionTracesPtr& traces : {ExecutionTracesPtr(), std::make_shared<const ExecutionTraces>(refused)}) {
    scrubber_.setTraces(traces);
    EXPECT_FALSE(scrubber_.isReady());
    EXPECT_FALSE(scrubber_.findChild<QSlider*>(QStringLiteral("stepSlider"))->isEnabled());
    scrubber_.togglePlaying();
    scrubber_.jumpBy(1);
    scrubber_.stepBy(1);
    EXPECT_FALSE(scrubber_.isPlaying());
    EXPECT_EQ(scrubber_.done(), 0U);
  }
}

TEST_F(ScrubberTest, EverythingHasANameToRead) {
  int named = 0;
  for (const QWidget* widget : scrubber_.findChildren<QWidget*>()) {
    if (widget->objectName().isEmpty() || widget->objectName().startsWith(QLatin1String("qt_")))
      continue; // parts of Qt's own
    ++named;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->objectName().toStdString();
  }
  EXPECT_EQ(named, 5 + 2 + 2 + 2); // buttons, sliders, choices, lines
}

class MemoryViewTest : public ::testing::Test {
protected:
  MemoryViewTest() : traces_(samples::traces(*samples::schedule(4))) {
    view_.resize(760, 220);
    view_.show();
    view_.setTraces(traces_);
  }
  static QRgb colorAt(MemoryPlane* plane, std::uint32_t cell, QPointF offset) {
    const QImage image = plane->grab().toImage();
    return image.pixel((plane->layoutOfCells().rectOf(cell).topLeft() + offset).toPoint());
  }

  ExecutionTracesPtr traces_;
  MemoryView view_;
};

TEST_F(MemoryViewTest, MovesBothMomentsAndShowsOneOrBothPlanes) {
  view_.setDone(3, 5);
  EXPECT_EQ(view_.cursor(MemoryView::Shown::Original).done(), 3U);
  EXPECT_EQ(view_.cursor(MemoryView::Shown::New).done(), 5U);
  MemoryPlane *original = view_.plane(MemoryView::Shown::Original), *now = view_.plane(MemoryView::Shown::New);
  EXPECT_TRUE(now->isVisible());
  EXPECT_FALSE(original->isVisible());
  view_.setShown(MemoryView::Shown::Both);
  EXPECT_TRUE(now->isVisible());
  EXPECT_TRUE(original->isVisible());
  auto* orders = view_.controls()->findChild<QComboBox*>(QStringLiteral("memoryOrders"));
  orders->setCurrentIndex(1);
  Q_EMIT orders->activated(1);
  EXPECT_FALSE(now->isVisible());
}

TEST_F(MemoryViewTest, PutsTheFiguresBelowTheCellsWhereThePanelIsNarrow) {
  const QWidget *plane = view_.plane(MemoryView::Shown::New), *figures = view_.statistics();
  const auto cornerOf = [this](const QWidget* widget) { return widget->mapTo(&view_, QPoint()); };
  view_.resize(320, 260);
  EXPECT_TRUE(QTest::qWaitFor([&] { return cornerOf(figures).y() > cornerOf(plane).y() && figures->width() > 300; }));
  view_.resize(640, 260);
  EXPECT_TRUE(QTest::qWaitFor([&] { return cornerOf(figures).x() > cornerOf(plane).x(); }));
}

TEST_F(MemoryViewTest, PaintsTheCachedLinesAndTheTouchedCells) {
  MemoryPlane* plane = view_.plane(MemoryView::Shown::New);
  ASSERT_GE(plane->layoutOfCells().cellSize(), 8);
  const Theme theme = Theme::make(Theme::Kind::Light);
  view_.setDone(0, 0);
  EXPECT_EQ(colorAt(plane, 2, {3, 3}), theme.panel.rgb());
  view_.setDone(1, 1); // S0(0, 1): reads A[0 … 2], writes B[1]
  EXPECT_EQ(colorAt(plane, 3, {3, 3}), levelColor(theme, 0, 1).rgb()); // A[3] shares their line
  EXPECT_EQ(colorAt(plane, 5, {3, 3}), theme.panel.rgb());
  const std::uint32_t written = traces_->current.accessesOf(0).back().cell;
  const QPointF middle = QPointF(1, 1) * plane->layoutOfCells().cellSize() / 2;
  EXPECT_EQ(colorAt(plane, written, middle), writeColor(theme).rgb());
}

TEST_F(MemoryViewTest, TellsACellsPastAndFuture) {
  view_.setDone(0, 1);
  const MemoryPlane* plane = view_.plane(MemoryView::Shown::New);
  const std::uint32_t written = traces_->current.accessesOf(0).back().cell;
  const QString text = plane->describe(written);
  EXPECT_TRUE(text.startsWith(QStringLiteral("B[1] — its line is in L1\nlast written by S0(0, 1), step 1\nnext read by S1")))
      << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("reuse distance there")));
  EXPECT_TRUE(plane->describe(traces_->current.arrays[0].cells - 1).contains(QStringLiteral("its line is in no cache\nnot written so far")));
}

TEST_F(MemoryViewTest, CountsSoFarAndInAllBesideTheOriginal) {
  view_.setDone(1, 1);
  const QString text = view_.statistics()->plainText();
  EXPECT_TRUE(text.contains(QStringLiteral("L1"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("from memory so far: 50 % (was 50 %)"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QString::number(traces_->current.totals.levels[0].misses)));
}

TEST_F(MemoryViewTest, ComparesReuseWithTheOriginals) {
  ExecutionTraces traces = *traces_;
  traces.current.arrays[0].reuse = {.median = 3, .least = 0, .most = 12, .reuses = 40, .firstTouches = 2};
  traces.original.arrays[0].reuse = {.median = 250, .least = 1, .most = 300, .reuses = 40, .firstTouches = 2};
  view_.setTraces(std::make_shared<const ExecutionTraces>(traces));
  const QString text = view_.statistics()->plainText();
  EXPECT_TRUE(text.contains(QStringLiteral("A: median 3, 0 to 12 (was 250)"))) << text.toStdString();
}

TEST_F(MemoryViewTest, AsksForOtherCaches) {
  QSignalSpy chosen(&view_, &MemoryView::cachesChosen);
  auto* caches = view_.controls()->findChild<QComboBox*>(QStringLiteral("memoryCaches"));
  caches->setCurrentIndex(1);
  Q_EMIT caches->activated(1);
  EXPECT_EQ(chosen.size(), 1);
  EXPECT_EQ(view_.cacheChoice().kind, CacheChoice::Kind::Machine);
  caches->setCurrentIndex(caches->count() - 1);
  Q_EMIT caches->activated(caches->count() - 1);
  view_.findChild<QSpinBox*>(QStringLiteral("ownSets"))->setValue(4);
  view_.findChild<QSpinBox*>(QStringLiteral("ownWays"))->setValue(1);
  view_.findChild<QSpinBox*>(QStringLiteral("ownLevels"))->setValue(2);
  EXPECT_EQ(view_.cacheChoice(), (CacheChoice{CacheChoice::Kind::Own, toyCaches(32, 4, 1, 2)}));
}

TEST_F(MemoryViewTest, FindsRoomForBothOrdersAndTheFieldsOfOnesOwnCaches) {
  auto* caches = view_.controls()->findChild<QComboBox*>(QStringLiteral("memoryCaches"));
  Q_EMIT caches->activated(caches->count() - 1);
  view_.setShown(MemoryView::Shown::Both);
  view_.setDone(30, 30);
  for (const char* field : {"ownLineBytes", "ownSets", "ownWays", "ownLevels"}) {
    const auto* widget = view_.findChild<QWidget*>(QString::fromLatin1(field));
    EXPECT_TRUE(widget->isVisible());
    EXPECT_GE(widget->width(), widget->minimumSizeHint().width()) << field;
    EXPECT_FALSE(widget->accessibleName().isEmpty());
  }
  for (const MemoryView::Shown order : {MemoryView::Shown::Original, MemoryView::Shown::New})
    EXPECT_GT(view_.plane(order)->layoutOfCells().cellSize(), 6);
  const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS");
  if (!folder.isEmpty()) {
    EXPECT_TRUE(view_.grab().save(folder + QStringLiteral("/memory-both.png")));
  }
}

TEST_F(MemoryViewTest, SaysWhyThereIsNothing) {
  EXPECT_TRUE(view_.emptyText().isEmpty());
  ExecutionTraces refused;
  refused.current.refusal = "the arrays have 9000000 cells at these values: too many to be shown";
  view_.setTraces(std::make_shared<const ExecutionTraces>(refused));
  EXPECT_EQ(view_.emptyText(), QString::fromStdString(refused.current.refusal));
  EXPECT_TRUE(view_.findChild<QLabel*>(QStringLiteral("memoryEmpty"))->isVisible());
  view_.setDone(3, 3);
  view_.setTraces(nullptr);
  EXPECT_FALSE(view_.emptyText().isEmpty());
}

TEST_F(MemoryViewTest, DrawsManyCells) {
  const ExecutionTracesPtr many = samples::both(samples::sweep({{"A", {250, 200}}, {"B", {250, 200}}}));
  view_.resize(1000, 700);
  view_.setTraces(many);
  MemoryPlane* plane = view_.plane(MemoryView::Shown::New);
  QImage image(plane->size(), QImage::Format_RGB32);
  QElapsedTimer timer;
  timer.start();
  for (std::size_t k = 0; k < 20; ++k) {
    view_.setDone(k * 5000, k * 5000);
    plane->render(&image);
  }
  const double each = static_cast<double>(timer.elapsed()) / 20;
  RecordProperty("milliseconds", QString::number(each).toStdString());
  std::printf("100 000 cells: %.1f ms a frame\n", each);
  EXPECT_LT(each, 200); // far from it; a hint where something has become quadratic
}

/// A view that shows an order, and both orders' traces.
class ShownOrder : public ::testing::Test {
protected:
  ShownOrder() {
    view_.resize(900, 420);
    view_.show();
    view_.setProgram(samples::program());
    view_.setSchedule(schedule_);
  }

  Selection selection_;
  IterationSpaceView view_{selection_};
  const ScheduleSnapshotPtr schedule_ = samples::schedule(4);
  const ExecutionTracesPtr traces_ = samples::traces(*schedule_);
};
using CubeProgress = ShownOrder;
using MatrixProgress = ShownOrder;
using ProgressOverlayTest = ShownOrder;

TEST_F(CubeProgress, PointsToComeAreHollowInThreeDimensions) {
  view_.findChild<QAction*>(QStringLiteral("spaceSolid"))->trigger();
  SpaceCube& cube = *view_.cube(SpaceOrder::New);
  const QImage whole = cube.grab().toImage();
  cube.setTrace({traces_, &traces_->current}, SpaceOrder::New);
  EXPECT_EQ(cube.grab().toImage(), whole) << "at the end all points are there";
  cube.setDone(40);
  const auto instanceOf = [&](std::size_t step) { return InstanceId{traces_->current.steps[step].cloud, traces_->current.steps[step].index}; };
  EXPECT_FALSE(cube.isPending(instanceOf(39)));
  EXPECT_TRUE(cube.isPending(instanceOf(40)));
  EXPECT_NE(cube.grab().toImage(), whole);
  cube.setTrace({traces_, &traces_->original}, SpaceOrder::Original);
  cube.setDone(40);
  EXPECT_FALSE(cube.isPending(instanceOf(40))) << "that is not the order that is shown";
  cube.setTrace(nullptr, SpaceOrder::New);
  EXPECT_EQ(cube.grab().toImage(), whole);
}

TEST_F(MatrixProgress, EveryCellFillsIn) {
  view_.findChild<QAction*>(QStringLiteral("spaceMatrix"))->trigger();
  SpaceMatrix& matrix = *view_.matrix(SpaceOrder::New);
  matrix.setTrace({traces_, &traces_->current}, SpaceOrder::New);
  matrix.finish();
  const QImage whole = matrix.grab().toImage();
  ASSERT_GE(matrix.cells().size(), 3U);
  matrix.setDone(10);
  for (std::size_t cell = 0; cell < matrix.cells().size(); ++cell) {
    EXPECT_GT(matrix.filled(cell, 9).value_or(0), 0) << "executed";
    EXPECT_LT(matrix.filled(cell, traces_->current.steps.size() - 1).value_or(1), 1) << "to come";
  }
  EXPECT_NE(matrix.grab().toImage(), whole);
  matrix.setDone(traces_->current.steps.size());
  EXPECT_EQ(matrix.grab().toImage(), whole);
}

TEST_F(ProgressOverlayTest, FillsPointsAndRingsTheOneExecutedLast) {
  SpacePlot& plot = *view_.plot(SpaceOrder::New);
  ProgressOverlay overlay(plot);
  overlay.show();
  overlay.setTrace({traces_, &traces_->current});
  EXPECT_EQ(overlay.ring(), std::nullopt); // at the end the plot looks as ever
  overlay.setDone(10);
  EXPECT_EQ(overlay.filled(9), 1.0);
  EXPECT_EQ(overlay.filled(10), 0.0);
  const TraceStep& last = traces_->current.steps[9];
  EXPECT_EQ(overlay.ring(), plot.positionOf({last.cloud, last.index}));
  // A point to come is hollow, one that was executed is not.
  const auto colorOf = [&](std::size_t step) {
    const TraceStep& at = traces_->current.steps[step];
    return plot.grab().toImage().pixelColor(plot.positionOf({at.cloud, at.index}).toPoint());
  };
  const Theme theme = Theme::make(Theme::Kind::Light);
  const auto distance = [&](const QColor& color) {
    return std::abs(color.red() - theme.panel.red()) + std::abs(color.blue() - theme.panel.blue());
  };
  EXPECT_GT(distance(colorOf(3)), 60);
  EXPECT_LT(distance(colorOf(200)), 30);
  overlay.setTrace(nullptr);
  EXPECT_GT(distance(colorOf(200)), 60);
}

} // namespace
} // namespace polyloom
