// The panel of sweeps: its fields, its curve, its map, its table, and what is taken from them.
#include "views/sweep_view.h"

#include "views/copy.h"
#include "views/exporter.h"
#include "views/sweep_model.h"
#include "views/sweep_plot.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom {
namespace {

using Values = std::vector<std::int64_t>;

std::vector<SweepNumber> numbers() {
  const std::string line = "tile i j by 8 16";
  return {{.place = {1, "sizes", 0}, .line = line, .open = "tile i j by ? 16", .loop = "i", .value = 8,
           .candidates = {4, 6, 8, 12, 16, 32}, .coarse = {4, 8, 16, 32}},
          {.place = {1, "sizes", 1}, .line = line, .open = "tile i j by 8 ?", .loop = "j", .value = 16,
           .candidates = {8, 12, 16, 24, 32}, .coarse = {8, 16, 32}},
          {.place = {2, "factor", 0}, .line = "unroll j by 4", .open = "unroll j by ?", .loop = "j", .value = 4,
           .candidates = {2, 4, 8}, .coarse = {2, 4, 8}}};
}

SweepPoint measured(Values values, double speedup, double spread) {
  SweepPoint point{.values = std::move(values), .verdict = SweepVerdict::Legal};
  point.figures = {{.source = "measured", .speedup = speedup, .low = speedup - spread, .high = speedup + spread, .seconds = 4e-3 / speedup}};
  return point;
}

std::string recipeOf(std::int64_t i, std::int64_t j) {
  return "parallel i\ntile i j by " + std::to_string(i) + " " + std::to_string(j) + "\nunroll j by 4";
}

class SweepViewTest : public ::testing::Test {
protected:
  SweepViewTest() : model_(*static_cast<SweepModel*>(view_.table()->model())), tester_(&model_, QAbstractItemModelTester::FailureReportingMode::Fatal) {
    view_.resize(640, 180);
    view_.setTheme(Theme::make(Theme::Kind::Light));
    view_.show();
    view_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&view_));
    view_.setNumbers(numbers(), 1);
  }
  template <typename T> T* child(const char* name) const { return view_.findChild<T*>(QLatin1String(name)); }
  QPushButton* run() const { return child<QPushButton>("runSweep"); }
  /// Over the first number: the third value illegal, the last two alike.
  void fillCurve() {
    const Values values = {4, 8, 16, 32, 64};
    view_.start({{{1, "sizes", 0}, values}});
    std::vector<std::pair<std::size_t, SweepPoint>> points;
    const double speedups[] = {1.2, 1.5, 0, 2.1, 2.08};
    for (std::size_t p = 0; p < values.size(); ++p) {
      points.emplace_back(p, measured({values[p]}, speedups[p], 0.05));
      points.back().second.recipe = recipeOf(values[p], 16);
    }
    points[2].second.verdict = SweepVerdict::Illegal;
    points[2].second.message = "illegal: S1[t=0, j=1] overwrites A[1] before S0 has read it";
    points[2].second.figures.clear();
    points[4].second.sameAs = 3;
    view_.setPoints(points);
    view_.setRecipe(QString::fromStdString(recipeOf(8, 16)));
    view_.finish();
    QTest::qWait(20);
  }
  void fillMap() {
    const Values rows = {4, 8, 16, 32}, columns = {8, 16, 32};
    view_.start({{{1, "sizes", 0}, rows}, {{1, "sizes", 1}, columns}});
    std::vector<std::pair<std::size_t, SweepPoint>> points;
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (std::size_t c = 0; c < columns.size(); ++c) {
        points.emplace_back(r * columns.size() + c, measured({rows[r], columns[c]}, 1 + 0.2 * static_cast<double>(r) + 0.3 * static_cast<double>(c), 0.04));
        points.back().second.recipe = recipeOf(rows[r], columns[c]);
      }
    points[0].second.verdict = SweepVerdict::Refused;
    points[0].second.message = "the loop has fewer iterations";
    points[0].second.figures.clear();
    view_.setPoints(points);
    view_.setRecipe(QString::fromStdString(recipeOf(8, 16)));
    view_.finish();
    QTest::qWait(20);
  }
  void keep(const char* name) {
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
      QTest::qWait(50);
      view_.grab().save(QDir(folder).filePath(QLatin1String(name) + QStringLiteral(".png")));
    }
  }
  void clickAt(std::size_t point) {
    QTest::mouseClick(view_.plot(), Qt::LeftButton, {}, view_.plot()->placeOf(point).toPoint());
  }

  SweepView view_;
  SweepModel& model_;
  QAbstractItemModelTester tester_;
};

