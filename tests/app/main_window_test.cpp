// The whole window, fed with samples.
#include "app/window/main_window.h"

#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "tests/support/sample_snapshots.h"
#include "views/command_palette.h"
#include "views/space_plot.h"

#include <QComboBox>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class MainWindowTest : public ::testing::Test {
protected:
  MainWindowTest() : settings_(folder_.filePath(QStringLiteral("settings.ini"))) {
    settings_.setTheme(Theme::Kind::Light);
    window_ = std::make_unique<MainWindow>(settings_, samples::forms());
    window_->resize(1400, 860);
    window_->show();
    window_->resetLayout();
  }
  void fill(const std::shared_ptr<const ScheduleSnapshot>& schedule) {
    window_->setProgram(samples::program());
    window_->setRegions({QStringLiteral("1: jacobi")}, 0);
    window_->setSchedule(schedule);
    window_->setSpace(schedule);
    std::vector<HistoryRow> rows{{.verdict = HistoryVerdict::Legal}};
    for (const StepInfo& step : schedule->steps) {
      const int id = static_cast<int>(rows.size());
      rows.push_back({.id = id, .parent = id - 1, .line = QString::fromStdString(step.text), .verdict = HistoryVerdict::Legal});
    }
    const int last = static_cast<int>(rows.size()) - 1;
    window_->setHistory(std::move(rows), last);
  }
  /// Kept where POLYLOOM_SCREENSHOTS names a folder, for people to look at.
  void keep(const QString& name) {
    QTest::qWait(150);
    const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS");
    if (!folder.isEmpty()) {
      EXPECT_TRUE(window_->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
  }

  QTemporaryDir folder_;
  Settings settings_;
  std::unique_ptr<MainWindow> window_;
};

TEST_F(MainWindowTest, EveryActionDockAndViewHasANameAndEveryActionAKey) {
  QSet<QString> names;
  for (const QDockWidget* dock : window_->findChildren<QDockWidget*>()) {
    EXPECT_FALSE(dock->objectName().isEmpty());
    EXPECT_FALSE(names.contains(dock->objectName()));
    names.insert(dock->objectName());
    EXPECT_FALSE(dock->widget()->findChild<QWidget*>()->objectName().isEmpty());
  }
  EXPECT_EQ(names.size(), 15);
  const Actions& a = window_->actions();
  QSet<QString> keys;
  for (const QAction* action :
       {a.open, a.openRecipe, a.saveRecipe, a.exportPicture, a.copyPanel, a.followHover, a.quit, a.undo, a.redo, a.startOver, a.measure, a.measureAll, a.sweep, a.train, a.cancel,
        a.reassociate, a.fit, a.darkTheme, a.resetLayout, a.typeStep, a.commands,
        a.shortcuts, a.manual, a.showExecution, a.playExecution, a.stepForward, a.stepBack, a.firstStep, a.lastStep,
        a.nextIteration, a.previousIteration, a.saveSession, a.findSchedule, a.endComparison}) {
    EXPECT_FALSE(action->objectName().isEmpty());
    const QString key = action->shortcut().toString();
    EXPECT_FALSE(key.isEmpty()) << qUtf8Printable(action->text());
    EXPECT_FALSE(keys.contains(key)) << qUtf8Printable(key);
    keys.insert(key);
  }
}

TEST_F(MainWindowTest, TheComparisonComesToTheFront) {
  fill(samples::schedule(4));
  window_->showComparisonPanel();
  keep(QStringLiteral("compare-nothing"));
  const auto skewed = samples::schedule(3);
  window_->comparison()->setSides({QStringLiteral("skew i by 2 t"), skewed, {}, QStringLiteral("1.02× ± 0.01")},
                                  {QStringLiteral("tiled"), samples::schedule(4), {}, QStringLiteral("4.41× ± 0.11")});
  window_->space()->setReference(skewed, QStringLiteral("A: skew i by 2 t"));
  // Of panels that share a place, the hidden ones are only moved out of sight.
  EXPECT_TRUE(QTest::qWaitFor([&] { return window_->measurement()->visibleRegion().isEmpty(); })) << "they share a place";
  EXPECT_FALSE(window_->comparison()->visibleRegion().isEmpty());
  keep(QStringLiteral("compare"));
}

TEST_F(MainWindowTest, ResetLayoutBringsHiddenPanelsBack) {
  auto* dock = window_->findChild<QDockWidget*>(QStringLiteral("historyDock"));
  dock->hide();
  window_->addDockWidget(Qt::RightDockWidgetArea, dock);
  window_->actions().resetLayout->trigger();
  EXPECT_TRUE(dock->isVisible());
  EXPECT_EQ(window_->dockWidgetArea(dock), Qt::LeftDockWidgetArea);
}

TEST_F(MainWindowTest, TheChosenThemeIsKept) {
  window_->actions().darkTheme->trigger();
  EXPECT_TRUE(window_->theme().isDark());
  EXPECT_EQ(settings_.theme(), Theme::Kind::Dark);
  EXPECT_TRUE(QTest::qWaitFor([this] { return window_->space()->style().theme.kind == Theme::Kind::Dark; }));
  window_->setThemeKind(Theme::Kind::Light);
  EXPECT_EQ(window_->space()->style().theme.kind, Theme::Kind::Light) << "at once";
}

TEST_F(MainWindowTest, SelectingInOneViewSelectsInAll) {
  fill(samples::schedule(4));
  window_->selection().selectStatement(1);
  EXPECT_GT(window_->source()->highlightedLines(), 0);
  EXPECT_GT(window_->code()->editor()->highlightedLines(), 0);
  EXPECT_EQ(window_->tree()->currentIndex().data().toString(), QStringLiteral("S1"));
  window_->selection().selectLoop(QStringLiteral("it"));
  EXPECT_EQ(window_->tree()->currentIndex().data().toString(), QStringLiteral("for it"));
  EXPECT_EQ(window_->source()->highlightedLines(), 0);
}

TEST_F(MainWindowTest, ADroppedProgramIsOpened) {
  const QSignalSpy files(window_.get(), &MainWindow::fileRequested);
  for (const char* path : {"/tmp/a.c", "/tmp/a.poly", "/tmp/a.scop", "/tmp/a.png"}) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QLatin1String(path))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(window_.get(), &enter);
    EXPECT_EQ(enter.isAccepted(), !QLatin1String(path).endsWith(QLatin1String(".png"))) << path;
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window_.get(), &drop);
  }
  ASSERT_EQ(files.count(), 3);
  EXPECT_EQ(files[1][0].toString(), QStringLiteral("/tmp/a.poly"));
}

