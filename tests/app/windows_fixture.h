// The program's windows with the real helpers, and copies of the examples to work on.
#pragma once

#include "app/window/controller.h"
#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "app/window/windows.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

#include <gtest/gtest.h>

#include <functional>

namespace polyloom::test {

/// Actions that ask for a file's name in a dialog of the system.
inline bool asksForFile(const QAction& action) {
  static const QSet<QString> kAsking = {
      QStringLiteral("open"),          QStringLiteral("openRecipe"),      QStringLiteral("saveRecipe"),
      QStringLiteral("exportPicture"), QStringLiteral("saveSession"),     QStringLiteral("openInNewWindow"),
      QStringLiteral("historyExportRecipe"), QStringLiteral("historyExportC"), QStringLiteral("quit"),
  };
  return kAsking.contains(action.objectName());
}

/// Runs the event loop itself until this holds; false: it did not in time.
inline bool runUntil(const std::function<bool()>& holds, int milliseconds) {
  constexpr int kLookEvery = 5;
  QEventLoop loop;
  QTimer look;
  QElapsedTimer elapsed;
  elapsed.start();
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    if (holds() || elapsed.elapsed() >= milliseconds)
      loop.quit();
  });
  look.start(kLookEvery);
  loop.exec();
  return holds();
}

/// What stands over the windows: popups, and dialogs that block nothing.
inline void closeWhatPopsUp() {
  while (QWidget* popup = QApplication::activePopupWidget())
    popup->close();
  for (QWidget* widget : QApplication::topLevelWidgets())
    if (widget->isVisible() && qobject_cast<QDialog*>(widget))
      widget->close();
}

class WindowsFixture : public ::testing::Test {
protected:
  WindowsFixture()
      : settings_(folder_.filePath(QStringLiteral("settings.ini"))),
        windows_(settings_, folder_.filePath(QStringLiteral("unsaved")), QStringLiteral(POLYLOOM_WORKER)) {
    settings_.setTheme(Theme::Kind::Light);
    for (const char* name : {"jacobi-1d", "gemm", "lu", "conv-relu"})
      for (const char* ending : {".c", ".recipe"}) {
        const QString file = QLatin1String(name) + QLatin1String(ending);
        EXPECT_TRUE(QFile::copy(QStringLiteral(POLYLOOM_EXAMPLES "/") + file, path(file))) << qUtf8Printable(file);
      }
  }
  QString path(const QString& file) const { return folder_.filePath(file); }
  static bool isIdle(Controller& controller) {
    return !controller.engine().isBusy() && !controller.worker().isBusy() && !controller.code().isBusy();
  }

  QTemporaryDir folder_;
  Settings settings_;
  Windows windows_;
};

} // namespace polyloom::test