TEST_F(SweepViewTest, ProposesTheStepsFirstNumberWithItsValues) {
  EXPECT_EQ(child<QComboBox>("sweepNumber")->currentText(), QStringLiteral("tile i j by ? 16"));
  EXPECT_EQ(child<QLineEdit>("sweepValues")->text(), QStringLiteral("4 6 8 12 16 32"));
  EXPECT_EQ(child<QComboBox>("sweepSecondNumber")->currentIndex(), 0);
  EXPECT_FALSE(child<QLineEdit>("sweepSecondValues")->isEnabled());
  view_.setNumbers(numbers(), 2);
  EXPECT_EQ(child<QComboBox>("sweepNumber")->currentText(), QStringLiteral("unroll j by ?"));
}

TEST_F(SweepViewTest, AsksForTheChoicesOfBothNumbers) {
  auto* second = child<QComboBox>("sweepSecondNumber");
  second->setFocus();
  QTest::keyClick(second, Qt::Key_Down);
  QTest::keyClick(second, Qt::Key_Down); // "tile i j by 8 ?" stands third
  ASSERT_EQ(second->currentText(), QStringLiteral("tile i j by 8 ?"));
  EXPECT_EQ(child<QLineEdit>("sweepValues")->text(), QStringLiteral("4 8 16 32")) << "fewer values for two";
  child<QLineEdit>("sweepSecondValues")->setText(QStringLiteral("32, 8"));
  QSignalSpy requests(&view_, &SweepView::sweepRequested);
  QTest::mouseClick(run(), Qt::LeftButton);
  ASSERT_EQ(requests.count(), 1);
  const auto axes = requests[0][0].value<std::vector<SweepAxis>>();
  ASSERT_EQ(axes.size(), 2U);
  EXPECT_EQ(axes[0].values, (Values{4, 8, 16, 32}));
  EXPECT_EQ(axes[1].place, (SweepPlace{1, "sizes", 1}));
  EXPECT_EQ(axes[1].values, (Values{8, 32}));
}

TEST_F(SweepViewTest, RefusesNoValuesAndTooMany) {
  child<QLineEdit>("sweepValues")->setText(QStringLiteral(" "));
  EXPECT_FALSE(run()->isEnabled());
  QStringList many;
  for (int k = 1; k <= 401; ++k)
    many << QString::number(k);
  child<QLineEdit>("sweepValues")->setText(many.join(QLatin1Char(' ')));
  EXPECT_FALSE(run()->isEnabled());
  EXPECT_TRUE(run()->toolTip().contains(QStringLiteral("400 at most"))) << qUtf8Printable(run()->toolTip());
}

TEST_F(SweepViewTest, RunsUntilItIsCanceledOrEnds) {
  QSignalSpy canceled(&view_, &SweepView::cancelRequested);
  view_.start({{{1, "sizes", 0}, {4, 8}}});
  view_.setProgress(QStringLiteral("1 of 2: measuring"), 1, 2);
  EXPECT_TRUE(view_.isRunning());
  EXPECT_FALSE(child<QComboBox>("sweepNumber")->isEnabled());
  EXPECT_EQ(child<QLabel>("sweepState")->text(), QStringLiteral("1 of 2: measuring"));
  EXPECT_EQ(model_.index(0, model_.columnCount() - 1).data().toString(), QStringLiteral("waiting"));
  QTest::mouseClick(run(), Qt::LeftButton);
  EXPECT_EQ(canceled.count(), 1);
  view_.finish(QStringLiteral("canceled"));
  EXPECT_EQ(run()->text(), QStringLiteral("Sweep"));
  EXPECT_TRUE(child<QComboBox>("sweepNumber")->isEnabled());
}

