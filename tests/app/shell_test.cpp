// Layouts, themes, presenting and keys, in the whole window.
#include "app/window/layouts.h"
#include "app/window/main_window.h"
#include "app/window/presenter.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "app/window/shortcuts.h"
#include "tests/support/sample_snapshots.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class ShellTest : public ::testing::Test {
protected:
  ShellTest() : settings_(folder_.filePath(QStringLiteral("settings.ini"))) {
    settings_.setTheme(Theme::Kind::Light);
    window_ = makeWindow();
  }
  std::unique_ptr<MainWindow> makeWindow() {
    auto window = std::make_unique<MainWindow>(settings_, samples::forms());
    window->resize(1400, 860);
    window->show();
    window->resetLayout();
    window->setProgram(samples::program());
    window->setSchedule(samples::schedule(4));
    window->setSpace(samples::schedule(4));
    return window;
  }
  QDockWidget* dock(const char* name) const { return window_->findChild<QDockWidget*>(QLatin1String(name)); }
  QAction* action(const char* name) const { return window_->findChild<QAction*>(QLatin1String(name)); }
  void expectAllPanelsReachable() const {
    for (const QDockWidget* each : window_->findChildren<QDockWidget*>()) {
      EXPECT_NE(window_->dockWidgetArea(const_cast<QDockWidget*>(each)), Qt::NoDockWidgetArea) << qUtf8Printable(each->objectName());
      const bool isOpenedOnRequest = each == dock("secondCodeDock") || each == dock("trainingDock");
      EXPECT_FALSE(each->isHidden() && !isOpenedOnRequest && window_->tabifiedDockWidgets(const_cast<QDockWidget*>(each)).isEmpty())
          << qUtf8Printable(each->objectName());
      EXPECT_FALSE(each->isFloating());
    }
  }
  /// Keys reach the active window only.
  void activate() {
    window_->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window_.get()));
  }
  void keep(const QString& name) {
    QTest::qWait(200);
    const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS");
    if (!folder.isEmpty()) {
      EXPECT_TRUE(window_->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
  }

  QTemporaryDir folder_;
  Settings settings_;
  std::unique_ptr<MainWindow> window_;
};

TEST_F(ShellTest, NoLayoutLosesAPanelOnSmallAndLargeScreens) {
  for (const QSize size : {QSize(1280, 800), QSize(2560, 1440)})
    for (const QString& name : Layouts::builtIn()) {
      window_->resize(size);
      window_->shell().layouts().apply(name);
      keep(QStringLiteral("layout-%1-%2").arg(name.toLower()).arg(size.width()));
      expectAllPanelsReachable();
      EXPECT_EQ(window_->size(), size);
      EXPECT_GT(window_->space()->width(), size.width() * 35 / 100) << qUtf8Printable(name);
      EXPECT_GT(window_->space()->height(), size.height() * 35 / 100) << qUtf8Printable(name);
      for (const char* front : {"sourceDock", "treeDock", "dependenceDock"})
        EXPECT_GT(dock(front)->height(), 60) << front << qUtf8Printable(name);
    }
}

TEST_F(ShellTest, TheToolBarsButtonsChooseTheLayoutAndItIsKept) {
  auto* bar = window_->findChild<QToolBar*>(QStringLiteral("layoutBar"));
  ASSERT_NE(bar, nullptr);
  auto* teach = qobject_cast<QToolButton*>(bar->widgetForAction(action("layout_Teach")));
  ASSERT_NE(teach, nullptr);
  window_->resize(1280, 800);
  QTest::qWait(50);
  EXPECT_TRUE(teach->isVisible());
  EXPECT_LE(teach->mapTo(window_.get(), QPoint(teach->width(), 0)).x(), window_->width());
  QTest::mouseClick(teach, Qt::LeftButton);
  EXPECT_TRUE(action("layout_Teach")->isChecked());
  EXPECT_FALSE(action("layout_Tune")->isChecked());
  EXPECT_EQ(window_->dockWidgetArea(dock("measurementDock")), Qt::LeftDockWidgetArea);
  EXPECT_EQ(makeWindow()->shell().layouts().current(), QStringLiteral("Teach"));
}

TEST_F(ShellTest, APanelThatALayoutDoesNotKnowBecomesATabInItsArea) {
  auto* stranger = new QDockWidget(QStringLiteral("Stranger"), window_.get());
  stranger->setObjectName(QStringLiteral("strangerDock"));
  window_->addDockWidget(Qt::BottomDockWidgetArea, stranger);
  window_->shell().layouts().apply(QStringLiteral("Tune"));
  EXPECT_TRUE(window_->tabifiedDockWidgets(stranger).contains(dock("measurementDock")));
  window_->shell().layouts().apply(QStringLiteral("Teach"));
  EXPECT_FALSE(window_->tabifiedDockWidgets(stranger).isEmpty());
  expectAllPanelsReachable();
}

TEST_F(ShellTest, OwnLayoutsAreSavedAppliedAndDeleted) {
  Layouts& layouts = window_->shell().layouts();
  window_->addDockWidget(Qt::BottomDockWidgetArea, dock("treeDock"));
  dock("historyDock")->hide();
  action("saveLayout")->trigger();
  auto* name = window_->findChild<QLineEdit*>(QStringLiteral("layoutName"));
  auto* refusal = window_->findChild<QLabel*>(QStringLiteral("layoutRefusal"));
  ASSERT_TRUE(name != nullptr && refusal != nullptr);
  QTest::keyClicks(name, QStringLiteral("tune"));
  QTest::keyClick(name, Qt::Key_Return);
  EXPECT_FALSE(refusal->isHidden());
  name->setText(QStringLiteral("Mine"));
  QTest::keyClick(name, Qt::Key_Return);
  EXPECT_FALSE(name->isVisible());
  ASSERT_EQ(layouts.own(), QStringList(QStringLiteral("Mine")));

  layouts.apply(QStringLiteral("Tune"));
  EXPECT_EQ(window_->dockWidgetArea(dock("treeDock")), Qt::RightDockWidgetArea);
  EXPECT_FALSE(dock("historyDock")->isHidden());
  // A panel that came after it was saved is not lost.
  auto* later = new QDockWidget(QStringLiteral("Later"), window_.get());
  later->setObjectName(QStringLiteral("laterDock"));
  window_->addDockWidget(Qt::RightDockWidgetArea, later);
  action("layout_Mine")->trigger();
  EXPECT_EQ(window_->dockWidgetArea(dock("treeDock")), Qt::BottomDockWidgetArea);
  EXPECT_TRUE(dock("historyDock")->isHidden());
  EXPECT_FALSE(window_->tabifiedDockWidgets(later).isEmpty());
  window_->resetLayout();
  EXPECT_EQ(window_->dockWidgetArea(dock("treeDock")), Qt::BottomDockWidgetArea);

  action("deleteLayout_Mine")->trigger();
  QTest::qWait(10);
  EXPECT_TRUE(layouts.own().isEmpty());
  EXPECT_EQ(layouts.current(), QStringLiteral("Tune"));
  EXPECT_EQ(action("layout_Mine"), nullptr);
}

TEST_F(ShellTest, EveryThemeReachesTheDrawingsAndIsKept) {
  for (const auto kind : {Theme::Kind::HighContrast, Theme::Kind::Projector, Theme::Kind::Dark, Theme::Kind::Light}) {
    action(kind == Theme::Kind::Dark ? "theme_darkChoice" : qPrintable(QStringLiteral("theme_") + Theme::nameOf(kind)))->trigger();
    EXPECT_EQ(settings_.theme(), kind);
    // Part after part, so that the window never waits.
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->space()->style().theme.kind == kind; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->tree()->theme().kind == kind; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return QApplication::palette().color(QPalette::Window) == Theme::make(kind).window; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->actions().darkTheme->isChecked() == (kind == Theme::Kind::Dark); }));
    keep(QStringLiteral("theme-%1").arg(Theme::nameOf(kind)));
  }
  action("theme_system")->trigger();
  EXPECT_FALSE(settings_.theme().has_value());
  EXPECT_TRUE(action("theme_system")->isChecked());
  EXPECT_TRUE(QTest::qWaitFor([&] { return window_->theme().kind == Theme::systemKind(); }));
}

