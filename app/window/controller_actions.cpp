// What the actions and the views' intents lead to, and the dialogs that ask for a file's name.
#include "app/window/controller.h"

#include "app/window/host_box.h"
#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/sweep_control.h"
#include "views/instance_text.h"
#include "views/picture.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>

#include <algorithm>

namespace polyloom {

namespace {

/// As long as a person types a number or turns a wheel.
constexpr int kSettledMilliseconds = 150;

} // namespace

void Controller::connectActions() {
  const Actions& a = window_.actions();
  connect(a.open, &QAction::triggered, this, &Controller::askForFile);
  connect(a.openRecipe, &QAction::triggered, this, &Controller::askForRecipe);
  connect(a.saveRecipe, &QAction::triggered, this, &Controller::askWhereToSave);
  connect(a.exportPicture, &QAction::triggered, this, &Controller::askWhereToExport);
  connect(a.quit, &QAction::triggered, &window_, &QWidget::close);
  connect(a.undo, &QAction::triggered, session_.undoStack(), &QUndoStack::undo);
  connect(a.redo, &QAction::triggered, session_.undoStack(), &QUndoStack::redo);
  connect(a.startOver, &QAction::triggered, this, [this] { session_.change(QString(), tr("start over")); });
  connect(a.startFromIsl, &QAction::triggered, &engine_, &Engine::askIslRecipe);
  connect(a.measure, &QAction::triggered, this, &Controller::measure);
  connect(a.measureAll, &QAction::triggered, this, &Controller::measureAll);
  connect(a.cancel, &QAction::triggered, this, [this] {
    worker_.cancel();
    code_.cancel();
    sweep_->cancel();
    comparedCaches_.cancel();
    engine_.cancel();
  });
  connect(a.reassociate, &QAction::toggled, this, [this](bool on) { engine_.setRecipe(session_.recipe(), on); });
  connect(a.typeStep, &QAction::triggered, this, [this] {
    if (auto* line = window_.form()->findChild<QLineEdit*>(QStringLiteral("recipeLine")))
      line->setFocus(Qt::ShortcutFocusReason);
  });
  connect(session_.undoStack(), &QUndoStack::indexChanged, this, &Controller::updateActions);

  connect(&window_, &MainWindow::fileRequested, this, [this](const QString& path) { openFile(path); });
  connect(&window_, &MainWindow::recipeFileRequested, this, &Controller::openRecipe);
  connect(&window_, &MainWindow::regionChosen, this, &Controller::chooseRegion);
  connect(window_.form(), &StepForm::stepRequested, this, &Controller::applyStep);
  connect(window_.form(), &StepForm::rangeRequested, &engine_, &Engine::askRange);
  connect(window_.tree(), &LoopTreeView::stepRequested, this, &Controller::applyStep);
  connect(window_.dependences()->verdict(), &VerdictPanel::witnessRequested, this, &Controller::requestWitness);
  connect(window_.dependences()->verdict()->repairs(), &RepairList::repairRequested, this,
          [this](const RepairInfo& repair) {
            session_.change(QString::fromStdString(repair.recipe), QString::fromStdString(repair.sentence));
          });
  connect(window_.parameters(), &ParameterBar::viewValuesChanged, this,
          [this] { engine_.setViewValues(window_.parameters()->viewValues()); });
  storedTimer_.setSingleShot(true);
  storedTimer_.setInterval(kSettledMilliseconds);
  connect(&storedTimer_, &QTimer::timeout, this, &Controller::lookUpStored);
  connect(&storedTimer_, &QTimer::timeout, this, &Controller::showComparison); // other sizes meet the caches in another way
  connect(window_.parameters(), &ParameterBar::measureValuesChanged, &storedTimer_, [this] { storedTimer_.start(); });
  connect(window_.parameters(), &ParameterBar::threadsChanged, &storedTimer_, [this] { storedTimer_.start(); });
  connect(window_.hosts(), &HostBox::hostChanged, this, &Controller::changeHost);
  connect(window_.messages(), &MessageBar::actionTriggered, this, [this] { messageAnswered(true); });
  connect(window_.messages(), &MessageBar::dismissed, this, [this] { messageAnswered(false); });
}

void Controller::requestWitness(int index) {
  const auto& witnesses = window_.schedule()->verdict.witnesses;
  if (index < 0 || static_cast<std::size_t>(index) >= witnesses.size())
    return;
  wantedWitness_ = witnesses[static_cast<std::size_t>(index)];
  const auto& values = wantedWitness_->parameters;
  engine_.setViewValues({values.begin(), values.end()});
}

void Controller::showWitness(const WitnessInfo& witness) {
  const auto& statements = window_.program()->statements;
  const auto number = [&](const std::string& name) {
    const auto found = std::ranges::find(statements, name, &ProgramSnapshot::Statement::name);
    return static_cast<int>(found - statements.begin());
  };
  const int source = number(witness.sourceStatement), sink = number(witness.sinkStatement);
  const SpaceSnapshot& space = window_.schedule()->space;
  const InstanceId first = findInstance(space, source, witness.source);
  const InstanceId second = findInstance(space, sink, witness.sink);
  if (!first.isValid() || !second.isValid())
    return;
  window_.selection().selectPair(first, second);
  window_.source()->flash({source, sink});
  window_.code()->editor()->flash({source, sink});
}

void Controller::askForFile() {
  const QString folder = session_.path().isEmpty() ? QDir::currentPath() : QFileInfo(session_.path()).path();
  const QString path =
      QFileDialog::getOpenFileName(&window_, tr("Open a program"), folder,
                                   tr("Programs and sessions (*.c *.poly *.scop *.polyloom.json);;All files (*)"));
  if (!path.isEmpty())
    openFile(path);
}

void Controller::askForRecipe() {
  const QString path = QFileDialog::getOpenFileName(&window_, tr("Open a recipe"), QFileInfo(session_.path()).path(),
                                                    tr("Recipes (*.recipe);;All files (*)"));
  if (!path.isEmpty())
    openRecipe(path);
}

void Controller::askWhereToSave() {
  const QFileInfo source(session_.path());
  const QString proposal = source.dir().filePath(source.completeBaseName() + QStringLiteral(".recipe"));
  const QString path =
      QFileDialog::getSaveFileName(&window_, tr("Save the recipe"), proposal, tr("Recipes (*.recipe);;All files (*)"));
  if (path.isEmpty())
    return;
  report(session_.save(path), path);
}

void Controller::askWhereToExport() {
  const QFileInfo source(session_.path());
  const QString proposal = source.dir().filePath(source.completeBaseName() + QStringLiteral(".svg"));
  const QString path = QFileDialog::getSaveFileName(&window_, tr("Export the iteration space"), proposal,
                                                    tr("Pictures (*.svg *.pdf *.png)"));
  if (path.isEmpty() || !window_.schedule())
    return;
  report(savePicture(path, {window_.program(), window_.schedule(), PictureView::Dependences}), path);
}

} // namespace polyloom
