// The smaller views, driven as a person would.
#include "tests/support/sample_snapshots.h"
#include "views/code_view.h"
#include "views/dependence_view.h"
#include "views/history_view.h"
#include "views/loop_tree_view.h"
#include "views/measurement_view.h"
#include "views/message_bar.h"
#include "views/plotting.h"
#include "views/source_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

using ModelTester = QAbstractItemModelTester;
constexpr auto kFatal = ModelTester::FailureReportingMode::Warning;

QStringList treeText(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0) {
  QStringList lines;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex index = model.index(row, 0, parent);
    lines << QString(depth * 2, QLatin1Char(' ')) + index.data().toString();
    lines << treeText(model, index, depth + 1);
  }
  return lines;
}

TEST(Selection, SelectingOneKindOfThingClearsTheOthers) {
  Selection selection;
  const QSignalSpy changes(&selection, &Selection::changed);
  selection.selectStatement(1);
  selection.selectLoop(QStringLiteral("i"));
  EXPECT_EQ(selection.statement(), -1);
  EXPECT_EQ(selection.loop(), QStringLiteral("i"));
  selection.selectInstance({1, 4, 1});
  EXPECT_EQ(selection.statement(), 1);
  EXPECT_TRUE(selection.loop().isEmpty());
  selection.selectInstance({1, 4, 1});
  EXPECT_EQ(changes.count(), 3);
  selection.clear();
  EXPECT_TRUE(selection.isEmpty());
}

TEST(SourceView, MarksTheLinesOfEachStatement) {
  Selection selection;
  SourceView view(selection);
  view.setProgram(samples::program());
  EXPECT_EQ(view.linesOf(0), std::vector<int>{5});
  EXPECT_EQ(view.linesOf(1), std::vector<int>{7});
  EXPECT_TRUE(view.origins()[2].isRegionMark);
  EXPECT_TRUE(view.isReadOnly());
}

TEST(SourceView, AClickSelectsTheStatementEverywhere) {
  Selection selection;
  SourceView source(selection);
  CodeView code(selection);
  source.resize(500, 300);
  source.show();
  source.setProgram(samples::program());
  code.setSchedule(samples::schedule(0));
  const int x = static_cast<int>(source.SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL,
                                                      static_cast<long>(source.positionFromLineIndex(5, 8))));
  const int y = static_cast<int>(source.SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, 0UL,
                                                      static_cast<long>(source.positionFromLineIndex(5, 8))));
  QTest::mouseClick(source.viewport(), Qt::LeftButton, {}, QPoint(x + 2, y + 4));
  EXPECT_EQ(selection.statement(), 0);
  EXPECT_EQ(code.editor()->highlightedLines(), 1);
  selection.selectLoop(QStringLiteral("j"));
  EXPECT_EQ(code.editor()->highlightedLines(), 1);
  EXPECT_EQ(source.highlightedLines(), 1); // the head
}

TEST(CodeView, AsksForTextsThatItDoesNotHave) {
  Selection selection;
  CodeView view(selection);
  view.show();
  view.setSchedule(samples::schedule(4));
  EXPECT_TRUE(view.editor()->text().contains(QLatin1String("#pragma omp parallel for")));
  const QSignalSpy requests(&view, &CodeView::textRequested);
  view.kindCombo()->setCurrentIndex(view.kindCombo()->findText(QStringLiteral("LLVM IR")));
  ASSERT_EQ(requests.count(), 1);
  view.setLines(CodeView::Kind::Assembly, {{.text = "ret", .loop = {}}});
  EXPECT_FALSE(view.editor()->text().contains(QLatin1String("ret")));
  view.setLines(CodeView::Kind::Llvm, {{.text = "define void @jacobi()", .loop = {}}});
  EXPECT_TRUE(view.editor()->text().contains(QLatin1String("@jacobi")));
  view.setSchedule(samples::schedule(4)); // the same one, with its points
  EXPECT_EQ(requests.count(), 1);
  view.setSchedule(samples::schedule(2));
  EXPECT_EQ(requests.count(), 2);
}

