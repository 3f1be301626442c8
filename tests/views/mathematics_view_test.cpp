// The mathematics panel, and what panels put on the clipboard.
#include "tests/support/sample_snapshots.h"
#include "views/copy.h"
#include "views/dependence_view.h"
#include "views/iteration_space_view.h"
#include "views/loop_tree_view.h"
#include "views/mathematics_text.h"
#include "views/mathematics_view.h"
#include "views/measurement_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

/// One statement and one dependence, for the recipe of the schedule.
MathematicsSnapshotPtr mathematics(const ScheduleSnapshot& schedule) {
  MathematicsSnapshot snapshot{.recipe = schedule.recipe, .schedule = {}, .statements = {}, .dependences = {}};
  snapshot.schedule = {{.text = "mark: \"t\"", .loop = "t"}, {.text = "filter: \"{ S1[t, j] }\"", .loop = {}, .statement = 1}};
  const AffineMatrix matrix{.columns = {"t", "i", "N", "1"}, .rows = {{"A[0]", {0, 1, 0, -1}, "{ S0[t, i] -> [(-1 + i)] }"}}};
  const AffineMatrix tiles{.columns = {"t", "i", "N", "1"}, .rows = {{"tt", {}, "{ S0[t, i] -> [(floor((t)/4))] }"}}};
  snapshot.statements = {{.name = "S0", .domain = "{ S0[t, i] }", .constraints = {{{"t", "1"}, {{false, {1, 0}}}}},
                          .accesses = {{"reads A[i - 1]", matrix}}, .places = {{{"tt"}, tiles, {matrix}}}}};
  DependenceMathematics dependence{.array = "A", .from = "S0", .to = "S1", .relation = "{ S0[t, i] -> S1[t', j'] }",
                                   .constraints = {{{"t", "t'", "1"}, {{true, {-1, 1, -1}}}}},
                                   .source = DirectionVector{{"t", "i"}, {{.isLess = true, .least = 1, .largest = 1}, {.isLess = true, .isEqual = true, .least = 0}}}};
  dependence.reordered = {{{"t"}, {{.isLess = true, .isGreater = true}}}};
  snapshot.dependences = {dependence};
  return std::make_shared<const MathematicsSnapshot>(std::move(snapshot));
}

class Mathematics : public ::testing::Test {
protected:
  Mathematics() : view_(selection_), requests_(&view_, &MathematicsView::requested) {
    view_.resize(900, 400);
    view_.setProgram(samples::program());
  }
  void show() {
    view_.show();
    view_.setSchedule(samples::schedule(0));
    view_.setMathematics(mathematics(*samples::schedule(0)));
  }

  Selection selection_;
  MathematicsView view_;
  QSignalSpy requests_;
};

TEST_F(Mathematics, IsAskedForWhenItCanBeSeen) {
  view_.setSchedule(samples::schedule(0));
  EXPECT_EQ(requests_.count(), 0);
  view_.show();
  EXPECT_EQ(requests_.count(), 1);
  view_.setSchedule(samples::schedule(0));
  EXPECT_EQ(requests_.count(), 1);
  view_.setSchedule(samples::schedule(4));
  EXPECT_EQ(requests_.count(), 2);
  view_.setMathematics(mathematics(*samples::schedule(0))); // too late
  EXPECT_EQ(view_.vectorModel()->rowCount(), 0);
}

TEST_F(Mathematics, ShowsVectorsMatricesAndPolyhedra) {
  const QAbstractItemModelTester tester(view_.vectorModel(), QAbstractItemModelTester::FailureReportingMode::Warning);
  show();
  ASSERT_EQ(view_.vectorModel()->rowCount(), 1);
  EXPECT_EQ(view_.vectorModel()->index(0, VectorModel::Source).data().toString(), QStringLiteral("(1, <=)"));
  EXPECT_EQ(view_.vectorModel()->index(0, VectorModel::Reordered).data().toString(), QStringLiteral("(<>)"));
  view_.showTab(MathematicsView::Tab::Statements);
  const QString statements = view_.statementsPage()->toPlainText();
  EXPECT_TRUE(statements.contains(QLatin1String("reads A[i - 1]")));
  EXPECT_TRUE(statements.contains(QLatin1String("floor((t)/4)")));
  view_.showTab(MathematicsView::Tab::Dependences);
  const QString dependence = view_.dependencePage()->toPlainText();
  EXPECT_TRUE(dependence.contains(QLatin1String("S0[t, i] -> S1[t', j']")));
  EXPECT_TRUE(dependence.contains(QLatin1String("= 0")));
  EXPECT_TRUE(dependence.contains(QStringLiteral("0 …")));
}

