// Menus, tool bar, status bar and the places of the panels.
#include "app/window/main_window.h"

#include "app/window/execution_panels.h"
#include "app/window/host_box.h"
#include "app/window/layouts.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "app/window/shortcut_sheet.h"
#include "app/window/step_manual.h"
#include "views/command_palette.h"
#include "views/copy.h"
#include "views/space_gestures.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include <functional>

namespace polyloom {

void MainWindow::makeMenus() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  file->addAction(actions_.open);
  recent_ = file->addMenu(tr("Recent files"));
  recent_->setObjectName(QStringLiteral("recentFiles"));
  file->addSeparator();
  file->addActions({actions_.openRecipe, actions_.saveRecipe, actions_.saveSession, actions_.exportPicture, actions_.exportPanel});
  file->addSeparator();
  file->addActions({actions_.newWindow, actions_.openElsewhere, actions_.closeWindow, actions_.quit});
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  edit->addActions({actions_.undo, actions_.redo, actions_.startOver});
  edit->addSeparator();
  edit->addAction(actions_.findSchedule);
  edit->addActions(history_->scheduleActions());
  edit->addAction(actions_.endComparison);
  edit->addAction(actions_.copyPanel);
  QMenu* transform = menuBar()->addMenu(tr("&Transform"));
  transform->setObjectName(QStringLiteral("transformMenu"));
  transform->addActions({actions_.typeStep, actions_.startFromIsl});
  transform->addSeparator();
  const QStringList names = form_->stepNames();
  for (int k = 0; k < names.size(); ++k) {
    QAction* step = transform->addAction(names[k], this, [this, name = names[k]] { form_->showStep(name); });
    step->setObjectName(QStringLiteral("step_") + names[k]);
    if (k < 9)
      step->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + k)));
  }
  transform->addMenu(tr("In the iteration space"))->addActions(gestures_->actions());
  transform->addSeparator();
  transform->addAction(actions_.reassociate);
  QMenu* measure = menuBar()->addMenu(tr("&Measure"));
  measure->addActions({actions_.measure, actions_.measureAll, actions_.measureElsewhere, actions_.sweep, actions_.chooseModel, actions_.train, actions_.cancel});
  QMenu* execution = menuBar()->addMenu(tr("E&xecution"));
  execution->addActions({actions_.showExecution, actions_.playExecution});
  execution->addSeparator();
  execution->addActions({actions_.stepForward, actions_.stepBack, actions_.nextIteration, actions_.previousIteration,
                         actions_.firstStep, actions_.lastStep});
  QMenu* view = menuBar()->addMenu(tr("&View"));
  for (const QDockWidget* dock : docks_)
    view->addAction(dock->toggleViewAction());
  view->addSeparator();
  view->addAction(actions_.followHover);
  view->addActions({actions_.fit, actions_.resetLayout, actions_.darkTheme});
  view->addMenu(tr("Iteration space"))->addActions(space_->viewActions());
  shell_->fillViewMenu(view);
  QMenu* help = menuBar()->addMenu(tr("&Help"));
  help->addActions({actions_.manual, actions_.commands, actions_.shortcuts, actions_.editKeys});
  shell_->start(menuActions());
  setRecentFiles(settings_.recentFiles());
}

QList<QAction*> MainWindow::menuActions() const {
  QList<QAction*> all;
  const std::function<void(const QWidget*)> collect = [&](const QWidget* menu) {
    for (QAction* action : menu->actions())
      if (action->menu())
        collect(action->menu());
      else if (!action->isSeparator())
        all << action;
  };
  collect(menuBar());
  return all;
}

void MainWindow::showCommands() {
  if (!palette_)
    palette_ = new CommandPalette(this);
  palette_->open(menuActions());
}

void MainWindow::showManual() {
  if (!manual_)
    manual_ = new StepManual(form_->forms(), this);
  manual_->showStep(form_->shownStep());
  manual_->show();
  manual_->raise();
}

/// What the focus is in; without such a panel, the picture in the middle.
void MainWindow::copyPanel() {
  QAction* copy = copyCommandFor(focusWidget());
  if (!copy)
    copy = copyCommandFor(space_);
  copy->trigger();
}

void MainWindow::showShortcuts() {
  delete sheet_; // the keys may be others by now
  sheet_ = new ShortcutSheet(menuActions(), this);
  sheet_->show();
  sheet_->raise();
}