TEST(CodeView, AsksForNothingWhileItIsHidden) {
  Selection selection;
  CodeView view(selection);
  const QSignalSpy requests(&view, &CodeView::textRequested);
  view.setKind(CodeView::Kind::Assembly);
  view.setSchedule(samples::schedule(4));
  EXPECT_EQ(requests.count(), 0);
  view.show();
  EXPECT_EQ(requests.count(), 1);
}

TEST(LoopTreeModel, ShowsLoopsAndStatementsWithoutSequences) {
  LoopTreeModel model;
  const ModelTester tester(&model, kFatal);
  model.setSchedule(samples::program(), samples::schedule(0));
  EXPECT_EQ(treeText(model).join(QLatin1Char('\n')), QStringLiteral("for t\n  for i\n    S0\n  for j\n    S1"));
  model.setSchedule(samples::program(), samples::schedule(4));
  EXPECT_EQ(treeText(model).join(QLatin1Char('\n')),
            QStringLiteral("for tt\n  for it\n    for t\n      for i\n        S0\n        S1"));
  model.setSchedule(nullptr, nullptr);
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(LoopTreeView, AClickOnADashedBadgeAsksForAParallelLoop) {
  Selection selection;
  LoopTreeView view(selection);
  view.resize(360, 300);
  view.show();
  view.setSchedule(samples::program(), samples::schedule(0));
  const QSignalSpy steps(&view, &LoopTreeView::stepRequested);
  const QModelIndex i = view.treeModel()->findLoop(QStringLiteral("i"));
  const auto badges = badgesOf(view.treeModel()->node(i));
  ASSERT_EQ(badges.size(), 1U);
  EXPECT_TRUE(badges[0].hollow);
  const QRectF badge = badgeRect(view.visualRect(i), badges, 0, view.font());
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, badge.center().toPoint());
  ASSERT_EQ(steps.count(), 1);
  EXPECT_EQ(steps[0][0].toString(), QStringLiteral("parallel i"));
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(i).topLeft() + QPoint(10, 8));
  EXPECT_EQ(steps.count(), 1);
  EXPECT_EQ(selection.loop(), QStringLiteral("i"));
}

TEST(LoopTreeView, LoopsThatCarryADependenceHaveNoDashedBadge) {
  const auto tree = samples::schedule(0)->tree;
  EXPECT_TRUE(badgesOf(tree[0]).empty());
  const auto parallel = badgesOf(samples::schedule(5)->tree[1]);
  ASSERT_EQ(parallel.size(), 1U);
  EXPECT_FALSE(parallel[0].hollow);
}

TEST(NormalizedRecipe, DropsCommentsBlanksAndTheVersionLine) {
  EXPECT_EQ(normalizedRecipe(QStringLiteral("polyloom-recipe 1 f\n# why\n  tile  i by 4 # here\n\nparallel it\n")),
            QStringLiteral("tile i by 4\nparallel it"));
}

TEST(DependenceView, SelectingARowSelectsTheDependence) {
  Selection selection;
  DependenceView view(selection);
  const ModelTester tester(view.dependenceModel(), kFatal);
  view.resize(420, 400);
  view.show();
  view.setSchedule(samples::schedule(4));
  EXPECT_EQ(view.dependenceModel()->summary(), QStringLiteral("2 flow, 1 anti, 1 output"));
  const QModelIndex cell = view.dependenceModel()->index(1, 1);
  EXPECT_EQ(cell.data().toString(), QStringLiteral("S1 → S0"));
  QTest::mouseClick(view.table()->viewport(), Qt::LeftButton, {}, view.table()->visualRect(cell).center());
  EXPECT_EQ(selection.dependence(), 1);
  selection.selectDependence(2);
  EXPECT_EQ(view.table()->selectionModel()->selectedRows().value(0).row(), 2);
}

TEST(VerdictPanel, TellsTheWitnessAndItsSmallestCase) {
  VerdictPanel panel;
  panel.setSchedule(samples::illegalSchedule());
  EXPECT_TRUE(panel.text().contains(QLatin1String("S1[t=0, j=1] reads B[2] before")));
  EXPECT_TRUE(panel.text().contains(QLatin1String("T = 1, N = 4")));
  panel.setSchedule(samples::schedule(4));
  EXPECT_TRUE(panel.text().startsWith(QLatin1String("Legal")));
}

