// The tree of schedules as a panel: its shape, its filter, its keys and what they ask for.
#include "views/history_delegate.h"
#include "views/history_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

HistoryRow row(int id, int parent, const char* line, HistoryVerdict verdict = HistoryVerdict::Legal) {
  HistoryRow made{.id = id, .parent = parent, .line = QString::fromLatin1(line), .verdict = verdict};
  made.recipe = made.line;
  return made;
}

/// original, then "fuse i j" (illegal) or "shift S1 j by 1; fuse i j; skew i by 2 t".
std::vector<HistoryRow> sample() {
  std::vector<HistoryRow> rows{row(0, -1, ""), row(1, 0, "fuse i j", HistoryVerdict::Illegal), row(2, 0, "shift S1 j by 1"),
                               row(3, 2, "fuse i j"), row(4, 3, "skew i by 2 t")};
  rows[1].message = QStringLiteral("S1 overwrites A[1] before S0 has read it");
  rows[3].measured = QStringLiteral("1.17× ± 0.02");
  rows[4].name = QStringLiteral("skewed");
  rows[4].starred = true;
  rows[4].expands = {QStringLiteral("skew i by 1 t"), QStringLiteral("skew i by 1 t")};
  return rows;
}

/// One line a visible item, indented by its depth.
QStringList printed(const HistoryModel& model, const QModelIndex& parent = {}, int depth = 0) {
  QStringList lines;
  for (int k = 0; k < model.rowCount(parent); ++k) {
    const QModelIndex item = model.index(k, 0, parent);
    lines << QString(depth, QLatin1Char('>')) + item.data().toString();
    lines << printed(model, item, depth + 1);
  }
  return lines;
}

class HistoryViewTest : public ::testing::Test {
protected:
  HistoryViewTest() : tester_(view_.historyModel(), QAbstractItemModelTester::FailureReportingMode::Fatal) {
    view_.resize(340, 220);
    view_.show();
    view_.activateWindow();
    view_.setFocus();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&view_));
    view_.setRows(sample(), 4);
  }
  const HistoryModel& model() const { return *view_.historyModel(); }
  void select(int id) { view_.setCurrentIndex(model().indexOf(id)); }

  HistoryView view_;
  QAbstractItemModelTester tester_;
};

TEST_F(HistoryViewTest, AChainStaysAtItsDepthAndBranchesGoDeeper) {
  EXPECT_EQ(printed(model()), QStringList({QStringLiteral("original"), QStringLiteral(">fuse i j"), QStringLiteral(">shift S1 j by 1"),
                                           QStringLiteral(">fuse i j"), QStringLiteral(">skew i by 2 t")}));
  EXPECT_TRUE(model().indexOf(3).data(HistoryModel::FollowsRole).toBool());
  EXPECT_FALSE(model().indexOf(2).data(HistoryModel::FollowsRole).toBool());
  EXPECT_TRUE(view_.isExpanded(model().indexOf(0)));
  EXPECT_EQ(view_.currentIndex().data(HistoryModel::IdRole).toInt(), 4);
}

TEST_F(HistoryViewTest, RowsSayVerdictFiguresAndWhatTheyStandFor) {
  EXPECT_EQ(model().indexOf(3, HistoryModel::MeasuredColumn).data().toString(), QStringLiteral("1.17× ± 0.02"));
  EXPECT_TRUE(model().indexOf(1).data(Qt::ToolTipRole).toString().contains(QLatin1String("before S0")));
  EXPECT_EQ(model().indexOf(1).data(Qt::AccessibleTextRole).toString(), QStringLiteral(", fuse i j, illegal"));
  EXPECT_TRUE(model().indexOf(4).data(Qt::ToolTipRole).toString().endsWith(QLatin1String("    skew i by 1 t\n    skew i by 1 t")));
  EXPECT_TRUE(view_.isColumnHidden(HistoryModel::PredictedColumn)) << "nothing is predicted";
  auto rows = sample();
  rows[3].predicted = QStringLiteral("1.21×");
  view_.setRows(rows, 4);
  EXPECT_FALSE(view_.isColumnHidden(HistoryModel::PredictedColumn));
}

/// Each schedule but the original is predicted, and the fused one is measured, too.
std::vector<HistoryRow> predicted() {
  auto rows = sample();
  for (std::size_t k = 2; k < rows.size(); ++k)
    rows[k].predicted = QStringLiteral("1.61× [1.42 … 1.83]");
  rows[3].agreement = PredictionVerdict::ModelWrong;
  rows[2].unpredicted = QStringLiteral("the model has never seen such a shift");
  rows[2].predicted.clear();
  return rows;
}

