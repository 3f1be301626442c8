// polyloom: the window, and what is drawn without one.
#include "app/window/command_line.h"
#include "app/window/controller.h"
#include "app/window/headless.h"
#include "app/window/main_window.h"
#include "app/window/recipe_program.h"
#include "app/window/settings.h"
#include "app/window/windows.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>
#include <utility>

namespace {

using namespace polyloom;

int showWindow(CommandLine line) {
  if (line.file.endsWith(QLatin1String(".recipe")) && !line.recipePath) { // as a file manager opens it
    const auto program = programOfRecipe(line.file);
    if (!program) {
      std::fprintf(stderr, "polyloom: %s\n", toText(program.error()).c_str());
      return kExitInput;
    }
    line.recipePath = std::exchange(line.file, *program);
  }
  const auto recipe = recipeOf(line);
  if (!recipe) {
    std::fprintf(stderr, "polyloom: %s\n", toText(recipe.error()).c_str());
    return kExitInput;
  }
  Settings settings;
  settings.setCommandOfThisRun(line.modelCommand);
  const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
  Windows windows(settings, QDir(data).filePath(QStringLiteral("unsaved")));
  windows.setOpenOptions(line.open);
  Controller& controller = windows.open();
  MainWindow& window = windows.window(0);
  if (line.theme)
    window.setThemeKind(*line.theme);
  QObject::connect(
      &controller, &Controller::valuesRefused, &window,
      [](const QString& message) {
        std::fprintf(stderr, "polyloom: %s\n", qUtf8Printable(message));
        QApplication::exit(kExitInput);
      },
      Qt::QueuedConnection);
  if (line.file.isEmpty())
    controller.offerLastSession();
  else
    controller.openFile(line.file, *recipe);
  return QApplication::exec();
}

int run(const CommandLine& line) {
  if (!line.answer.isEmpty()) {
    std::fputs(qUtf8Printable(line.answer), stdout);
    return 0;
  }
  switch (line.task) {
  case CommandLine::Task::Window:
    return showWindow(line);
  case CommandLine::Task::Render:
    return renderFile(line);
  case CommandLine::Task::Screenshot:
    return takeScreenshot(line);
  case CommandLine::Task::BenchStart:
    return benchStart(line);
  case CommandLine::Task::BenchView:
    return benchView(line);
  }
  return kExitBug;
}

/// Without a display, what the offscreen platform cannot do and where sockets would lie concerns nobody.
void printMessage(QtMsgType, const QMessageLogContext&, const QString& message) {
  if (!message.startsWith(QLatin1String("This plugin does not support")) &&
      !message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR")))
    std::fprintf(stderr, "polyloom: %s\n", qUtf8Printable(message));
}

} // namespace

int main(int argc, char** argv) {
  QStringList arguments;
  for (int k = 1; k < argc; ++k)
    arguments << QString::fromLocal8Bit(argv[k]);
  const auto line = parseCommandLine(arguments);
  if (!line) {
    std::fprintf(stderr, "polyloom: %s\n", line.error().message.c_str());
    return kExitInput;
  }
  if (isOffscreen(arguments) && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  if (isOffscreen(arguments))
    qInstallMessageHandler(printMessage);
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("polyloom"));
  QApplication::setOrganizationName(QStringLiteral("polyloom"));
  QApplication::setApplicationDisplayName(QStringLiteral("Polyloom"));
  QApplication::setDesktopFileName(QStringLiteral("org.polyloom.Polyloom"));
  QApplication::setApplicationVersion(QStringLiteral(POLYLOOM_VERSION));
  return run(*line);
}