TEST(VerdictPanel, OffersRepairsUntilTheNextRecipe) {
  VerdictPanel panel;
  panel.setSchedule(samples::illegalSchedule());
  panel.resize(420, 260);
  panel.show();
  EXPECT_FALSE(panel.repairs()->isVisible());
  panel.setRepairs({{"shift S1 j by 1\nfuse i j\n", "shift S1 j by 1 before fuse i j"}, {"", "leave out fuse i j"}});
  ASSERT_EQ(panel.repairs()->buttons().size(), 2U);
  EXPECT_TRUE(panel.repairs()->isVisible());
  QPushButton* first = panel.repairs()->buttons().front();
  EXPECT_EQ(first->accessibleName(), QStringLiteral("Repair: shift S1 j by 1 before fuse i j"));
  EXPECT_EQ(first->toolTip(), QStringLiteral("shift S1 j by 1 before fuse i j"));
  std::string asked;
  QObject::connect(panel.repairs(), &RepairList::repairRequested, &panel,
                   [&](const RepairInfo& repair) { asked = repair.recipe; });
  first->setFocus();
  QTest::keyClick(first, Qt::Key_Space);
  EXPECT_TRUE(QTest::qWaitFor([&] { return asked == "shift S1 j by 1\nfuse i j\n"; }));
  panel.setSchedule(samples::illegalSchedule()); // the same recipe again, with its points
  EXPECT_EQ(panel.repairs()->buttons().size(), 2U);
  panel.setSchedule(samples::schedule(4));
  EXPECT_TRUE(panel.repairs()->buttons().empty());
  EXPECT_FALSE(panel.repairs()->isVisible());
}

TEST(MeasurementView, SaysWhatCannotBeToldApartAndWhatFailed) {
  MeasurementView view;
  view.resize(600, 220);
  view.show();
  view.setMeasurements(samples::measurements());
  EXPECT_EQ(view.barCount(), 4);
  const QStringList remarks = view.remarks();
  ASSERT_EQ(remarks.size(), 6);
  EXPECT_TRUE(remarks[1].contains(QLatin1String("not distinguishable")));
  EXPECT_TRUE(remarks[3].contains(QStringLiteral("4.41×")));
  EXPECT_TRUE(remarks[4].startsWith(QLatin1String("wrong result")));
  EXPECT_TRUE(remarks[5].startsWith(QLatin1String("timed out")));
  view.setMeasurements({});
  EXPECT_EQ(view.barCount(), 0);
}

TEST(MeasurementView, ShowsOutliersAndAllThatIsKnown) {
  MeasurementView view;
  view.resize(600, 220);
  view.show();
  view.setMeasurements(samples::measurements(), {QStringLiteral("this machine counts <nothing>")});
  EXPECT_TRUE(view.remarks()[3].endsWith(QLatin1String("faster   2 outliers   warning below"))) << qUtf8Printable(view.remarks()[3]);
  EXPECT_FALSE(view.remarks()[2].contains(QLatin1String("outlier")));
  const QString details = view.details();
  for (const char* part : {"speedup 4.41 [4.30 … 4.52]", "in 30 runs", "31 % of the roofline of 2 threads (compute bound)",
                           "2 of 30 samples lie beyond", "the parallel loop is too small", "this machine counts <nothing>",
                           "wrong result: largest relative error 3.2e-2"})
    EXPECT_TRUE(details.contains(QString::fromUtf8(part))) << part << "\n" << qUtf8Printable(details);
  view.setMeasurements({});
  EXPECT_EQ(view.details(), QString());
}

TEST(MeasurementView, SaysWhenAStoredFigureWasTaken) {
  MeasurementView view;
  view.resize(600, 220);
  view.show();
  std::vector<MeasurementInfo> measurements = samples::measurements();
  measurements[3].taken = "2026-02-01T12:11:10Z";
  view.setMeasurements(measurements);
  EXPECT_EQ(view.barCount(), 4);
  const QStringList remarks = view.remarks();
  EXPECT_TRUE(remarks[3].endsWith(QLatin1String("faster   2 outliers   warning below   on 2026-02-01"))) << qUtf8Printable(remarks[3]);
  EXPECT_TRUE(remarks[2].endsWith(QLatin1String("slower"))) << qUtf8Printable(remarks[2]);
}

