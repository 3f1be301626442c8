// Every action of the window: made in one place, shared by menus and tool bar.
#pragma once

class QAction;
class QMenuBar;
class QObject;
class QToolBar;

namespace polyloom {

/// Owned by the parent given to `makeActions`. Each has an objectName and a shortcut.
struct Actions {
  QAction* open = nullptr;
  QAction* openRecipe = nullptr;
  QAction* saveRecipe = nullptr;
  QAction* exportPicture = nullptr;
  QAction* saveSession = nullptr;
  QAction* findSchedule = nullptr;
  QAction* endComparison = nullptr;
  QAction* quit = nullptr;
  QAction* undo = nullptr;
  QAction* redo = nullptr;
  QAction* startOver = nullptr;
  QAction* startFromIsl = nullptr;
  QAction* copyPanel = nullptr;
  QAction* followHover = nullptr;
  QAction* measure = nullptr;
  QAction* measureAll = nullptr;
  QAction* measureElsewhere = nullptr;
  QAction* sweep = nullptr;
  QAction* train = nullptr;
  QAction* chooseModel = nullptr;
  QAction* cancel = nullptr;
  QAction* reassociate = nullptr;
  QAction* fit = nullptr;
  QAction* darkTheme = nullptr;
  QAction* resetLayout = nullptr;
  QAction* showExecution = nullptr;
  QAction* playExecution = nullptr;
  QAction* stepForward = nullptr;
  QAction* stepBack = nullptr;
  QAction* firstStep = nullptr;
  QAction* lastStep = nullptr;
  QAction* nextIteration = nullptr;
  QAction* previousIteration = nullptr;
  QAction* typeStep = nullptr;
  QAction* commands = nullptr;
  QAction* shortcuts = nullptr;
  QAction* manual = nullptr;
  QAction* newWindow = nullptr;
  QAction* openElsewhere = nullptr;
  QAction* closeWindow = nullptr;
  QAction* exportPanel = nullptr;
  QAction* present = nullptr;
  QAction* editKeys = nullptr;
};

Actions makeActions(QObject* parent);

} // namespace polyloom