TEST_F(HistoryViewTest, PredictionsStandBesideMeasurementsWithAVerdict) {
  view_.setRows(predicted(), 4);
  EXPECT_EQ(model().indexOf(3, HistoryModel::AgreementColumn).data().toString(), QStringLiteral("model wrong"));
  EXPECT_EQ(model().indexOf(4, HistoryModel::AgreementColumn).data().toString(), QString());
  EXPECT_EQ(model().indexOf(3, HistoryModel::MeasuredColumn).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("1.17× ± 0.02, model wrong"));
  const QString tip = model().indexOf(3).data(Qt::ToolTipRole).toString();
  EXPECT_TRUE(tip.contains(QStringLiteral("predicted: 1.61× [1.42 … 1.83]"))) << qUtf8Printable(tip);
  EXPECT_TRUE(tip.contains(QStringLiteral("≠  the model is wrong"))) << qUtf8Printable(tip);
  EXPECT_TRUE(model().indexOf(2).data(Qt::ToolTipRole).toString().endsWith(QLatin1String("not predicted: the model has never seen such a shift")));
  EXPECT_TRUE(view_.isColumnHidden(HistoryModel::AgreementColumn)) << "it is a mark";
  select(3);
  QTest::keyClick(&view_, Qt::Key_C, Qt::ControlModifier);
  const QString table = QString::fromUtf8(QApplication::clipboard()->mimeData()->data(QStringLiteral("text/csv")));
  EXPECT_TRUE(table.startsWith(QLatin1String("schedule,predicted,verdict on the model,measured"))) << qUtf8Printable(table);
  EXPECT_TRUE(table.contains(QStringLiteral("1.61× [1.42 … 1.83],model wrong,1.17× ± 0.02"))) << qUtf8Printable(table);
}

TEST_F(HistoryViewTest, StepsKeepTheirRoomAndFiguresShareAColumnWhereItIsNarrow) {
  view_.setRows(predicted(), 4);
  const QFontMetrics figure(codeFont(-0.5));
  const int step = 18 * figure.averageCharWidth();
  const int whole = figure.horizontalAdvance(QStringLiteral("1.61× [1.42 … 1.83]"));
  view_.resize(700, 220);
  EXPECT_GE(view_.columnWidth(HistoryModel::PredictedColumn), whole);
  view_.resize(380, 220);
  EXPECT_FALSE(view_.isColumnHidden(HistoryModel::PredictedColumn));
  EXPECT_LT(view_.columnWidth(HistoryModel::PredictedColumn), whole);
  EXPECT_GE(view_.columnWidth(HistoryModel::StepColumn), step);
  view_.resize(230, 220);
  EXPECT_TRUE(view_.isColumnHidden(HistoryModel::PredictedColumn));
  EXPECT_EQ(model().headerData(HistoryModel::MeasuredColumn, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("speedup"));
  EXPECT_GE(view_.columnWidth(HistoryModel::StepColumn), 100);
  EXPECT_EQ(shortFigure(QStringLiteral("1.61× [1.42 … 1.83]")), QStringLiteral("1.61×"));
  EXPECT_EQ(shortFigure(QStringLiteral("1.17× ± 0.02")), QStringLiteral("1.17×"));
  EXPECT_EQ(shortFigure(QStringLiteral("wrong result")), QStringLiteral("wrong result"));
}

TEST_F(HistoryViewTest, TheFilterFindsNamesStepsAndStars) {
  auto* text = view_.filter()->findChild<QLineEdit*>(QStringLiteral("historyFilter"));
  auto* starred = view_.filter()->findChild<QToolButton*>(QStringLiteral("historyStarred"));
  text->setText(QStringLiteral("FUSE"));
  EXPECT_EQ(printed(model()), QStringList({QStringLiteral("fuse i j"), QStringLiteral("fuse i j")}));
  text->setText(QStringLiteral("skewed"));
  EXPECT_EQ(printed(model()), QStringList({QStringLiteral("skew i by 2 t")}));
  text->setText(QStringLiteral("illegal"));
  EXPECT_EQ(model().row(model().index(0, 0))->id, 1);
  text->clear();
  starred->setChecked(true);
  EXPECT_EQ(printed(model()).size(), 1);
  starred->setChecked(false);
  EXPECT_EQ(printed(model()).size(), 5);
}

TEST_F(HistoryViewTest, KeysAskForWhatTheyName) {
  const QSignalSpy shows(&view_, &HistoryView::showRequested), edits(&view_, &HistoryView::editRequested),
      stars(&view_, &HistoryView::starRequested), deletions(&view_, &HistoryView::deleteRequested);
  select(3);
  QTest::keyClick(&view_, Qt::Key_Return);
  QTest::keyClick(&view_, Qt::Key_Space);
  QTest::keyClick(&view_, Qt::Key_Delete);
  QTest::keyClick(&view_, Qt::Key_Delete, Qt::ShiftModifier);
  QTest::keyClick(&view_, Qt::Key_C, Qt::ControlModifier);
  ASSERT_EQ(shows.count(), 1);
  EXPECT_EQ(shows[0][0].toInt(), 3);
  ASSERT_EQ(stars.count(), 1);
  EXPECT_TRUE(stars[0][1].toBool());
  ASSERT_EQ(edits.count(), 1);
  EXPECT_EQ(edits[0][1].toString(), QString());
  ASSERT_EQ(deletions.count(), 1);
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("fuse i j\n"));
  select(0);
  QTest::keyClick(&view_, Qt::Key_Delete);
  EXPECT_EQ(edits.count(), 1) << "the original order is no step";
}