TEST_F(MainWindowTest, ParametersHaveAValueToMeasureAndOneToDraw) {
  fill(samples::schedule(4));
  EXPECT_EQ(window_->parameters()->measureValues().at("N"), 2000);
  EXPECT_EQ(window_->parameters()->viewValues().at("N"), 18);
  const QSignalSpy changes(window_->parameters(), &ParameterBar::viewValuesChanged);
  window_->parameters()->findChild<QSpinBox*>(QStringLiteral("view_T"))->setValue(5);
  EXPECT_EQ(changes.count(), 1);
}

TEST_F(MainWindowTest, ManyFieldsStandBehindOneButton) {
  window_->resize(1600, 860);
  auto program = *samples::program();
  program.parameters = {{"NI", 100, 4}, {"NJ", 100, 4}};
  program.scalars = {{"alpha", "double", 1.5}, {"beta", "int", 1}};
  window_->setProgram(std::make_shared<const ProgramSnapshot>(program));
  ParameterBar* bar = window_->parameters();
  EXPECT_TRUE(bar->isCollapsed());
  auto* alpha = bar->findChild<QDoubleSpinBox*>(QStringLiteral("scalar_alpha"));
  ASSERT_NE(alpha, nullptr);
  EXPECT_FALSE(alpha->isVisible());
  QTest::mouseClick(bar->findChild<QToolButton*>(QStringLiteral("parameterButton")), Qt::LeftButton);
  EXPECT_TRUE(alpha->isVisible());
  alpha->setValue(0.25);
  EXPECT_DOUBLE_EQ(bar->scalarValues().at("alpha"), 0.25);
  EXPECT_EQ(bar->scalarValues().size(), 2U);
  EXPECT_EQ(bar->measureValues().size(), 2U);
  window_->setProgram(samples::program());
  EXPECT_FALSE(bar->isCollapsed());
}

TEST_F(MainWindowTest, APresetSetsTheValuesToMeasure) {
  ParameterBar* bar = window_->parameters();
  auto* box = bar->findChild<QComboBox*>(QStringLiteral("presetBox"));
  ASSERT_NE(box, nullptr);
  window_->setProgram(samples::program());
  EXPECT_TRUE(box->isHidden());

  auto program = *samples::program();
  program.presets = {{"MINI", {{"T", 20}, {"N", 30}}}, {"LARGE", {{"T", 500}, {"N", 2001}}}};
  window_->setProgram(std::make_shared<const ProgramSnapshot>(program));
  EXPECT_FALSE(box->isHidden());
  EXPECT_EQ(box->count(), 3);
  EXPECT_EQ(box->currentText(), QStringLiteral("custom"));
  const auto choose = [&](int index) {
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
  };
  choose(2);
  EXPECT_EQ(box->currentText(), QStringLiteral("LARGE"));
  EXPECT_EQ(bar->measureValues(), (std::map<std::string, std::int64_t>{{"N", 2001}, {"T", 500}}));
  EXPECT_EQ(bar->viewValues().at("N"), 18); // what is drawn stays small
  bar->setMeasureValue("N", 2002);
  EXPECT_EQ(box->currentText(), QStringLiteral("custom"));
  choose(1);
  choose(0); // the values are MINI's all the same
  EXPECT_EQ(box->currentText(), QStringLiteral("MINI"));
}

