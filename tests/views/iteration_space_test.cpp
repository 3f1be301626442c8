// The iteration space under the mouse and the keyboard, on pages, and its speed.
#include "tests/support/sample_snapshots.h"
#include "views/iteration_space_view.h"
#include "views/picture.h"
#include "views/space_benchmark.h"
#include "views/space_plot.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class IterationSpace : public ::testing::Test {
protected:
  IterationSpace() : view_(selection_) {
    view_.resize(900, 420);
    view_.show();
    view_.setProgram(samples::program());
    view_.setSchedule(samples::schedule(4));
  }
  SpacePlot& plot(SpaceOrder order) { return *view_.plot(order); }

  Selection selection_;
  IterationSpaceView view_;
};

TEST_F(IterationSpace, ChoosesPointLoopsAsAxesAndNamesTheSteps) {
  EXPECT_EQ(plot(SpaceOrder::New).scene().data.xLabel, "i");
  EXPECT_EQ(plot(SpaceOrder::New).scene().data.yLabel, "t");
  EXPECT_EQ(plot(SpaceOrder::Original).scene().data.xLabel, "i / j");
  auto* x = view_.findChild<QComboBox*>(QStringLiteral("newAxisX"));
  x->setCurrentIndex(1);
  Q_EMIT x->activated(1);
  EXPECT_EQ(plot(SpaceOrder::New).scene().data.xLabel, "it");
}

TEST_F(IterationSpace, AClickOnAPointSelectsItsInstanceInBothPlots) {
  const InstanceId instance{0, 37};
  QTest::mouseClick(&plot(SpaceOrder::Original), Qt::LeftButton, {},
                    plot(SpaceOrder::Original).positionOf(instance).toPoint());
  EXPECT_EQ(selection_.instance(), instance);
  EXPECT_EQ(plot(SpaceOrder::New).scene().focus.selected, instance);
}

TEST_F(IterationSpace, AClickBesideAllPointsClears) {
  selection_.selectInstance({0, 3, 0});
  const QRectF area = plot(SpaceOrder::New).plotArea();
  QTest::mouseClick(&plot(SpaceOrder::New), Qt::LeftButton, {}, area.bottomRight().toPoint() - QPoint(3, 3));
  EXPECT_TRUE(selection_.isEmpty());
}

TEST_F(IterationSpace, ArrowKeysWalkOverInstances) {
  SpacePlot& original = plot(SpaceOrder::Original);
  QTest::keyClick(&original, Qt::Key_Right);
  EXPECT_EQ(selection_.instance(), (InstanceId{0, 0}));
  QTest::keyClick(&original, Qt::Key_Right);
  EXPECT_EQ(selection_.instance(), (InstanceId{0, 1}));
  QTest::keyClick(&original, Qt::Key_Escape);
  EXPECT_TRUE(selection_.isEmpty());
}

TEST_F(IterationSpace, TheWheelZoomsAtThePointerAndADoubleClickFits) {
  SpacePlot& p = plot(SpaceOrder::New);
  const Viewport fitted = p.viewport();
  const QPointF pointer = p.plotArea().center() + QPointF(30, 20);
  const PlanePoint under = fitted.toWorld({pointer.x(), pointer.y()});
  QWheelEvent wheel(pointer, p.mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&p, &wheel);
  EXPECT_GT(p.viewport().scaleX, fitted.scaleX * 1.3);
  EXPECT_NEAR(p.viewport().toWorld({pointer.x(), pointer.y()}).x, under.x, 1e-6);
  QTest::mouseDClick(&p, Qt::LeftButton, {}, pointer.toPoint());
  EXPECT_EQ(p.viewport(), fitted);
}