void MainWindow::setRecentFiles(const QStringList& files) {
  recent_->clear();
  for (int k = 0; k < files.size(); ++k) {
    QAction* action = recent_->addAction(QStringLiteral("&%1  %2").arg(k + 1).arg(QFileInfo(files[k]).fileName()), this,
                                         [this, path = files[k]] { Q_EMIT fileRequested(path); });
    action->setToolTip(files[k]);
    action->setStatusTip(files[k]);
  }
  recent_->addSeparator();
  recent_->addAction(tr("Clear list"), this, [this] {
    settings_.clearRecentFiles();
    setRecentFiles({});
  });
  recent_->setEnabled(!files.isEmpty());
  start_->setRecent(files);
}

void MainWindow::makeToolBar() {
  QToolBar* bar = addToolBar(tr("Tools"));
  bar->setObjectName(QStringLiteral("toolBar"));
  bar->setMovable(false);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  bar->addActions({actions_.open, actions_.undo, actions_.redo});
  bar->addSeparator();
  bar->addActions({actions_.measure, actions_.measureAll, actions_.cancel});
  bar->addSeparator();
  auto* label = new QLabel(tr("Region"), bar);
  regionActions_ << bar->addWidget(label);
  regions_ = new QComboBox(bar);
  regions_->setObjectName(QStringLiteral("regions"));
  regions_->setAccessibleName(tr("Region of the file"));
  regions_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  regions_->setMinimumContentsLength(10);
  label->setBuddy(regions_);
  regionActions_ << bar->addWidget(regions_) << bar->addSeparator();
  for (QAction* action : regionActions_)
    action->setVisible(false);
  bar->addWidget(new QLabel(tr("Parameters"), bar));
  parameters_ = new ParameterBar(bar);
  parameters_->setThreads(settings_.threads());
  bar->addWidget(parameters_);
  hosts_ = new HostBox(bar);
  hosts_->setKnown(settings_.hosts());
  bar->addWidget(hosts_);
  connect(actions_.measureElsewhere, &QAction::triggered, hosts_, &HostBox::showSheet);
  connect(parameters_, &ParameterBar::threadsChanged, this, [this](int threads) { settings_.setThreads(threads); });
  space_->setThreads(settings_.threads());
  connect(parameters_, &ParameterBar::threadsChanged, space_, &IterationSpaceView::setThreads);
}

void MainWindow::makeStatusBar() {
  verdictIcon_ = new QLabel(this);
  verdict_ = new QLabel(this);
  verdict_->setObjectName(QStringLiteral("statusVerdict"));
  verdict_->setAccessibleName(tr("Verdict"));
  verdict_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  work_ = new QLabel(this);
  work_->setObjectName(QStringLiteral("statusWork"));
  work_->setAccessibleName(tr("Running work"));
  progress_ = new QProgressBar(this);
  progress_->setObjectName(QStringLiteral("progress"));
  progress_->setMaximumSize(150, 14);
  progress_->setTextVisible(false);
  auto* cancel = new QToolButton(this);
  cancel->setObjectName(QStringLiteral("statusCancel"));
  cancel->setDefaultAction(actions_.cancel);
  cancel->setAutoRaise(true);
  statusBar()->setSizeGripEnabled(false);
  statusBar()->setContentsMargins(8, 0, 8, 0);
  statusBar()->addWidget(verdictIcon_);
  statusBar()->addWidget(verdict_, 1);
  statusBar()->addPermanentWidget(work_);
  statusBar()->addPermanentWidget(progress_);
  statusBar()->addPermanentWidget(cancel);
  connect(actions_.cancel, &QAction::changed, cancel, [this, cancel] { cancel->setVisible(actions_.cancel->isEnabled()); });
  setWork({});
}

void MainWindow::resetLayout() { shell_->layouts().reset(); }

void MainWindow::restoreLayout() {
  const SavedLayout saved = settings_.layout();
  resetLayout();
  shell_->layouts().restore(saved.state, saved.panels);
}

void MainWindow::showExecution() {
  auto* memory = findChild<QDockWidget*>(QStringLiteral("memoryDock"));
  auto* scrubber = findChild<QDockWidget*>(QStringLiteral("executionDock"));
  // Behind one another, one of the two would be hidden.
  if (tabifiedDockWidgets(memory).contains(scrubber)) {
    removeDockWidget(scrubber);
    addDockWidget(Qt::BottomDockWidgetArea, scrubber, Qt::Vertical);
    // Sizes hold once the docks have been laid out.
    QTimer::singleShot(0, this, [this, memory, scrubber] {
      resizeDocks({memory, scrubber}, {height() * 34 / 100, scrubber->minimumSizeHint().height()}, Qt::Vertical);
    });
  }
  for (QDockWidget* dock : {memory, scrubber}) {
    dock->show();
    dock->raise();
  }
  execution_->scrubber()->setFocus(Qt::ShortcutFocusReason);
}

} // namespace polyloom