TEST_F(MainWindowTest, TheTableOfInstancesFollowsTheSelectionAndLeadsIt) {
  fill(samples::schedule(4));
  const QAbstractItemModelTester tester(window_->instances()->instanceModel());
  const auto& space = window_->schedule()->space;
  EXPECT_EQ(window_->instances()->instanceModel()->rowCount(),
            static_cast<int>(space.clouds[0].count + space.clouds[1].count));
  window_->selection().selectInstance({0, 5, 0});
  EXPECT_EQ(window_->instances()->currentIndex().row(), space.clouds[0].rank[5]);
  EXPECT_EQ(window_->instances()->currentIndex().data().toString(), QStringLiteral("S0[t=0, i=6]"));
  window_->instances()->setCurrentIndex(window_->instances()->model()->index(0, 0));
  EXPECT_EQ(window_->selection().instance(), window_->instances()->instanceModel()->instanceAt(0));
  window_->selection().clear();
  EXPECT_FALSE(window_->instances()->currentIndex().isValid());
}

TEST_F(MainWindowTest, TheCommandPaletteRunsWhatIsTyped) {
  fill(samples::schedule(4));
  window_->actions().commands->trigger();
  auto* palette = window_->findChild<CommandPalette*>();
  ASSERT_NE(palette, nullptr);
  EXPECT_TRUE(palette->isVisible());
  EXPECT_TRUE(palette->titles().contains(QStringLiteral("tile")));
  auto* line = palette->findChild<QLineEdit*>();
  QTest::keyClicks(line, QStringLiteral("darkth"));
  ASSERT_FALSE(palette->titles().isEmpty());
  EXPECT_EQ(palette->titles().first(), QStringLiteral("Dark theme"));
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(window_->theme().isDark());
  EXPECT_FALSE(palette->isVisible());
}

TEST_F(MainWindowTest, F1OpensTheManualAtTheStepOfTheForm) {
  window_->form()->showStep(QStringLiteral("tile"));
  window_->actions().manual->trigger();
  auto* list = window_->findChild<QListWidget*>(QStringLiteral("stepManualList"));
  auto* page = window_->findChild<QTextBrowser*>(QStringLiteral("stepManualPage"));
  ASSERT_TRUE(list != nullptr && page != nullptr);
  EXPECT_FALSE(page->window()->isModal());
  ASSERT_NE(list->currentItem(), nullptr);
  EXPECT_EQ(list->currentItem()->text(), QStringLiteral("tile"));
  EXPECT_TRUE(page->toPlainText().contains(QStringLiteral("block by block")));
}

TEST_F(MainWindowTest, ShiftF1ListsTheKeys) {
  window_->actions().shortcuts->trigger();
  auto* table = window_->findChild<QTableWidget*>(QStringLiteral("shortcutTable"));
  ASSERT_NE(table, nullptr);
  EXPECT_FALSE(table->findItems(QStringLiteral("F5"), Qt::MatchExactly).isEmpty());
  EXPECT_FALSE(table->window()->isModal());
}

TEST(FuzzyScore, PrefersStartsOfWordsAndLettersSideBySide) {
  EXPECT_FALSE(fuzzyScore(QStringLiteral("xyz"), QStringLiteral("Open")).has_value());
  EXPECT_GT(fuzzyScore(QStringLiteral("rec"), QStringLiteral("Open recipe")),
            fuzzyScore(QStringLiteral("rec"), QStringLiteral("Direction")));
  EXPECT_GT(fuzzyScore(QStringLiteral("tile"), QStringLiteral("tile")),
            fuzzyScore(QStringLiteral("tile"), QStringLiteral("toggle title bar else")));
  EXPECT_EQ(fuzzyScore({}, QStringLiteral("Open")), 0);
}

TEST(ParameterBar, FieldsWithoutRoomGoBehindTheButtonToo) {
  ParameterBar bar;
  bar.setProgram(*samples::program());
  bar.resize(900, 30);
  bar.show();
  EXPECT_FALSE(bar.isCollapsed());
  bar.resize(bar.minimumSizeHint().width() + 10, 30);
  EXPECT_TRUE(bar.isCollapsed());
  EXPECT_EQ(bar.measureValues().at("N"), 2000);
  bar.resize(900, 30);
  EXPECT_FALSE(bar.isCollapsed());
}

