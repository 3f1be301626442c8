// The iteration space's modes, filters and legend, driven as a person would.
#include "tests/support/sample_snapshots.h"
#include "views/iteration_space_view.h"
#include "views/space_clip.h"
#include "views/space_controls.h"
#include "views/space_cube.h"
#include "views/space_legend.h"
#include "views/space_matrix.h"
#include "views/space_plot.h"

#include <QAction>
#include <QComboBox>
#include <QImage>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace polyloom {
namespace {

class SpaceModes : public ::testing::Test {
protected:
  SpaceModes() : view_(selection_) {
    view_.resize(900, 460);
    view_.show();
    view_.activateWindow(); // keys of actions belong to the active window
    EXPECT_TRUE(QTest::qWaitForWindowActive(&view_));
    view_.setProgram(samples::program());
    view_.setSchedule(samples::schedule(5));
  }
  template <typename T> T* find(const char* name) { return view_.findChild<T*>(QString::fromLatin1(name)); }
  SpacePlot& plot() { return *view_.plot(SpaceOrder::New); }
  SpaceCube& cube() { return *view_.cube(SpaceOrder::New); }
  SpaceMatrix& matrix() { return *view_.matrix(SpaceOrder::New); }
  void trigger(const char* action) { find<QAction>(action)->trigger(); }
  QString legend() { return find<SpaceLegend>("spaceLegend")->accessibleDescription(); }
  /// For a look at what the tests see.
  void keepPicture(const QString& name) {
    if (const QByteArray folder = qgetenv("POLYLOOM_SCREENSHOTS"); !folder.isEmpty())
      view_.grab().save(QString::fromLocal8Bit(folder) + QLatin1Char('/') + name + QStringLiteral(".png"));
  }
  std::ptrdiff_t shownArrows() {
    const SpaceScene& scene = plot().scene();
    return std::ranges::count_if(scene.arrows, [&](const PlotArrow& arrow) { return scene.shows(arrow); });
  }

  Selection selection_;
  IterationSpaceView view_;
};

std::set<QRgb> colorsOf(QWidget& widget) {
  const QImage picture = widget.grab().toImage();
  std::set<QRgb> colors;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x)
      colors.insert(picture.pixel(x, y));
  return colors;
}

TEST_F(SpaceModes, KeysSwitchBetweenTwoDimensionsThreeAndAllPairs) {
  plot().setFocus();
  QTest::keyClick(&plot(), Qt::Key_2);
  EXPECT_EQ(view_.state().mode, SpaceMode::Solid);
  EXPECT_TRUE(cube().isVisible());
  EXPECT_TRUE(find<QComboBox>("newAxisZ")->isVisible());
  cube().setFocus();
  QTest::keyClick(&cube(), Qt::Key_3);
  EXPECT_TRUE(matrix().isVisible());
  EXPECT_FALSE(find<QComboBox>("newAxisX")->isVisible());
  matrix().setFocus();
  QTest::keyClick(&matrix(), Qt::Key_1);
  EXPECT_TRUE(plot().isVisible());
  EXPECT_FALSE(find<QComboBox>("newAxisZ")->isVisible());
}

