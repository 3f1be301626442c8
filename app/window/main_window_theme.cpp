// The window's colors: at once, or part by part while the event loop runs.
#include "app/window/main_window.h"

#include "app/window/execution_panels.h"
#include "app/window/shell.h"
#include "views/sweep_view.h"
#include "views/training_view.h"

#include <QAction>
#include <QMenuBar>
#include <QSignalBlocker>
#include <QStatusBar>
#include <QToolBar>

namespace polyloom {

void MainWindow::setThemeKind(Theme::Kind kind) {
  theme_ = Theme::make(kind);
  themeSlices_.clear();
  for (const Slices::Slice& slice : themeParts())
    slice();
}

void MainWindow::changeThemeKind(Theme::Kind kind) {
  theme_ = Theme::make(kind);
  themeSlices_.start(themeParts());
}

std::vector<Slices::Slice> MainWindow::themeParts() {
  std::vector<Slices::Slice> parts;
  const auto add = [&](auto* view) { parts.emplace_back([this, view] { view->setTheme(theme_); }); };
  parts.emplace_back([this] {
    applyTheme(theme_);
    const QSignalBlocker blocker(actions_.darkTheme);
    actions_.darkTheme->setChecked(theme_.kind == Theme::Kind::Dark);
    for (auto* title : findChildren<PanelTitle*>())
      title->setTheme(theme_);
    for (auto* frame : findChildren<PanelFrame*>())
      frame->setTheme(theme_);
    messages_->setTheme(theme_);
    tree_->setTheme(theme_);
    form_->setTheme(theme_);
    showVerdict();
    shell_->showTheme();
  });
  for (QWidget* bar : {static_cast<QWidget*>(menuBar()), static_cast<QWidget*>(findChild<QToolBar*>(QStringLiteral("toolBar"))),
                       static_cast<QWidget*>(statusBar())})
    parts.emplace_back([this, bar] {
      if (const QString style = makeBarStyle(theme_); bar->styleSheet() != style)
        bar->setStyleSheet(style);
    });
  add(space_);
  add(source_);
  add(code_);
  add(history_);
  add(dependences_);
  add(measurement_);
  add(sweep_);
  add(training_);
  add(instances_);
  add(execution_);
  add(comparison_);
  add(mathematics_);
  add(secondCode_);
  add(start_);
  return parts;
}

} // namespace polyloom
