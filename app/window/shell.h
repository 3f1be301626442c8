// What the window's frame can do beside its panels: layouts, themes, presenting, keys.
#pragma once

#include "views/theme.h"

#include <QList>
#include <QObject>

class QAction;
class QMenu;

namespace polyloom {

class LayoutBar;
class Layouts;
class MainWindow;
class PanelExports;
class Presenter;
class Settings;
class ShortcutEditor;
class Shortcuts;
class ThemeMenu;

class Shell : public QObject {
  Q_OBJECT

public:
  /// The window has its panels and its tool bar; its menus come later.
  Shell(MainWindow& window, Settings& settings);

  void fillViewMenu(QMenu* menu);
  /// `actions`: all that stand in a menu. They work from now on even where the menus are hidden, with the user's keys.
  void start(const QList<QAction*>& actions);
  /// Marks the theme that the settings name.
  void showTheme();
  /// Keeps the window's size and its panels' places for the next one.
  void rememberWindow();

  Layouts& layouts() { return *layouts_; }
  Shortcuts& shortcuts() { return *shortcuts_; }
  Presenter& presenter() { return *presenter_; }
  PanelExports& exports() { return *exports_; }

Q_SIGNALS:
  /// A theme has been chosen in this window and kept in the settings.
  void themeChosen(polyloom::Theme::Kind kind);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void editKeys();

  MainWindow& window_;
  Settings& settings_;
  Layouts* layouts_;
  LayoutBar* bar_;
  ThemeMenu* themes_;
  Shortcuts* shortcuts_;
  Presenter* presenter_;
  PanelExports* exports_;
  ShortcutEditor* editor_ = nullptr;
};

} // namespace polyloom