TEST_F(ShellTest, PresentingShowsFewPanelsInLargeTypeAndEscapeBringsAllBack) {
  const double before = QApplication::font().pointSizeF();
  const QByteArray state = window_->saveState();
  window_->actions().present->trigger();
  activate();
  EXPECT_TRUE(window_->isFullScreen());
  EXPECT_FALSE(window_->menuBar()->isVisible());
  EXPECT_FALSE(window_->findChild<QToolBar*>(QStringLiteral("toolBar"))->isVisible());
  EXPECT_FALSE(dock("sourceDock")->isHidden());
  EXPECT_TRUE(dock("formDock")->isHidden());
  EXPECT_GT(QApplication::font().pointSizeF(), before * 1.3);
  keep(QStringLiteral("presenting"));
  action("largerType")->trigger();
  const double larger = QApplication::font().pointSizeF();
  EXPECT_GT(larger, before * 1.5);

  dock("formDock")->show(); // chosen for the next time, too
  window_->messages()->showMessage(MessageBar::Severity::Information, QStringLiteral("first"));
  QTest::keyClick(window_.get(), Qt::Key_Escape);
  EXPECT_TRUE(window_->shell().presenter().isPresenting()) << "Escape closes the message first";
  EXPECT_TRUE(QTest::qWaitFor([&] { return window_->messages()->text().isEmpty(); })); // a button takes its time
  QTest::keyClick(window_.get(), Qt::Key_Escape);
  EXPECT_FALSE(window_->shell().presenter().isPresenting());
  EXPECT_FALSE(window_->isFullScreen());
  EXPECT_TRUE(window_->menuBar()->isVisible());
  EXPECT_FALSE(dock("historyDock")->isHidden());
  EXPECT_DOUBLE_EQ(QApplication::font().pointSizeF(), before);
  EXPECT_FALSE(action("largerType")->isEnabled());

  window_->actions().present->trigger();
  EXPECT_FALSE(dock("formDock")->isHidden());
  EXPECT_DOUBLE_EQ(QApplication::font().pointSizeF(), larger);
  window_->actions().present->trigger();
  EXPECT_DOUBLE_EQ(QApplication::font().pointSizeF(), before);
}

