// How long a person waits for the window, and for a file's instances in it.
#include "app/window/controller.h"
#include "app/window/headless.h"
#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "app/window/windows.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <optional>

namespace polyloom {

namespace {

constexpr int kGiveUpMilliseconds = 60000;

/// Milliseconds since the kernel started this process, loading of libraries included; exact to the kernel's tick.
double sinceProcessBegan() {
  QFile file(QStringLiteral("/proc/self/stat"));
  if (!file.open(QIODevice::ReadOnly))
    return 0;
  const QByteArray line = file.readAll();
  constexpr int kBegan = 19; // of the fields after the name, which may hold blanks
  const double began = line.mid(line.lastIndexOf(')') + 2).split(' ').value(kBegan).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - began) * 1e3;
}

} // namespace

int benchStart(const CommandLine& line) {
  QTemporaryDir folder;
  Settings settings(folder.filePath(QStringLiteral("settings.ini")));
  Windows windows(settings, folder.path());
  Controller& controller = windows.open();
  MainWindow& window = windows.window(0);
  std::optional<double> shown, drawn;
  QTimer::singleShot(0, &window, [&] {
    window.repaint();
    shown = sinceProcessBegan();
    controller.openFile(line.file, QString());
  });
  QObject::connect(&controller, &Controller::settled, &window, [&] {
    QTimer::singleShot(0, &window, [&] {
      window.repaint();
      drawn = drawn.value_or(sinceProcessBegan());
      QApplication::exit();
    });
  });
  QObject::connect(&controller, &Controller::openFailed, &window, [](const QString&) { QApplication::exit(); }, Qt::QueuedConnection);
  QTimer::singleShot(kGiveUpMilliseconds, &window, [] { QApplication::exit(); });
  QApplication::exec();
  if (!shown || !drawn) {
    std::fprintf(stderr, "polyloom: %s was not drawn\n", qUtf8Printable(line.file));
    return kExitInput;
  }
  std::printf("window after %.0f ms\ninstances after %.0f ms\n", *shown, *drawn);
  return 0;
}

} // namespace polyloom