TEST_F(SweepViewTest, AClickOnTheCurveTakesTheValue) {
  fillCurve();
  QSignalSpy taken(&view_, &SweepView::taken);
  clickAt(3);
  ASSERT_EQ(taken.count(), 1);
  EXPECT_EQ(taken[0][0].toString(), QString::fromStdString(recipeOf(32, 16)));
  EXPECT_EQ(taken[0][1].toString(), QStringLiteral("tile i j by 32 16"));
  keep("sweep_curve");
}

TEST_F(SweepViewTest, AnIllegalPointSaysWhyAndIsNotTaken) {
  fillCurve();
  QSignalSpy taken(&view_, &SweepView::taken), hints(&view_, &SweepView::hintGiven);
  clickAt(2);
  EXPECT_EQ(taken.count(), 0);
  ASSERT_EQ(hints.count(), 1);
  EXPECT_EQ(hints[0][0].toString(),
            QStringLiteral("“tile i j by 16 16” is not taken: illegal: S1[t=0, j=1] overwrites A[1] before S0 has read it"));
}

TEST_F(SweepViewTest, PowersOfTwoAreAsFarApartOnTheCurve) {
  fillCurve();
  const auto x = [&](std::size_t point) { return view_.plot()->placeOf(point).x(); };
  EXPECT_NEAR(x(1) - x(0), x(3) - x(2), 1.5);
  EXPECT_GT(x(1) - x(0), 20);
  EXPECT_LT(view_.plot()->placeOf(3).y(), view_.plot()->placeOf(0).y()) << "faster is higher";
}

TEST_F(SweepViewTest, TheKeysWalkThroughTheMapAndTakeACell) {
  fillMap();
  view_.plot()->setFocus();
  QTest::keyClick(view_.plot(), Qt::Key_Right); // shows where the recipe is
  EXPECT_EQ(view_.plot()->cursor(), 4U);
  QTest::keyClick(view_.plot(), Qt::Key_Right);
  QTest::keyClick(view_.plot(), Qt::Key_Up);
  EXPECT_EQ(view_.plot()->cursor(), 8U);
  EXPECT_EQ(child<QLabel>("sweepState")->text(), QStringLiteral("16 × 32 · measured 2.00× [1.96 … 2.04], 2 ms"));
  EXPECT_EQ(view_.plot()->accessibleDescription(), child<QLabel>("sweepState")->text());
  QSignalSpy taken(&view_, &SweepView::taken);
  QTest::keyClick(view_.plot(), Qt::Key_Return);
  ASSERT_EQ(taken.count(), 1);
  EXPECT_EQ(taken[0][1].toString(), QStringLiteral("tile i j by 16 32"));
  keep("sweep_map");
}

TEST_F(SweepViewTest, EveryCellOfTheMapIsFoundWhereItStands) {
  fillMap();
  for (std::size_t point = 0; point < 12; ++point)
    EXPECT_EQ(view_.plot()->pointAt(view_.plot()->placeOf(point)), point);
  EXPECT_EQ(view_.plot()->pointAt({1, 1}), std::nullopt);
}

