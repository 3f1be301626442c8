#include "app/window/shell.h"

#include "app/window/layout_bar.h"
#include "app/window/layouts.h"
#include "app/window/main_window.h"
#include "app/window/panel_exports.h"
#include "app/window/presenter.h"
#include "app/window/settings.h"
#include "app/window/shortcut_editor.h"
#include "app/window/shortcuts.h"
#include "app/window/theme_menu.h"

#include <QAction>
#include <QChildEvent>
#include <QMenu>
#include <QTabBar>
#include <QToolBar>

namespace polyloom {

Shell::Shell(MainWindow& window, Settings& settings)
    : QObject(&window), window_(window), settings_(settings), layouts_(new Layouts(window, settings, this)),
      bar_(new LayoutBar(*layouts_, &window)), themes_(new ThemeMenu(&window)),
      shortcuts_(new Shortcuts(settings, this)),
      presenter_(new Presenter(window, settings, window.actions().present, window.messages(), this)),
      exports_(new PanelExports(window)) {
  if (auto* tools = window_.findChild<QToolBar*>(QStringLiteral("toolBar")))
    tools->addWidget(bar_); // the last ones: they go first where the bar is too narrow
  window_.installEventFilter(this);
  // Later: all widgets have just been given the new type, and that takes a while of its own.
  connect(presenter_, &Presenter::typeChanged, this, [this] { window_.changeThemeKind(window_.theme().kind); }, Qt::QueuedConnection);
  connect(themes_, &ThemeMenu::chosen, this, [this](std::optional<Theme::Kind> kind) {
    kind ? settings_.setTheme(*kind) : settings_.followSystemTheme();
    const Theme::Kind shown = kind.value_or(Theme::systemKind());
    window_.changeThemeKind(shown);
    Q_EMIT themeChosen(shown);
  });
  connect(window_.actions().closeWindow, &QAction::triggered, &window_, &QWidget::close);
  connect(window_.actions().editKeys, &QAction::triggered, this, &Shell::editKeys);
}

void Shell::fillViewMenu(QMenu* menu) {
  menu->addMenu(bar_->menu());
  menu->addMenu(themes_);
  menu->addSeparator();
  menu->addActions({window_.actions().present, presenter_->larger(), presenter_->smaller()});
}

void Shell::start(const QList<QAction*>& actions) {
  shortcuts_->add(actions);
  window_.addActions(actions); // a hidden menu's keys are dead
}

void Shell::showTheme() { themes_->setChosen(settings_.theme()); }

void Shell::rememberWindow() {
  presenter_->setPresenting(false);
  settings_.setWindow(window_.saveGeometry(), {window_.saveState(kLayoutVersion), layouts_->panels()});
}

bool Shell::eventFilter(QObject*, QEvent* event) {
  // Qt makes the tab bars of panels when it needs them, without names.
  if (event->type() == QEvent::ChildPolished)
    if (auto* tabs = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child()))
      tabs->setAccessibleName(tr("Panels in one place"));
  return false;
}

void Shell::editKeys() {
  if (!editor_)
    editor_ = new ShortcutEditor(*shortcuts_, &window_);
  editor_->show();
  editor_->raise();
  editor_->activateWindow();
}

} // namespace polyloom