TEST_F(SpaceModes, ArrowKeysTurnBothCubesAndWithShiftTheyWalk) {
  trigger("spaceSolid");
  const SolidCamera before = cube().camera();
  QTest::keyClick(&cube(), Qt::Key_Left);
  QTest::keyClick(&cube(), Qt::Key_Up);
  EXPECT_NE(cube().camera().azimuth, before.azimuth);
  EXPECT_GT(cube().camera().elevation, before.elevation);
  EXPECT_EQ(view_.cube(SpaceOrder::Original)->camera().azimuth, cube().camera().azimuth);
  QTest::keyClick(&cube(), Qt::Key_Right, Qt::ShiftModifier);
  ASSERT_TRUE(selection_.instance().isValid());
  const auto idOf = [&] { return cube().scene().data.pointId(selection_.instance().cloud, selection_.instance().index); };
  const SolidPoint start = cube().solid().points[idOf()];
  QTest::keyClick(&cube(), Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_GT(cube().solid().points[idOf()][0], start[0]);
  QTest::keyClick(&cube(), Qt::Key_PageUp);
  EXPECT_GT(cube().solid().points[idOf()][2], start[2]);
}

TEST_F(SpaceModes, AClickInThreeDimensionsSelectsWhatIsUnderIt) {
  trigger("spaceSolid");
  const InstanceId instance{0, 5, 0};
  QTest::mouseClick(&cube(), Qt::LeftButton, {}, cube().positionOf(instance).toPoint());
  ASSERT_TRUE(selection_.instance().isValid());
  // On one line of sight the nearest one counts.
  const QPointF found = cube().positionOf(selection_.instance());
  EXPECT_LT((found - cube().positionOf(instance)).manhattanLength(), 4);
}

TEST_F(SpaceModes, SlidersCutTheSpaceAndOneEndPushesTheOther) {
  trigger("spaceSolid");
  auto* clip = cube().parentWidget()->findChild<SpaceClip*>(QStringLiteral("spaceClip"));
  auto* from = clip->findChild<QSlider*>(QStringLiteral("clipFromY"));
  auto* to = clip->findChild<QSlider*>(QStringLiteral("clipToY"));
  EXPECT_EQ(cube().clip(), cube().wholeBox());
  from->setValue(3);
  to->setValue(2);
  EXPECT_EQ(from->value(), 2);
  EXPECT_LT(cube().clip().low[1], 2);
  EXPECT_LT(cube().clip().high[1], 3);
  std::set<float> rows;
  for (const SolidPoint& point : cube().solid().points)
    if (cube().clip().contains(point))
      rows.insert(std::floor(point[1]));
  EXPECT_EQ(rows, std::set<float>{2});
}

TEST_F(SpaceModes, TheMatrixHoldsEveryPairAndGivesItToThePlane) {
  trigger("spaceMatrix");
  EXPECT_EQ(matrix().cells().size(), 6U); // of four loops
  matrix().finish();
  EXPECT_TRUE(matrix().isComplete());
  const MatrixCell cell{0, 2};
  QTest::mouseClick(&matrix(), Qt::LeftButton, {}, matrix().rectOf(cell).center().toPoint());
  EXPECT_EQ(view_.state().mode, SpaceMode::Plane);
  EXPECT_EQ(plot().scene().data.yLabel, "tt");
  EXPECT_EQ(plot().scene().data.xLabel, "t");
  EXPECT_EQ(view_.state().axes[1].y, "tt");
}

TEST_F(SpaceModes, TheMatrixIsWalkedWithKeys) {
  trigger("spaceMatrix");
  matrix().setFocus(); // framed: what the plane shows, t and i
  QTest::keyClick(&matrix(), Qt::Key_Up);
  QTest::keyClick(&matrix(), Qt::Key_Return);
  EXPECT_EQ(plot().scene().data.yLabel, "it");
  EXPECT_EQ(plot().scene().data.xLabel, "i");
}

TEST_F(SpaceModes, EveryCellOfTheMatrixShowsPoints) {
  trigger("spaceMatrix");
  matrix().finish();
  const QImage picture = matrix().grab().toImage();
  const QRgb first = Theme::make(Theme::Kind::Light).statementFill(0).rgb();
  for (const MatrixCell& cell : matrix().cells()) {
    const QRect box = matrix().rectOf(cell).toRect();
    bool found = false;
    for (int y = box.top(); y < box.bottom(); ++y)
      for (int x = box.left(); x < box.right(); ++x)
        found |= picture.pixel(x, y) == first;
    EXPECT_TRUE(found) << cell.outer << " " << cell.inner;
  }
}

TEST_F(SpaceModes, ArrowsAreFilteredByArrayStatementAndState) {
  trigger("showAllArrows");
  const auto all = shownArrows();
  EXPECT_EQ(find<QToolButton>("arrowFilter")->text(), QStringLiteral("Arrows: all kinds"));
  trigger("array_A");
  const auto withoutA = shownArrows();
  EXPECT_LT(withoutA, all);
  for (const PlotArrow& arrow : plot().scene().arrows)
    if (plot().scene().shows(arrow)) {
      EXPECT_EQ(plot().scene().schedule->dependences[static_cast<std::size_t>(arrow.dependence)].array, "B");
    }
  EXPECT_TRUE(find<QToolButton>("arrowFilter")->toolTip().contains(QStringLiteral("without A")));
  trigger("array_A");
  trigger("statement_S1");
  EXPECT_EQ(shownArrows(), 0); // all but the output dependence touch S1, and that one has no arrows here
  trigger("showAllArrows");
  trigger("showCarried");
  for (const PlotArrow& arrow : plot().scene().arrows)
    EXPECT_EQ(plot().scene().shows(arrow), arrow.state == ArrowState::Kept);
}

TEST_F(SpaceModes, TheLegendSaysWhatColorsAndArrowsMean) {
  EXPECT_TRUE(legend().contains(QStringLiteral("S0, S1")));
  EXPECT_TRUE(legend().contains(QStringLiteral("flow")));
  EXPECT_TRUE(legend().contains(QStringLiteral("kept in one iteration")));
  EXPECT_FALSE(legend().contains(QStringLiteral("violated")));
  view_.setThreads(3);
  trigger("colorByThread");
  EXPECT_TRUE(legend().contains(QStringLiteral("thread 0, 1, 2, blocks of OpenMP's static sharing")));
  trigger("colorByLane");
  EXPECT_TRUE(legend().contains(QStringLiteral("no loop runs as vector lanes")));
  view_.setSchedule(samples::illegalSchedule());
  EXPECT_TRUE(legend().contains(QStringLiteral("violated")));
  trigger("showLegend");
  EXPECT_FALSE(find<SpaceLegend>("spaceLegend")->isVisible());
}

TEST_F(SpaceModes, PointsHaveTheColorsOfTheirThreads) {
  trigger("colorByThread");
  view_.setThreads(2);
  for (const char* mode : {"spacePlane", "spaceSolid"}) {
    trigger(mode);
    QWidget& shown = std::string(mode) == "spacePlane" ? static_cast<QWidget&>(plot()) : cube();
    const std::set<QRgb> colors = colorsOf(shown);
    const Theme theme = Theme::make(Theme::Kind::Light);
    keepPicture(QStringLiteral("threads_") + QLatin1String(mode));
    EXPECT_TRUE(colors.contains(theme.thread(0).rgb())) << mode;
    EXPECT_FALSE(colors.contains(theme.thread(2).rgb())) << mode;
    EXPECT_FALSE(colors.contains(theme.statementFill(0).rgb())) << mode;
  }
}

TEST_F(SpaceModes, ViolatedArrowsDifferFromKeptOnesInThePicture) {
  view_.setSchedule(samples::illegalSchedule());
  keepPicture(QStringLiteral("violated"));
  const QRgb violation = Theme::make(Theme::Kind::Light).violation.rgb();
  EXPECT_TRUE(colorsOf(plot()).contains(violation));
  trigger("showViolated");
  EXPECT_FALSE(colorsOf(plot()).contains(violation));
}

TEST_F(SpaceModes, HullsAndStackingChangeThePicture) {
  const QImage before = plot().grab().toImage();
  trigger("showHulls");
  ASSERT_EQ(plot().scene().hulls.size(), 2U);
  EXPECT_NE(plot().grab().toImage(), before);
  view_.setSchedule(samples::schedule(0));
  EXPECT_TRUE(plot().scene().data.bands.empty());
  plot().setFocus();
  QTest::keyClick(&plot(), Qt::Key_S);
  EXPECT_EQ(plot().scene().data.bands.size(), 2U);
  keepPicture(QStringLiteral("stacked"));
  // Each point still lies where the picture says.
  const InstanceId lower{1, 3, 1};
  QTest::mouseClick(&plot(), Qt::LeftButton, {}, plot().positionOf(lower).toPoint());
  EXPECT_EQ(selection_.instance(), lower);
}

TEST_F(SpaceModes, TheStateIsAValueThatBringsTheViewBack) {
  SpaceViewState wanted;
  wanted.mode = SpaceMode::Solid;
  wanted.colorBy = ColorBy::Thread;
  wanted.layout = SpaceLayout::Stacked;
  wanted.kinds = {true, true, false};
  wanted.states = {true, false, true};
  wanted.hiddenArrays = {"A"};
  wanted.hiddenStatements = {"S1"};
  wanted.tiles = false, wanted.hulls = true, wanted.legend = false;
  wanted.axes[1] = {"it", "tt", "t"};
  wanted.azimuth = 1.2, wanted.elevation = -0.4;
  const SpaceViewState before = view_.state();
  view_.setState(wanted);
  EXPECT_EQ(view_.state(), wanted);
  EXPECT_EQ(cube().solid().labels, (std::array<std::string, 3>{"it", "tt", "t"}));
  EXPECT_EQ(cube().scene().style.colorBy, ColorBy::Thread);
  view_.setState(before);
  EXPECT_EQ(view_.state(), before);
  EXPECT_EQ(plot().scene().data.xLabel, "i");
}

TEST_F(SpaceModes, EveryChoiceIsAnActionWithAName) {
  std::set<QString> names;
  for (const QAction* action : view_.viewActions()) {
    EXPECT_FALSE(action->text().isEmpty());
    EXPECT_TRUE(names.insert(action->objectName()).second) << action->objectName().toStdString();
  }
  EXPECT_GE(names.size(), 18U);
  for (QWidget* part : view_.findChildren<QWidget*>())
    if (part->focusPolicy() != Qt::NoFocus && (qobject_cast<QComboBox*>(part) || qobject_cast<QSlider*>(part))) {
      EXPECT_FALSE(part->accessibleName().isEmpty()) << part->objectName().toStdString();
    }
}

TEST_F(SpaceModes, EveryModeHasInkInBothThemes) {
  for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
    view_.setTheme(Theme::make(kind));
    for (const char* mode : {"spacePlane", "spaceSolid", "spaceMatrix"}) {
      trigger(mode);
      matrix().finish();
      const QImage picture = view_.grab().toImage();
      const Theme theme = Theme::make(kind);
      int ink = 0;
      for (int y = 0; y < picture.height(); y += 2)
        for (int x = 0; x < picture.width(); x += 2)
          ink += picture.pixel(x, y) != theme.panel.rgb();
      EXPECT_GT(ink, 4000) << mode;
      keepPicture(QLatin1String(mode) + QString::number(static_cast<int>(kind)));
    }
  }
}