TEST_F(Mathematics, IsLaidOutWhenAPersonLooksAtIt) {
  view_.setSeen(false);
  show();
  EXPECT_EQ(requests_.count(), 0);
  EXPECT_TRUE(view_.scheduleText()->text().isEmpty());
  view_.setSeen(true);
  EXPECT_TRUE(view_.scheduleText()->text().contains(QLatin1String("filter")));
  EXPECT_TRUE(view_.statementsPage()->toPlainText().isEmpty());
  view_.showTab(MathematicsView::Tab::Statements);
  EXPECT_FALSE(view_.statementsPage()->toPlainText().isEmpty());
}

TEST_F(Mathematics, ItsScheduleIsLinked) {
  show();
  selection_.hoverLine(1, {});
  EXPECT_EQ(view_.scheduleText()->litLines(), std::vector<int>{1});
  selection_.hoverLine(-1, QStringLiteral("t"));
  EXPECT_EQ(view_.scheduleText()->litLines(), std::vector<int>{0});
}

/// Triggers the widget's command and gives what is on the clipboard then.
const QMimeData* copied(QWidget* widget) {
  QGuiApplication::clipboard()->clear();
  copyCommandFor(widget)->trigger();
  return QGuiApplication::clipboard()->mimeData();
}

void expectPicture(const QMimeData* data) {
  EXPECT_FALSE(qvariant_cast<QImage>(data->imageData()).isNull());
  const QByteArray svg = data->data(QStringLiteral("image/svg+xml"));
  QSvgRenderer renderer(svg);
  EXPECT_TRUE(renderer.isValid());
  EXPECT_GT(renderer.defaultSize().width(), 50);
}

TEST_F(Mathematics, CopiesItsTables) {
  show();
  view_.showTab(MathematicsView::Tab::Dependences);
  const QMimeData* vectors = copied(view_.vectorTable());
  EXPECT_EQ(vectors->text(), QStringLiteral("Kind\tFrom → to\tArray\tIn the source\tIn the new order\n"
                                            "flow\tS0 → S1\tA\t(1, <=)\t(<>)\n"));
  EXPECT_EQ(QString::fromUtf8(vectors->data(QStringLiteral("text/csv"))),
            QStringLiteral("Kind,From → to,Array,In the source,In the new order\r\nflow,S0 → S1,A,\"(1, <=)\",(<>)\r\n"));
  expectPicture(vectors);
  const QMimeData* constraints = copied(view_.dependencePage());
  EXPECT_EQ(QString::fromUtf8(constraints->data(QStringLiteral("text/csv"))), QStringLiteral("Part,t,t',1,\r\n1,-1,1,-1,= 0\r\n"));
  const QMimeData* matrices = copied(view_.statementsPage());
  EXPECT_TRUE(QString::fromUtf8(matrices->data(QStringLiteral("text/csv")))
                  .contains(QLatin1String("S0,\"reads A[i - 1], in the source\",A[0],t i N 1,0,1,0,-1\r\n")));
}

TEST(Copy, CtrlCCopiesThePanelThatHasTheFocus) {
  Selection selection;
  LoopTreeView tree(selection);
  tree.resize(400, 300);
  tree.show();
  tree.setSchedule(samples::program(), samples::schedule(0));
  tree.activateWindow();
  tree.setFocus();
  QGuiApplication::clipboard()->clear();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&tree));
  QTest::keyClick(&tree, Qt::Key_C, Qt::ControlModifier);
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  EXPECT_EQ(data->text(), QStringLiteral("for t\n  for i\n    S0\n  for j\n    S1\n"));
  expectPicture(data);
  EXPECT_EQ(tree.contextMenuPolicy(), Qt::ActionsContextMenu);
}

TEST(Copy, ThePlotsAreOnePicture) {
  Selection selection;
  IterationSpaceView space(selection);
  space.resize(700, 400);
  space.show();
  space.setProgram(samples::program());
  space.setSchedule(samples::schedule(4));
  expectPicture(copied(space.findChild<QWidget*>(QStringLiteral("newPlot"))));
}

TEST(Copy, MeasurementsAreBarsAndNumbers) {
  MeasurementView view;
  view.resize(600, 300);
  view.show();
  view.setMeasurements(samples::measurements());
  const QMimeData* data = copied(&view);
  expectPicture(data);
  EXPECT_EQ(data->text().count(QLatin1Char('\n')), static_cast<int>(samples::measurements().size()) + 1);
  EXPECT_TRUE(data->text().startsWith(QLatin1String("Schedule\tMedian (s)")));
}

TEST(Copy, CsvFieldsAreQuotedWhereNeeded) {
  EXPECT_EQ(csvField(QStringLiteral("a")), QStringLiteral("a"));
  EXPECT_EQ(csvField(QStringLiteral("a,\"b\"")), QStringLiteral("\"a,\"\"b\"\"\""));
}

} // namespace
} // namespace polyloom