TEST_F(MainWindowTest, StartsWithRecentFilesAndExamples) {
  window_->setRecentFiles({QStringLiteral("/tmp/a.c")});
  StartPage* start = window_->startPage();
  EXPECT_TRUE(start->isVisible());
  const QSignalSpy files(window_.get(), &MainWindow::fileRequested);
  auto* list = start->findChild<QListWidget*>(QStringLiteral("startRecent"));
  ASSERT_EQ(list->count(), 1);
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
  list->setCurrentRow(0);
  QTest::keyClick(list, Qt::Key_Return);
  ASSERT_EQ(files.count(), 2);
  EXPECT_EQ(files[1][0].toString(), QStringLiteral("/tmp/a.c"));
  fill(samples::schedule(0));
  EXPECT_FALSE(start->isVisible());
}

TEST_F(MainWindowTest, FitsSmallAndLargeScreensInBothThemes) {
  for (const auto& [size, name] : {std::pair(QSize(1000, 640), "small"), std::pair(QSize(1400, 860), "middle"),
                                   std::pair(QSize(1920, 1080), "large")})
    for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
      window_->setThemeKind(kind);
      window_->resize(size);
      window_->resetLayout();
      fill(samples::schedule(4));
      window_->setMeasurements(samples::measurements(),
                               {QStringLiteral("on me@tower (AMD EPYC 9R14, 64 cores, Polyloom 0.1.0, LLVM 19.1.7)"),
                                QStringLiteral("ended after 30 rounds, as many as allowed; the widest interval is 5.0 % wide")});
      keep(QStringLiteral("window-%1-%2")
               .arg(QLatin1String(name), kind == Theme::Kind::Dark ? QStringLiteral("dark") : QStringLiteral("light")));
      EXPECT_LE(window_->width(), size.width());
      EXPECT_LE(window_->height(), size.height());
      EXPECT_GT(window_->space()->width(), size.width() / 3);
    }
}

TEST_F(MainWindowTest, AnIllegalOrderWithRepairsFitsASmallScreen) {
  const QSize size(900, 600);
  window_->resize(size);
  window_->resetLayout();
  fill(samples::illegalSchedule());
  window_->dependences()->verdict()->setRepairs({{"", "shift S1 j by 1 before fuse i j"}, {"", "shift S0 i by -1 before fuse i j"},
                                                 {"", "leave out fuse i j"}});
  keep(QStringLiteral("window-illegal-small"));
  EXPECT_EQ(window_->size(), size);
  const QTableView* table = window_->dependences()->table();
  const QString first = table->model()->index(table->rowAt(0), 3).data().toString();
  EXPECT_EQ(first, QStringLiteral("violated")); // what the verdict speaks of
  EXPECT_TRUE(window_->parameters()->findChild<QToolButton*>(QStringLiteral("parameterButton"))->isVisible());
  EXPECT_TRUE(window_->form()->rect().contains(
      window_->form()->findChild<QWidget*>(QStringLiteral("applyStep"))->geometry()));
  for (const QPushButton* button : window_->dependences()->verdict()->repairs()->buttons())
    EXPECT_GE(button->height(), button->fontMetrics().height()); // not squeezed: it scrolls
}

TEST_F(MainWindowTest, ShowsEmptyIllegalAndCrowdedStates) {
  keep(QStringLiteral("window-nothing"));
  fill(samples::emptySchedule());
  keep(QStringLiteral("window-empty"));
  fill(samples::illegalSchedule());
  window_->messages()->showMessage(
      MessageBar::Severity::Warning,
      QStringLiteral("An illegal order is not measured. S1[t=0, j=1] reads B[2] before S0[t=0, i=2] has written it."));
  keep(QStringLiteral("window-illegal"));
  window_->selection().selectPair({0, 2 * 16 + 6}, {1, 2 * 16 + 5});
  keep(QStringLiteral("window-witness"));
  fill(samples::schedule(4, 60, 160));
  window_->selection().selectInstance({0, 700, 0});
  keep(QStringLiteral("window-crowded"));
  window_->messages()->dismiss();
  fill(samples::schedule(5));
  window_->selection().selectInstance({0, 3 * 16 + 5, 0});
  window_->space()->plot(SpaceOrder::New)->setFocus();
  keep(QStringLiteral("window-note"));
  EXPECT_TRUE(window_->findChildren<QMessageBox*>().isEmpty());
}

} // namespace
} // namespace polyloom
