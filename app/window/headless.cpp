#include "app/window/headless.h"

#include "app/window/controller.h"
#include "app/window/execution_panels.h"
#include "app/window/main_window.h"
#include "app/window/panel_exports.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "core/schedule/step.h"
#include "core/snapshot/step_form.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

namespace polyloom {

namespace {

constexpr int kGiveUpMilliseconds = 60000;
constexpr int kSettleMilliseconds = 250;

int complain(const QString& message, int code) {
  std::fprintf(stderr, "polyloom: %s\n", qUtf8Printable(message));
  return code;
}

/// The program's exit code, or nothing: wait until the window has settled again.
using Done = std::function<std::optional<int>(MainWindow&, Controller&)>;

/// Opens the file in a window that is not shown to anybody and calls `done` when all its snapshots are there.
int withWindow(const CommandLine& line, bool show, const Done& done) {
  const auto recipe = recipeOf(line);
  if (!recipe)
    return complain(QString::fromStdString(toText(recipe.error())), kExitInput);
  QTemporaryDir folder;
  Settings settings(folder.filePath(QStringLiteral("settings.ini")));
  settings.setTheme(line.theme.value_or(Theme::Kind::Light));
  MainWindow window(settings, makeStepForms());
  window.resize(line.size);
  if (show) {
    window.show();
    window.resetLayout();
    if (line.step)
      window.showExecution();
  }
  if (!line.panel.isEmpty()) {
    auto* dock = window.findChild<QDockWidget*>(line.panel + QStringLiteral("Dock"), Qt::FindDirectChildrenOnly);
    if (!dock)
      return complain(QStringLiteral("there is no panel “%1”; one is, for instance, sweep").arg(line.panel), kExitInput);
    dock->show();
    dock->raise();
  }
  Controller controller(window, settings, folder.path());
  controller.setOpenOptions(line.open);
  int code = kExitBug;
  std::function<void()> finish = [&] {
    if (show && window.space()->isDrawing())
      return QTimer::singleShot(kSettleMilliseconds, &window, finish);
    if (const std::optional<int> result = done(window, controller))
      QApplication::exit(code = *result);
  };
  QObject::connect(&controller, &Controller::settled, &window,
                   [&] { QTimer::singleShot(show ? kSettleMilliseconds : 0, &window, finish); });
  QObject::connect(
      &controller, &Controller::openFailed, &window,
      [&](const QString& message) { QApplication::exit(code = complain(message, kExitInput)); }, Qt::QueuedConnection);
  for (const auto refusal : {&Controller::valuesRefused, &Controller::recipeForeign})
    QObject::connect(&controller, refusal, &window,
                     [&](const QString& message) { QApplication::exit(code = complain(message, kExitInput)); });
  QObject::connect(&controller.engine(), &Engine::failed, &window,
                   [&](const QString& message) { QApplication::exit(code = complain(message, kExitBug)); });
  QObject::connect(&controller.engine(), &Engine::recipeRefused, &window, [&](const Diagnostic& d) {
    QApplication::exit(code = complain(QString::fromStdString(d.message), kExitInput));
  });
  QTimer::singleShot(kGiveUpMilliseconds, &window, [&] {
    QApplication::exit(code = complain(QStringLiteral("no answer within a minute"), kExitBug));
  });
  controller.openFile(line.file, *recipe);
  QApplication::exec();
  return code;
}

} // namespace

Result<std::optional<QString>> recipeOf(const CommandLine& line) {
  if (!line.recipePath)
    return std::optional<QString>();
  QFile file(*line.recipePath);
  const bool isStdin = *line.recipePath == QLatin1String("-");
  if (isStdin ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
    return failure("cannot-read", "the recipe " + line.recipePath->toStdString() + " cannot be read");
  const QByteArray text = file.readAll();
  if (const Result<Recipe> recipe = parseRecipe(text.toStdString(), line.recipePath->toStdString()); !recipe)
    return std::unexpected(recipe.error());
  return std::optional(QString::fromUtf8(text));
}

int renderFile(const CommandLine& line) {
  bool redrawn = false;
  const bool needsTraces = line.view == QLatin1String("memory"); // which are made for panels that can be seen
  return withWindow(line, needsTraces, [&](MainWindow& window, Controller& controller) -> std::optional<int> {
    if (needsTraces && !window.execution()->traces()) {
      window.showExecution();
      return std::nullopt;
    }
    if (window.schedule()->space.truncated && !line.open.values.empty() && !std::exchange(redrawn, true)) {
      std::fputs("polyloom: too many points to draw at the given values; small ones are drawn instead\n", stderr);
      controller.engine().setViewValues({});
      return std::nullopt;
    }
    const auto& steps = window.schedule()->steps;
    for (const StepInfo& step : steps)
      if (step.outcome == StepInfo::Outcome::Refused)
        return complain(QString::fromStdString(step.text + ": " + step.message), kExitInput);
    if (const std::string& refusal = window.schedule()->space.refusal; !refusal.empty())
      return complain(QString::fromStdString(refusal), kExitInput);
    const QString wrong = window.shell().exports().save(line.view, line.output, line.scale);
    return wrong.isEmpty() ? 0 : complain(wrong, kExitInput);
  });
}

int takeScreenshot(const CommandLine& line) {
  return withWindow(line, true, [&](MainWindow& window, Controller&) -> std::optional<int> {
    if (line.step && !window.execution()->traces())
      return std::nullopt;
    if (line.step)
      window.execution()->scrubber()->moveTo(static_cast<std::size_t>(*line.step));
    // Opaque and compressed as far as PNG goes: these pictures live in documents.
    const QImage picture = window.grab().toImage().convertToFormat(QImage::Format_RGB888);
    const bool isPng = line.output.endsWith(QLatin1String(".png"), Qt::CaseInsensitive);
    return picture.save(line.output, nullptr, isPng ? 0 : -1)
               ? 0
               : complain(QStringLiteral("cannot write %1").arg(line.output), kExitInput);
  });
}

} // namespace polyloom