TEST_F(HistoryViewTest, AStepIsEditedInItsRow) {
  QSignalSpy edits(&view_, &HistoryView::editRequested), names(&view_, &HistoryView::renameRequested);
  select(2);
  QTest::keyClick(&view_, Qt::Key_F2);
  auto* editor = view_.viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  EXPECT_EQ(editor->text(), QStringLiteral("shift S1 j by 1"));
  QTest::keyClicks(editor, QStringLiteral("shift S1 j by 2"));
  QTest::keyClick(editor, Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return edits.count() == 1; }));
  EXPECT_EQ(edits[0][0].toInt(), 2);
  EXPECT_EQ(edits[0][1].toString(), QStringLiteral("shift S1 j by 2"));
  EXPECT_EQ(model().indexOf(2).data().toString(), QStringLiteral("shift S1 j by 1")) << "whoever keeps the history decides";
  select(0);
  QTest::keyClick(&view_, Qt::Key_F2);
  EXPECT_EQ(edits.count(), 1);
  QTest::keyClick(&view_, Qt::Key_F2, Qt::ShiftModifier);
  editor = view_.viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr) << "the original order can have a name";
  QTest::keyClicks(editor, QStringLiteral("start"));
  QTest::keyClick(editor, Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return names.count() == 1; }));
  EXPECT_EQ(names[0][1].toString(), QStringLiteral("start"));
}

TEST_F(HistoryViewTest, ClosedBranchesStayClosedUntilTheUserIsInThem) {
  view_.setRows(sample(), 0);
  view_.collapse(model().indexOf(0));
  auto rows = sample();
  rows.push_back(row(5, 0, "reverse t", HistoryVerdict::Illegal));
  view_.setRows(rows, 0);
  EXPECT_FALSE(view_.isExpanded(model().indexOf(0)));
  const QJsonObject state = view_.viewState();
  view_.setRows(rows, 5);
  EXPECT_TRUE(view_.isExpanded(model().indexOf(0)));
  HistoryView other;
  other.setRows(rows, 0);
  other.restoreViewState(state);
  EXPECT_FALSE(other.isExpanded(other.historyModel()->indexOf(0)));
}

TEST_F(HistoryViewTest, TwoThousandSchedulesStayFluid) {
  std::vector<HistoryRow> rows{row(0, -1, "")};
  for (int id = 1; id <= 2000; ++id)
    rows.push_back(row(id, id % 5 == 1 ? id / 10 : id - 1, "tile i j by 32 32"));
  QElapsedTimer timer;
  timer.start();
  constexpr int kReplays = 20;
  for (int k = 0; k < kReplays; ++k) {
    view_.setRows(std::vector<HistoryRow>(rows.begin(), rows.begin() + 1900 + k), k);
    view_.grab();
  }
  // A bound that only a mistake in the algorithm breaks, on any machine.
  EXPECT_LT(timer.elapsed() / kReplays, 200);
  EXPECT_EQ(model().scheduleCount(), 1919);
}

} // namespace
} // namespace polyloom
