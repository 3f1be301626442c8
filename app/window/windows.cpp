#include "app/window/windows.h"

#include "app/window/controller.h"
#include "app/window/layouts.h"
#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "app/window/shortcuts.h"
#include "core/snapshot/step_form.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

constexpr QPoint kBeside = {36, 36};

} // namespace

Windows::Windows(Settings& settings, QString autosaveFolder, QString worker, QObject* parent)
    : QObject(parent), settings_(settings), autosaveFolder_(std::move(autosaveFolder)), worker_(std::move(worker)),
      recent_(settings.recentFiles()) {}

Windows::~Windows() {
  for (Entry& entry : entries_)
    entry.controller.reset(); // before the window that it speaks to
}

template <typename Action>
void Windows::inOthers(const MainWindow& from, const Action& action) const {
  for (const Entry& entry : entries_)
    if (entry.window.get() != &from)
      action(*entry.window);
}

Controller& Windows::open() {
  Entry entry;
  entry.window = std::make_unique<MainWindow>(settings_, makeStepForms());
  MainWindow& window = *entry.window;
  window.restoreGeometry(settings_.geometry());
  place(window);
  window.show();
  window.restoreLayout();
  entry.controller = std::make_unique<Controller>(window, settings_, autosaveFolder_, worker_);
  entry.controller->setOpenOptions(options_);
  options_.values.clear();
  connectWindow(window, *entry.controller);
  entries_.push_back(std::move(entry));
  return *entries_.back().controller;
}

void Windows::place(MainWindow& window) const {
  if (entries_.empty())
    return;
  const MainWindow& last = *entries_.back().window;
  window.setWindowState(Qt::WindowNoState);
  window.resize(last.isMaximized() || last.isFullScreen() ? window.size() : last.size());
  window.move(last.pos() + kBeside);
}

void Windows::connectWindow(MainWindow& window, Controller& controller) {
  const Actions& actions = window.actions();
  connect(actions.newWindow, &QAction::triggered, this, [this] { open(); });
  connect(actions.openElsewhere, &QAction::triggered, this, [this, &window] { askForFile(window); });
  connect(actions.quit, &QAction::triggered, this, [] { QApplication::closeAllWindows(); });
  connect(&window, &MainWindow::closing, this, [this, &window] { forget(&window); }, Qt::QueuedConnection);
  const auto showTheme = [this, &window](Theme::Kind kind) {
    inOthers(window, [kind](MainWindow& other) { other.changeThemeKind(kind); });
  };
  connect(&window.shell(), &Shell::themeChosen, this, showTheme);
  connect(actions.darkTheme, &QAction::toggled, this,
          [showTheme](bool dark) { showTheme(dark ? Theme::Kind::Dark : Theme::Kind::Light); });
  connect(&window.shell().shortcuts(), &Shortcuts::changed, this,
          [this, &window] { inOthers(window, [](MainWindow& other) { other.shell().shortcuts().reload(); }); });
  connect(&window.shell().layouts(), &Layouts::ownChanged, this,
          [this, &window] { inOthers(window, [](MainWindow& other) { other.shell().layouts().refresh(); }); });
  connect(&controller, &Controller::settled, this, [this] {
    if (const QStringList files = settings_.recentFiles(); std::exchange(recent_, files) != files)
      for (const Entry& entry : entries_)
        entry.window->setRecentFiles(files);
  });
}

void Windows::forget(const MainWindow* window) {
  const auto found = std::ranges::find(entries_, window, [](const Entry& entry) { return entry.window.get(); });
  if (found == entries_.end())
    return;
  Entry gone = std::move(*found);
  entries_.erase(found);
  gone.controller.reset();
}

void Windows::askForFile(MainWindow& from) {
  const QString folder = from.program() ? QFileInfo(QString::fromStdString(from.program()->path)).path() : QString();
  const QString path = QFileDialog::getOpenFileName(&from, tr("Open in a new window"), folder,
                                                    tr("Programs (*.c *.poly *.scop);;All files (*)"));
  if (!path.isEmpty())
    open().openFile(path);
}

} // namespace polyloom
