// Everything in the window has a name, can be reached from the keyboard, and can be found by typing.
#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "app/window/shortcuts.h"
#include "tests/support/sample_snapshots.h"
#include "views/command_palette.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenuBar>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <functional>

namespace polyloom {
namespace {

class AccessibilityTest : public ::testing::Test {
protected:
  AccessibilityTest() : settings_(folder_.filePath(QStringLiteral("settings.ini"))), window_(settings_, samples::forms()) {
    window_.resize(1400, 860);
    window_.show();
    window_.resetLayout();
    window_.setProgram(samples::program());
    window_.setSchedule(samples::schedule(4));
    window_.setSpace(samples::schedule(4));
    window_.setMeasurements(samples::measurements(), {});
    QTest::qWait(50);
  }
  /// What a screen reader would say.
  static QString nameOf(QWidget* widget) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    const QString said = face ? face->text(QAccessible::Name) : QString();
    return said.isEmpty() ? widget->accessibleName() : said;
  }
  static bool isInside(const QWidget* widget) { // of a box, a table or a bar that has the name
    return qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) || qobject_cast<const QComboBox*>(widget->parentWidget()) ||
           widget->inherits("QComboBoxListView") || widget->inherits("QComboBoxPrivateContainer") ||
           widget->objectName().startsWith(QLatin1String("qt_"));
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(AccessibilityTest, EveryWidgetThatTakesTheFocusHasAName) {
  int count = 0;
  for (QWidget* widget : window_.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || isInside(widget) || widget->isHidden())
      continue;
    ++count;
    EXPECT_FALSE(nameOf(widget).isEmpty()) << widget->metaObject()->className() << " " << qUtf8Printable(widget->objectName())
                                           << " in " << qUtf8Printable(widget->parentWidget()->objectName());
  }
  EXPECT_GT(count, 30);
}

TEST_F(AccessibilityTest, TheTabKeyReachesEveryFieldThatCanBeSeen) {
  QSet<QWidget*> reached;
  QWidget* at = &window_;
  do {
    reached.insert(at);
    at = at->nextInFocusChain();
  } while (at != &window_);
  for (QWidget* widget : window_.findChildren<QWidget*>()) {
    if (widget->isVisibleTo(&window_) && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !widget->isWindow()) {
      EXPECT_TRUE(reached.contains(widget)) << qUtf8Printable(widget->objectName());
    }
  }
  for (const QDockWidget* dock : window_.findChildren<QDockWidget*>()) {
    bool canBeEntered = false;
    for (const QWidget* widget : dock->widget()->findChildren<QWidget*>())
      canBeEntered |= (widget->focusPolicy() & Qt::TabFocus) != 0;
    EXPECT_TRUE(canBeEntered) << qUtf8Printable(dock->objectName());
  }
}

TEST_F(AccessibilityTest, EveryActionIsInTheCommandPalette) {
  for (QAction* action : window_.shell().shortcuts().actions())
    action->setEnabled(true);
  window_.actions().commands->trigger();
  const QStringList titles = window_.findChild<CommandPalette*>()->titles();
  int count = 0;
  for (const QAction* action : window_.findChildren<QAction*>()) {
    const QString name = action->objectName();
    if (name.isEmpty() || action->menu() || name.startsWith(QLatin1String("_q_")) || name == QLatin1String("leavePresentation") ||
        name.startsWith(QLatin1String("edit-")) || name == QLatin1String("select-all"))
      continue;
    ++count;
    EXPECT_TRUE(titles.contains(action->text().remove(QLatin1Char('&')))) << qUtf8Printable(name);
    EXPECT_FALSE(action->text().isEmpty()) << qUtf8Printable(name);
  }
  EXPECT_GT(count, 45);
}

TEST_F(AccessibilityTest, EveryActionThatIsNoChoiceHasAKeyOrStandsInAMenu) {
  for (const char* panel : {"sourceDock", "codeDock", "historyDock", "treeDock", "formDock", "dependenceDock", "measurementDock", "instanceDock"})
    EXPECT_FALSE(window_.findChild<QDockWidget*>(QLatin1String(panel))->toggleViewAction()->shortcut().isEmpty()) << panel;
  for (const QAction* top : window_.menuBar()->actions())
    EXPECT_TRUE(top->text().contains(QLatin1Char('&'))) << qUtf8Printable(top->text()); // Alt and a letter open it
}

} // namespace
} // namespace polyloom