TEST_F(ShellTest, KeysWorkWhileTheMenusAreHidden) {
  window_->actions().present->trigger();
  activate();
  QTest::keyClick(window_.get(), Qt::Key_4, Qt::AltModifier);
  EXPECT_TRUE(dock("treeDock")->isHidden());
  window_->actions().present->trigger();
}

TEST_F(ShellTest, NoTwoActionsHaveTheSameKey) {
  const Shortcuts& keys = window_->shell().shortcuts();
  ASSERT_GT(keys.actions().size(), 40);
  for (QAction* each : keys.actions())
    if (const QAction* other = keys.holder(each->shortcut(), each))
      ADD_FAILURE() << qUtf8Printable(each->text()) << " and " << qUtf8Printable(other->text());
}

TEST_F(ShellTest, AKeyIsChangedKeptAndReset) {
  Shortcuts& keys = window_->shell().shortcuts();
  QAction* fit = action("fitSpace");
  EXPECT_EQ(keys.set(fit, QKeySequence(Qt::Key_F5)), window_->actions().measure); // refused
  EXPECT_EQ(fit->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_0));
  EXPECT_EQ(keys.set(fit, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J)), nullptr);
  EXPECT_TRUE(fit->toolTip().contains(QStringLiteral("Ctrl+Shift+J")));
  EXPECT_EQ(makeWindow()->findChild<QAction*>(QStringLiteral("fitSpace"))->shortcut(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
  keys.take(fit, QKeySequence(Qt::Key_F5));
  EXPECT_TRUE(window_->actions().measure->shortcut().isEmpty());
  EXPECT_TRUE(makeWindow()->actions().measure->shortcut().isEmpty()); // "no key" is kept as well
  keys.resetAll();
  EXPECT_EQ(window_->actions().measure->shortcut(), QKeySequence(Qt::Key_F5));
  EXPECT_FALSE(keys.isChanged(fit));
  EXPECT_TRUE(settings_.shortcuts().isEmpty());
}

TEST_F(ShellTest, TheEditorSaysWhoHasAKeyAndTheCheatSheetShowsTheNewOne) {
  window_->actions().editKeys->trigger();
  auto* editor = window_->findChild<QDialog*>(QStringLiteral("shortcutEditor"));
  ASSERT_NE(editor, nullptr);
  EXPECT_FALSE(editor->isModal());
  auto* table = editor->findChild<QTableWidget*>();
  const auto rows = table->findItems(QStringLiteral("Fit iteration space"), Qt::MatchExactly);
  ASSERT_EQ(rows.size(), 1);
  table->setCurrentItem(rows.front());
  auto* key = editor->findChild<QKeySequenceEdit*>();
  auto* take = editor->findChild<QPushButton*>(QStringLiteral("shortcutTake"));
  key->setKeySequence(QKeySequence(Qt::Key_F5));
  editor->findChild<QPushButton*>(QStringLiteral("shortcutSet"))->click();
  EXPECT_EQ(editor->findChild<QLabel*>(QStringLiteral("shortcutMessage"))->text(), QStringLiteral("F5 is the key of “Measure”."));
  EXPECT_TRUE(take->isVisible());
  if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
    EXPECT_TRUE(editor->grab().save(folder + QStringLiteral("/keys.png")));
  }
  take->click();
  EXPECT_FALSE(take->isVisible());
  EXPECT_EQ(action("fitSpace")->shortcut(), QKeySequence(Qt::Key_F5));
  window_->actions().shortcuts->trigger();
  auto* sheet = window_->findChild<QTableWidget*>(QStringLiteral("shortcutTable"));
  const auto f5 = sheet->findItems(QStringLiteral("F5"), Qt::MatchExactly);
  ASSERT_EQ(f5.size(), 1);
  EXPECT_EQ(sheet->item(f5.front()->row(), 1)->text(), QStringLiteral("Fit iteration space"));
  editor->findChild<QPushButton*>(QStringLiteral("shortcutResetAll"))->click();
  EXPECT_EQ(window_->actions().measure->shortcut(), QKeySequence(Qt::Key_F5));
}

} // namespace
} // namespace polyloom