TEST_F(IterationSpace, DraggingPansAndDoesNotSelect) {
  SpacePlot& p = plot(SpaceOrder::New);
  const Viewport before = p.viewport();
  const QPoint start = p.positionOf({0, 37}).toPoint();
  QTest::mousePress(&p, Qt::LeftButton, {}, start);
  QMouseEvent move(QEvent::MouseMove, start + QPoint(40, 15), p.mapToGlobal(start + QPoint(40, 15)), Qt::LeftButton,
                   Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&p, &move);
  QTest::mouseRelease(&p, Qt::LeftButton, {}, start + QPoint(40, 15));
  EXPECT_DOUBLE_EQ(p.viewport().originX, before.originX + 40);
  EXPECT_DOUBLE_EQ(p.viewport().originY, before.originY + 15);
  EXPECT_TRUE(selection_.isEmpty());
}

TEST_F(IterationSpace, ActionsChooseKindsButViolatedArrowsAlwaysShow) {
  const auto shown = [&] {
    const SpaceScene& scene = plot(SpaceOrder::New).scene();
    return std::count_if(scene.arrows.begin(), scene.arrows.end(),
                         [&](const PlotArrow& arrow) { return scene.shows(arrow); });
  };
  const auto flow = shown();
  EXPECT_GT(flow, 0);
  view_.findChild<QAction*>(QStringLiteral("showAnti"))->trigger();
  EXPECT_GT(shown(), flow);
  view_.findChild<QAction*>(QStringLiteral("showAnti"))->trigger();
  view_.findChild<QAction*>(QStringLiteral("showFlow"))->trigger();
  EXPECT_EQ(shown(), 0);
  view_.setSchedule(samples::illegalSchedule());
  EXPECT_GT(shown(), 0);
}

TEST_F(IterationSpace, ASelectedDependenceShowsOnlyItsArrows) {
  selection_.selectDependence(2);
  const SpaceScene& scene = plot(SpaceOrder::New).scene();
  for (const PlotArrow& arrow : scene.arrows)
    EXPECT_EQ(scene.shows(arrow), arrow.dependence == 2);
}

TEST_F(IterationSpace, PaintsPointsInTheColorsOfTheirStatements) {
  for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
    view_.setTheme(Theme::make(kind));
    const QImage picture = plot(SpaceOrder::Original).grab().toImage();
    QSet<QRgb> colors;
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        colors.insert(picture.pixel(x, y));
    EXPECT_TRUE(colors.contains(Theme::make(kind).statementFill(0).rgb()));
    EXPECT_TRUE(colors.contains(Theme::make(kind).statementFill(1).rgb()));
    EXPECT_TRUE(colors.contains(Theme::make(kind).panel.rgb()));
  }
}

TEST(Picture, IsWrittenAsSvgPdfAndPng) {
  const QTemporaryDir folder;
  for (const auto view : {PictureView::Domain, PictureView::Dependences, PictureView::Tree})
    for (const char* suffix : {"svg", "pdf", "png"}) {
      const QString path = folder.filePath(QStringLiteral("p.") + QLatin1String(suffix));
      EXPECT_EQ(savePicture(path, {samples::program(), samples::schedule(4), view}), QString());
      QFile file(path);
      ASSERT_TRUE(file.open(QIODevice::ReadOnly));
      EXPECT_GT(file.size(), 1000);
    }
}

TEST(Picture, ArrowsMakeTheDifferenceBetweenDomainAndDependences) {
  const QTemporaryDir folder;
  qint64 sizes[2] = {};
  const PictureView views[2] = {PictureView::Domain, PictureView::Dependences};
  for (int k = 0; k < 2; ++k) {
    const QString path = folder.filePath(QStringLiteral("p%1.svg").arg(k));
    savePicture(path, {samples::program(), samples::schedule(3), views[k]});
    sizes[k] = QFile(path).size();
  }
  EXPECT_GT(sizes[1], sizes[0] * 3 / 2);
}

TEST(Picture, RefusesOtherFormatsAndPlacesThatCannotBeWritten) {
  const Picture picture{samples::program(), samples::schedule(3), PictureView::Domain};
  EXPECT_TRUE(savePicture(QStringLiteral("x.gif"), picture).contains(QLatin1String(".gif")));
  EXPECT_FALSE(savePicture(QStringLiteral("/nowhere/at/all.png"), picture).isEmpty());
}

