#include "app/window/actions.h"

#include <QAction>
#include <QKeySequence>

namespace polyloom {

namespace {

QAction* make(QObject* parent, const char* name, const QString& text, const QKeySequence& shortcut,
              const QString& tip) {
  auto* action = new QAction(text, parent);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcut(shortcut);
  action->setStatusTip(tip);
  const QString key = action->shortcut().toString(QKeySequence::NativeText);
  action->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key));
  return action;
}

/// Windows, files that leave the program, and keys.
void makeFrameActions(Actions& a, QObject* parent) {
  const auto tr = [](const char* text) { return QAction::tr(text); };
  a.newWindow = make(parent, "newWindow", tr("New window"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, tr("Open another window"));
  a.openElsewhere = make(parent, "openInNewWindow", tr("Open in a new window…"), Qt::CTRL | Qt::ALT | Qt::Key_O,
                         tr("Open a program in a window of its own"));
  a.closeWindow = make(parent, "closeWindow", tr("Close window"), Qt::CTRL | Qt::Key_W, tr("Close this window only"));
  a.exportPanel = make(parent, "exportPanel", tr("Export panel…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                       tr("Save what a panel shows as a picture, for LaTeX, or as a table"));
  a.present = make(parent, "present", tr("Present"), Qt::Key_F11,
                   tr("Large type, no menus and bars, few panels; Esc leaves"));
  a.present->setCheckable(true);
  a.editKeys = make(parent, "editKeys", tr("Change keys…"), Qt::CTRL | Qt::SHIFT | Qt::Key_K, tr("Choose the keys of commands"));
}

void makeExecutionActions(Actions& a, QObject* parent) {
  const auto tr = [](const char* text) { return QAction::tr(text); };
  a.showExecution = make(parent, "showExecution", tr("Walk through the execution"), Qt::CTRL | Qt::ALT | Qt::Key_E,
                         tr("Show the steps of both orders, the memory that they touch and the caches"));
  a.playExecution = make(parent, "playExecution", tr("Play or pause"), Qt::Key_F9, tr("Walk on by itself, or stop"));
  a.stepForward = make(parent, "executionForward", tr("One step on"), Qt::ALT | Qt::Key_Right,
                       tr("Execute the next instance"));
  a.stepBack = make(parent, "executionBack", tr("One step back"), Qt::ALT | Qt::Key_Left,
                    tr("Take the last instance back"));
  a.firstStep = make(parent, "executionFirst", tr("To the beginning"), Qt::ALT | Qt::Key_Home,
                     tr("Before the first instance"));
  a.lastStep = make(parent, "executionLast", tr("To the end"), Qt::ALT | Qt::Key_End, tr("After the last instance"));
  a.nextIteration = make(parent, "executionNextIteration", tr("To the next iteration"), Qt::ALT | Qt::Key_PageDown,
                         tr("To where the chosen loop's next iteration begins"));
  a.previousIteration = make(parent, "executionPreviousIteration", tr("To the iteration before"),
                             Qt::ALT | Qt::Key_PageUp, tr("To where the chosen loop's iteration began"));
}

} // namespace

Actions makeActions(QObject* parent) {
  const auto tr = [](const char* text) { return QAction::tr(text); };
  Actions a;
  a.open = make(parent, "open", tr("Open"), QKeySequence::Open, tr("Open a C file, a .poly text, OpenScop or a session"));
  a.openRecipe = make(parent, "openRecipe", tr("Open recipe…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                      tr("Replace the recipe by one from a file"));
  a.saveRecipe = make(parent, "saveRecipe", tr("Save recipe…"), QKeySequence::Save, tr("Save the recipe to a file"));
  a.exportPicture = make(parent, "exportPicture", tr("Export picture…"), Qt::CTRL | Qt::Key_E,
                         tr("Save the iteration space as SVG, PDF or PNG"));
  a.saveSession = make(parent, "saveSession", tr("Save session…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S,
                       tr("Save the program, all schedules tried, their measurements and the view to one file"));
  a.findSchedule = make(parent, "findSchedule", tr("Find in history"), Qt::CTRL | Qt::SHIFT | Qt::Key_F,
                        tr("Find schedules by their names, steps or verdicts"));
  a.endComparison = make(parent, "endComparison", tr("End comparison"), Qt::CTRL | Qt::SHIFT | Qt::Key_B,
                         tr("Show the original order beside the new one again"));
  a.quit = make(parent, "quit", tr("Quit"), Qt::CTRL | Qt::Key_Q, tr("Close the window"));
  a.undo = make(parent, "undo", tr("Undo"), QKeySequence::Undo, tr("Take back the last change of the recipe"));
  a.redo = make(parent, "redo", tr("Redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z, tr("Make the change again"));
  a.startOver = make(parent, "startOver", tr("Start over"), Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace,
                     tr("Go back to the original order"));
  a.startFromIsl = make(parent, "startFromIsl", tr("Start from isl's schedule"), Qt::CTRL | Qt::SHIFT | Qt::Key_I,
                        tr("Replace the recipe by one that leads to the schedule that isl finds"));
  a.copyPanel = make(parent, "copyPanelInFocus", tr("Copy panel"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                     tr("Copy the panel in focus to the clipboard: its picture, and its text or table"));
  a.followHover = make(parent, "followHover", tr("Scroll code to the pointer"), Qt::CTRL | Qt::Key_J,
                       tr("Let the code panels scroll to what the pointer is on elsewhere"));
  a.followHover->setCheckable(true);
  a.measure = make(parent, "measure", tr("Measure"), Qt::Key_F5,
                   tr("Measure the new order against the original"));
  a.measureAll = make(parent, "measureAll", tr("Measure all steps"), Qt::CTRL | Qt::Key_F5,
                      tr("Measure the order after each step of the recipe that is legal"));
  a.measureElsewhere = make(parent, "measureElsewhere", tr("Measure on another machine…"), Qt::CTRL | Qt::SHIFT | Qt::Key_F5,
                            tr("Name a machine that measures from now on; it is reached over ssh"));
  a.sweep = make(parent, "sweep", tr("Sweep a number…"), Qt::Key_F6,
                 tr("Measure the recipe with other numbers, such as tile sizes, and take the best"));
  a.chooseModel = make(parent, "chooseModel", tr("Choose model…"), Qt::CTRL | Qt::ALT | Qt::Key_P,
                       tr("Choose the cost model that predicts speedups"));
  a.train = make(parent, "train", tr("Train a model…"), Qt::CTRL | Qt::ALT | Qt::Key_T,
                 tr("Train a cost model, or look on while one is trained"));
  a.cancel = make(parent, "cancel", tr("Cancel"), Qt::SHIFT | Qt::Key_F5, tr("End what is running"));
  a.reassociate = make(parent, "reassociate", tr("Reassociate reductions"), Qt::CTRL | Qt::Key_R,
                       tr("Let reductions change their order; results may differ in the last digits"));
  a.reassociate->setCheckable(true);
  a.fit = make(parent, "fitSpace", tr("Fit iteration space"), Qt::CTRL | Qt::Key_0, tr("Show all instances"));
  a.darkTheme = make(parent, "darkTheme", tr("Dark theme"), Qt::CTRL | Qt::SHIFT | Qt::Key_D,
                     tr("Switch between the light and the dark theme"));
  a.darkTheme->setCheckable(true);
  a.resetLayout = make(parent, "resetLayout", tr("Reset layout"), Qt::CTRL | Qt::SHIFT | Qt::Key_L,
                       tr("Bring all panels back to their places"));
  makeExecutionActions(a, parent);
  a.typeStep =
      make(parent, "typeStep", tr("Type a step"), Qt::CTRL | Qt::Key_L, tr("Go to the line where a step can be typed"));
  a.commands = make(parent, "commands", tr("All commands…"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
                    tr("Find a command or a step by typing"));
  a.shortcuts = make(parent, "shortcuts", tr("Keys"), Qt::SHIFT | Qt::Key_F1, tr("What the keys do"));
  a.manual = make(parent, "manual", tr("Steps"), Qt::Key_F1, tr("What the chosen step does, needs and looks like"));
  makeFrameActions(a, parent);
  return a;
}

} // namespace polyloom