TEST_F(SweepViewTest, TheTableSaysTheSameAndTakesARow) {
  fillCurve();
  child<QToolButton>("sweepAsTable")->click();
  EXPECT_TRUE(view_.table()->isVisible());
  const auto cell = [&](int row, int column) { return model_.index(row, column).data().toString(); };
  EXPECT_EQ(cell(3, 0), QStringLiteral("32"));
  EXPECT_EQ(cell(3, 1), QStringLiteral("2.10× [2.05 … 2.15]"));
  EXPECT_EQ(cell(3, 3), QStringLiteral("best"));
  EXPECT_EQ(cell(4, 3), QStringLiteral("not distinguishable from the best, the same code as 32"));
  EXPECT_TRUE(cell(2, 3).startsWith(QLatin1String("illegal: S1[")));
  EXPECT_TRUE(model_.index(1, 0).data(Qt::FontRole).value<QFont>().bold()) << "the present value";
  EXPECT_EQ(model_.headerData(0, Qt::Horizontal).toString(), QStringLiteral("tile i j by ? 16"));
  QSignalSpy taken(&view_, &SweepView::taken);
  view_.table()->setFocus();
  view_.table()->setCurrentIndex(model_.index(4, 0));
  EXPECT_EQ(view_.plot()->cursor(), 4U);
  QTest::keyClick(view_.table(), Qt::Key_Return);
  ASSERT_EQ(taken.count(), 1);
  EXPECT_EQ(taken[0][1].toString(), QStringLiteral("tile i j by 64 16"));
  keep("sweep_table");
}

TEST_F(SweepViewTest, APredictionLiesBesideTheMeasurement) {
  fillCurve();
  std::vector<std::pair<std::size_t, SweepPoint>> points;
  for (std::size_t p = 0; p < 5; ++p) {
    points.emplace_back(p, view_.sweep().points[p]);
    if (p != 2)
      points.back().second.figures.push_back({.source = "predicted", .speedup = 1.4, .low = 1.2, .high = 1.6});
  }
  view_.setPoints(points);
  EXPECT_EQ(view_.sweep().sources(), (std::vector<std::string>{"measured", "predicted"}));
  EXPECT_EQ(model_.columnCount(), 6);
  EXPECT_EQ(model_.index(0, 3).data().toString(), QStringLiteral("1.40× [1.20 … 1.60]"));
  EXPECT_EQ(model_.headerData(3, Qt::Horizontal).toString(), QStringLiteral("predicted speedup"));
  keep("sweep_predicted");
}

TEST_F(SweepViewTest, CopiesAndExportsThePictureAndTheNumbers) {
  fillCurve();
  const ClipboardForms forms = view_.clipboardForms();
  EXPECT_TRUE(forms.csv.startsWith(QStringLiteral("tile i j by ? 16,measured speedup,measured time,remark\r\n4,1.20× [1.15 … 1.25],")))
      << qUtf8Printable(forms.csv);
  EXPECT_TRUE(forms.svg().contains("<svg"));
  const Exportable paper = view_.exportable(QStringLiteral("Sweep"));
  EXPECT_EQ(paper.table().size(), 6U);
  EXPECT_GE(paper.size.width(), 420);
}

TEST_F(SweepViewTest, ShowsAnEarlierSweepWithItsNumbersAsTheChoices) {
  fillMap();
  const SweepData earlier = view_.sweep();
  view_.clear();
  view_.restore(earlier);
  EXPECT_EQ(view_.sweep().points.size(), earlier.points.size());
  EXPECT_EQ(model_.rowCount(), static_cast<int>(earlier.points.size()));
  EXPECT_FALSE(view_.isRunning());
  EXPECT_TRUE(run()->isEnabled());
  view_.setNumbers(numbers()); // as the worker finds them in the recipe
  EXPECT_EQ(child<QComboBox>("sweepNumber")->currentText(), QString::fromStdString(earlier.numbers[0].open));
  EXPECT_EQ(child<QLineEdit>("sweepValues")->text(), QStringLiteral("4 8 16 32"));
  EXPECT_EQ(child<QComboBox>("sweepSecondNumber")->currentText(), QString::fromStdString(earlier.numbers[1].open));
  EXPECT_EQ(child<QLineEdit>("sweepSecondValues")->text(), QStringLiteral("8 16 32"));
}

TEST_F(SweepViewTest, LooksRightInTheDark) {
  view_.setTheme(Theme::make(Theme::Kind::Dark));
  fillMap();
  keep("sweep_map_dark");
  view_.clear();
  EXPECT_TRUE(view_.sweep().isEmpty());
  EXPECT_FALSE(run()->isEnabled());
}

} // namespace
} // namespace polyloom