class LargeSpace : public ::testing::Test {
protected:
  LargeSpace() {
    plot_.resize(500, 400);
    plot_.show();
  }
  void give(const std::shared_ptr<const ScheduleSnapshot>& schedule) {
    plot_.setSpace(makeBenchmarkProgram(), schedule, defaultProjection(schedule->space, SpaceOrder::New));
  }

  std::shared_ptr<const ScheduleSnapshot> large_ = makeBenchmarkSchedule(60000), small_ = makeBenchmarkSchedule(300);
  SpacePlot plot_{SpaceOrder::New};
};

TEST_F(LargeSpace, IsPlacedAndPaintedWhileTheEventLoopRuns) {
  ASSERT_TRUE(isLarge(large_.get()));
  ASSERT_FALSE(isLarge(small_.get()));
  give(large_);
  EXPECT_TRUE(plot_.isPlacing());
  EXPECT_FALSE(plot_.showsPoints());
  EXPECT_TRUE(QTest::qWaitFor([&] { return plot_.showsPoints(); }, 20000));
  EXPECT_TRUE(QTest::qWaitFor([&] { return !plot_.isDrawing(); }, 20000));
  EXPECT_EQ(plot_.scene().data.points.size(), large_->space.clouds[0].count);
  EXPECT_EQ(plot_.scene().arrows.size(), large_->space.arrows[0].from.size());
  // What the other thread has painted is what this one would paint.
  const QImage shown = plot_.grab().toImage();
  plot_.fitAll();
  EXPECT_TRUE(plot_.isDrawing());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !plot_.isDrawing(); }, 20000));
  EXPECT_EQ(plot_.grab().toImage(), shown);
}

TEST_F(LargeSpace, GivesWayToANewerOne) {
  give(large_);
  give(small_);
  EXPECT_FALSE(plot_.isPlacing());
  EXPECT_EQ(plot_.scene().schedule, small_);
  QTest::qWait(300);
  EXPECT_EQ(plot_.scene().schedule, small_);
  give(small_);
  give(large_);
  EXPECT_EQ(plot_.scene().schedule, small_) << "as long as the new one is not placed";
  EXPECT_TRUE(QTest::qWaitFor([&] { return !plot_.isDrawing(); }, 20000));
  EXPECT_EQ(plot_.scene().schedule, large_);
}

TEST(LatestJob, DeliversTheNewestAlone) {
  LatestJob job;
  std::vector<int> answers;
  for (const int number : {1, 2, 3})
    job.start([&answers, number](const LatestJob::Deliver& deliver) {
      deliver([&answers, number] { answers.push_back(number); });
      deliver([&answers, number] { answers.push_back(10 * number); });
    });
  EXPECT_TRUE(job.isRunning());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !job.isRunning(); }));
  EXPECT_EQ(answers, (std::vector{3, 30}));
  job.start([&answers](const LatestJob::Deliver& deliver) { deliver([&answers] { answers.push_back(4); }); });
  job.cancel();
  QTest::qWait(50);
  EXPECT_EQ(answers.size(), 2U);
}

TEST(Benchmark, TwentyThousandPointsMoveAtThirtyFramesASecond) {
  const FrameRate rate = measureFramesPerSecond(20000, 40);
  EXPECT_GT(rate.points, 19000U);
  EXPECT_GT(rate.panFramesPerSecond, 30);
  EXPECT_GT(rate.zoomFramesPerSecond, 30);
  EXPECT_GT(rate.turnFramesPerSecond, 30);
  EXPECT_GT(rate.drawing.points, 0.1);
  EXPECT_GE(rate.drawing.all, rate.drawing.points);
  // A rate that nothing was painted for would be beyond belief.
  EXPECT_LT(rate.panFramesPerSecond, 100000);
  EXPECT_GT(rate.repaintMilliseconds, 0.1);
  EXPECT_GT(rate.closeRepaintMilliseconds, 0.1);
}

} // namespace
} // namespace polyloom
