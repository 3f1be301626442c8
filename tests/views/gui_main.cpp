// Runs GoogleTest inside a Qt application without a display. A Qt warning that no test asked for is a failure.
#include <QApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

namespace {

void failOnWarning(QtMsgType type, const QMessageLogContext&, const QString& message) {
  // The offscreen platform has no raise and no window masks; it says so, and that is no fault of ours.
  const bool isPlatform = message.startsWith(QLatin1String("This plugin does not support"));
  if (!isPlatform)
    std::fprintf(stderr, "%s\n", qUtf8Printable(message));
  if (!isPlatform && (type == QtWarningMsg || type == QtCriticalMsg))
    ADD_FAILURE() << "Qt warns: " << qUtf8Printable(message);
  if (type == QtFatalMsg)
    std::abort();
}

} // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  const QTemporaryDir data; // measurements of the tests' own, not the user's
  qputenv("POLYLOOM_DATA", data.path().toLocal8Bit());
  ::testing::InitGoogleTest(&argc, argv);
  QApplication application(argc, argv);
  QApplication::setStyle(QStringLiteral("Fusion"));
  qInstallMessageHandler(failOnWarning);
  return RUN_ALL_TESTS();
}