TEST(MeasurementView, LeavesRoomForTheBarsAndCutsNoRemark) {
  std::vector<MeasurementInfo> measurements = samples::measurements();
  for (MeasurementInfo& info : measurements) {
    info.taken = "2026-02-01T12:11:10Z";
    info.label = "a step with a line that is longer than any narrow panel has room for";
  }
  MeasurementView view;
  view.setMeasurements(measurements);
  auto* plot = view.findChild<QCustomPlot*>(QStringLiteral("measurementPlot"));
  for (const int width : {420, 640, 1400}) {
    view.resize(width, 260);
    view.show();
    QTest::qWait(50);
    for (int k = 0; k < plot->itemCount(); ++k)
      if (const auto* text = qobject_cast<QCPItemText*>(plot->item(k))) {
        EXPECT_LE(text->right->pixelPosition().x(), plot->width()) << width << ": " << qUtf8Printable(text->text());
        const bool hasDate = text->text().contains(QStringLiteral("on 2026-02-01"));
        EXPECT_TRUE(hasDate || width < 1400 || !text->text().contains(QStringLiteral("×"))) << qUtf8Printable(text->text());
      }
    EXPECT_GT(plot->axisRect()->width(), width / 2);
    EXPECT_LT(plot->xAxis->range().upper, 4.52 / 0.39);
  }
}

TEST(MeasurementView, ShowsPredictionsBesideMeasurements) {
  MeasurementView view;
  view.resize(600, 320);
  view.show();
  const std::vector<MeasurementInfo> measurements = samples::measurements();
  const Predictions predictions{{measurements[1].recipe, {.speedup = 1.1, .interval = {0.8, 1.3}}},
                                {measurements[3].recipe, {.speedup = 2.41, .interval = {1.92, 3.04}}},
                                {measurements[2].recipe, {.problem = "the model has never seen this"}},
                                {"skew i by 2 t", {.speedup = 1.5, .interval = {1.2, 1.9}}}};
  view.setPredictions(predictions, QStringLiteral("skew i by 2 t"));
  auto* plot = view.findChild<QWidget*>(QStringLiteral("measurementPlot"));
  view.setMeasurements(measurements);
  const int height = plot->minimumHeight();
  EXPECT_EQ(view.barCount(), 4);
  const QString details = view.details();
  for (const char* part : {"predicted 1.10× [0.80 … 1.30], not distinguishable", "predicted 2.41× [1.92 … 3.04], model wrong",
                           "predicted 1.50× [1.20 … 1.90], not measured yet"})
    EXPECT_TRUE(details.contains(QString::fromUtf8(part))) << part << "\n" << qUtf8Printable(details);
  EXPECT_FALSE(details.contains(QLatin1String("never seen")));
  view.setPredictions({}, {});
  EXPECT_FALSE(view.details().contains(QLatin1String("predicted")));
  EXPECT_LT(plot->minimumHeight(), height) << "rows are lower without them";
}

TEST(MessageBar, CanBeClosedAndActedOn) {
  MessageBar bar;
  EXPECT_TRUE(bar.text().isEmpty());
  const QSignalSpy actions(&bar, &MessageBar::actionTriggered), dismissals(&bar, &MessageBar::dismissed);
  bar.showMessage(MessageBar::Severity::Error, QStringLiteral("wrong"), QStringLiteral("Mend"));
  EXPECT_EQ(bar.text(), QStringLiteral("wrong"));
  QTest::mouseClick(bar.findChild<QWidget*>(QStringLiteral("messageAction")), Qt::LeftButton);
  EXPECT_EQ(actions.count(), 1);
  bar.showMessage(MessageBar::Severity::Warning, QStringLiteral("again"));
  QTest::mouseClick(bar.findChild<QWidget*>(QStringLiteral("messageClose")), Qt::LeftButton);
  EXPECT_EQ(dismissals.count(), 1);
  EXPECT_TRUE(bar.text().isEmpty());
}

} // namespace
} // namespace polyloom
