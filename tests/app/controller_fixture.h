// A window with its controller, its engine and the real worker, for tests.
#pragma once

#include "app/window/controller.h"
#include "app/window/main_window.h"
#include "app/window/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <optional>

namespace polyloom::test {

inline constexpr int kPatience = 60000; ///< milliseconds; for machines that do much else

/// Two sweeps in a time loop.
inline constexpr const char* kJacobi = R"(void jacobi(int T, int N, double A[N], double B[N]) {
#pragma scop
  for (int t = 0; t < T; t++) {
    for (int i = 1; i < N - 1; i++)
      B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3;
    for (int j = 1; j < N - 1; j++)
      A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3;
  }
#pragma endscop
}
)";

/// A file in the folder; its path.
inline QString writeIn(const QTemporaryDir& folder, const QString& name, const QByteArray& text) {
  const QString path = folder.filePath(name);
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(text);
  return path;
}

class ControllerFixture : public ::testing::Test {
protected:
  ControllerFixture()
      : settings_(folder_.filePath(QStringLiteral("settings.ini"))), window_(settings_, makeStepForms()),
        controller_(window_, settings_, folder_.filePath(QStringLiteral("unsaved")), QStringLiteral(POLYLOOM_WORKER)),
        settled_(&controller_, &Controller::settled) {
    window_.show();
  }
  /// A file in the test's own folder; its path.
  QString write(const QString& name, const QByteArray& text) { return writeIn(folder_, name, text); }
  /// Opens the first file of the test and waits until the window shows it.
  void openFile(const QString& path, const std::optional<QString>& recipe = {}) {
    controller_.openFile(path, recipe);
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() >= 1; }, kPatience))
        << qUtf8Printable(window_.messages()->text());
  }
  /// Applies a step and waits until the window shows what became of it.
  void step(const QString& line) {
    const auto before = settled_.count();
    Q_EMIT window_.form()->stepRequested(line);
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
  Controller controller_;
  QSignalSpy settled_;
};

} // namespace polyloom::test