/// Takes the mouse on corners and remembers what it hears.
class CornerGesture : public SpaceGesture {
public:
  bool press(const SpaceHit& hit, Qt::KeyboardModifiers) override {
    return hit.hull && hit.hull->part == HullHit::Part::Corner;
  }
  void move(const SpaceHit& hit) override { moves.push_back(hit.lattice); }
  bool release(const SpaceHit& hit) override {
    released = hit.lattice;
    return true;
  }
  void cancel() override { ++cancels; }
  std::optional<Qt::CursorShape> hover(const SpaceHit& hit) override {
    return hit.hull && hit.hull->part == HullHit::Part::Corner ? std::optional(Qt::SizeAllCursor) : std::nullopt;
  }
  void paint(QPainter&, const SpaceScene&, const Viewport&, const QRectF&) const override { ++paints; }

  std::vector<LatticePoint> moves;
  std::optional<LatticePoint> released;
  int cancels = 0;
  mutable int paints = 0;
};

TEST_F(SpaceModes, AGestureTakesTheMouseWhereItSaysSo) {
  CornerGesture gesture;
  plot().setGesture(&gesture);
  plot().grab();
  EXPECT_GT(gesture.paints, 0);
  const Viewport before = plot().viewport();
  const auto hulls = statementHulls(plot().scene().data);
  const PlanePoint corner = plot().viewport().toScreen(hulls[0].corners[0]);
  const QPoint start = QPointF(corner.x, corner.y).toPoint();
  QTest::mousePress(&plot(), Qt::LeftButton, {}, start);
  const PlanePoint target = before.toScreen({4, 3});
  QMouseEvent move(QEvent::MouseMove, QPointF(target.x, target.y), plot().mapToGlobal(QPointF(target.x, target.y)),
                   Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&plot(), &move);
  QTest::mouseRelease(&plot(), Qt::LeftButton, {}, QPointF(target.x, target.y).toPoint());
  ASSERT_EQ(gesture.moves.size(), 1U);
  EXPECT_EQ(gesture.moves[0], (LatticePoint{4, 3, -1}));
  EXPECT_EQ(gesture.released, gesture.moves[0]);
  EXPECT_EQ(plot().viewport(), before) << "the plot must not pan meanwhile";
  EXPECT_FALSE(selection_.instance().isValid());
  QTest::mousePress(&plot(), Qt::LeftButton, {}, start);
  QTest::keyClick(&plot(), Qt::Key_Escape);
  EXPECT_EQ(gesture.cancels, 1);
  plot().setGesture(nullptr);
}

TEST(SpaceOfFewDimensions, LinesAndLonePointsHaveNames) {
  auto program = std::make_shared<ProgramSnapshot>(*samples::program());
  auto schedule = std::make_shared<ScheduleSnapshot>();
  InstanceCloud lone, line;
  lone.count = 1, lone.rank = {0};
  line.statement = 1, line.sourceLoops = line.timeLoops = {"i"}, line.source = line.time = {0, 1, 2, 3}, line.count = 4;
  line.timeIsTile = {false}, line.rank = {1, 2, 3, 4};
  for (const auto& clouds : {std::vector{lone}, std::vector{line}, std::vector{lone, line}}) {
    schedule->space.clouds = clouds;
    Selection selection;
    IterationSpaceView view(selection);
    view.resize(700, 300);
    view.show();
    view.setProgram(program);
    view.setSchedule(std::make_shared<ScheduleSnapshot>(*schedule));
    const PlotData& data = view.plot(SpaceOrder::New)->scene().data;
    EXPECT_EQ(data.projection.y, kNoDimension);
    EXPECT_EQ(data.projection.x, clouds.size() == 1 && clouds[0].sourceLoops.empty() ? kNoDimension : 0);
    const QImage picture = view.plot(SpaceOrder::New)->grab().toImage();
    EXPECT_GT(colorsOf(*view.plot(SpaceOrder::New)).size(), 10U) << "points and their names";
    if (const QByteArray folder = qgetenv("POLYLOOM_SCREENSHOTS"); !folder.isEmpty())
      view.grab().save(QString::fromLocal8Bit(folder) + QStringLiteral("/few%1.png").arg(data.points.size()));
  }
}

} // namespace
} // namespace polyloom
