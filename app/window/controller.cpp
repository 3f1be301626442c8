#include "app/window/controller.h"

#include "app/window/execution_panels.h"
#include "app/window/main_window.h"
#include "app/window/measurement_text.h"
#include "app/window/parameter_bar.h"
#include "app/window/prediction_control.h"
#include "app/window/settings.h"
#include "app/window/sweep_control.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace polyloom {

namespace {

QString sentence(const Diagnostic& diagnostic) {
  QString text = QString::fromStdString(diagnostic.message);
  for (const std::string& note : diagnostic.notes)
    text += QStringLiteral("; ") + QString::fromStdString(note);
  return text;
}

} // namespace

Controller::Controller(MainWindow& window, Settings& settings, const QString& autosaveFolder, const QString& worker,
                       QObject* parent)
    : QObject(parent), window_(window), settings_(settings), worker_(worker), code_(worker),
      autosaveFolder_(autosaveFolder), autosave_([this] {
        const SessionFile session = sessionNow();
        return session.scheduleCount() > 0 ? sessionText(session) : QByteArray();
      }), comparedCaches_(worker) {
  connectActions();
  connectHistory();
  connectComparison();
  connectGestures();
  connectSweep();
  connectEngine();
  connectPredictions();
  connectWorker();
  connectCode();
  connectReload();
  updateActions();
}

void Controller::connectEngine() {
  connect(&engine_, &Engine::programReady, this, &Controller::programArrived);
  connect(&engine_, &Engine::scheduleReady, this, &Controller::scheduleArrived);
  connect(&engine_, &Engine::pointsReady, &window_, &MainWindow::setSpace);
  connect(&engine_, &Engine::spaceReady, this, [this](const ScheduleSnapshotPtr& schedule) {
    window_.setSpace(schedule);
    showComparison();
    if (const auto witness = std::exchange(wantedWitness_, {}))
      showWitness(*witness);
    requestTraces();
    Q_EMIT settled();
  });
  connect(&engine_, &Engine::tracesReady, this, [this](const ExecutionTracesPtr& traces) {
    window_.execution()->setTraces(traces);
    Q_EMIT settled();
  });
  connect(window_.execution(), &ExecutionPanels::tracesWanted, this, &Controller::requestTraces);
  connect(&engine_, &Engine::repairsReady, this, [this](const std::vector<RepairInfo>& repairs) {
    window_.dependences()->verdict()->setRepairs(repairs);
  });
  connect(&engine_, &Engine::rangeReady, window_.form(), &StepForm::setRange);
  connect(&engine_, &Engine::islRecipeReady, this, [this](const QString& recipe, const QString& remark) {
    session_.change(recipe, tr("start from isl's schedule"));
    if (!remark.isEmpty())
      window_.messages()->showMessage(MessageBar::Severity::Information, remark);
  });
  connect(&engine_, &Engine::recipeRefused, this, [this](const Diagnostic& diagnostic) {
    if (!withdrawRefused(sentence(diagnostic)))
      window_.messages()->showMessage(MessageBar::Severity::Error,
                                      tr("The recipe cannot be read: %1").arg(sentence(diagnostic)));
  });
  connect(&engine_, &Engine::failed, this,
          [this](const QString& message) { window_.messages()->showMessage(MessageBar::Severity::Error, message); });
  connect(&engine_, &Engine::busyChanged, this, &Controller::updateWork);
  connect(&session_, &Session::recipeChanged, this, [this](const QString& recipe) {
    wantedWitness_.reset();
    engine_.setRecipe(recipe, window_.actions().reassociate->isChecked());
    updateActions();
  });
}

void Controller::connectWorker() {
  connect(&worker_, &WorkerClient::finished, this, &Controller::workerFinished);
  connect(&worker_, &WorkerClient::failed, this, &Controller::workerFailed);
  connect(&worker_, &WorkerClient::busyChanged, this, &Controller::updateWork);
  connect(&worker_, &WorkerClient::progress, this, [this](int, int done, int of, const QString& message) {
    window_.setWork(message.isEmpty() ? tr("measuring: %1 of %2").arg(done).arg(of) : message, done, of);
  });
}

void Controller::workerFinished(int id, const QJsonObject& result) {
  if (id == extractJob_) {
    extractJob_ = 0;
    fileRead(result.value(QStringLiteral("regions")).toArray());
  } else if (id == measureJob_) {
    measureJob_ = 0;
    measured(result);
  } else if (id == exportJob_) {
    exportJob_ = 0;
    exported(result.value(QStringLiteral("text")).toString());
  } else if (id == storedJob_) {
    storedJob_ = 0;
    storedFound(result);
  }
  updateWork();
}

void Controller::workerFailed(int id, const QJsonObject& error) {
  const QString text = errorText(error);
  const bool canceled = error.value(QStringLiteral("code")).toString() == QLatin1String("canceled");
  if (id == storedJob_) {
    storedJob_ = 0; // nobody asked for it; a measurement will say what is wrong with the store
  } else {
    window_.messages()->showMessage(canceled ? MessageBar::Severity::Information : MessageBar::Severity::Error,
                                    canceled ? tr("Canceled") : text, {}, text.section(QLatin1Char('\n'), 0, 0));
    if (id == extractJob_)
      fileRefused(text, canceled ? 0 : error.value(QStringLiteral("line")).toInt());
  }
  extractJob_ = id == extractJob_ ? 0 : extractJob_;
  measureJob_ = id == measureJob_ ? 0 : measureJob_;
  exportJob_ = id == exportJob_ ? 0 : exportJob_;
  updateWork();
}

void Controller::applyStep(const QString& line) {
  if (!session_.isOpen())
    return;
  pendingStep_ = line.simplified();
  session_.append(line);
}

bool Controller::withdrawRefused(const QString& why) {
  const QString edited = std::exchange(pendingEdit_, {});
  const QString appended = std::exchange(pendingStep_, {}), step = appended.isEmpty() ? edited : appended;
  if (step.isEmpty())
    return false;
  // What did not happen is no part of the history.
  session_.withdraw();
  window_.messages()->showMessage(MessageBar::Severity::Warning, tr("“%1” was refused: %2").arg(step, why));
  return true;
}

void Controller::scheduleArrived(const ScheduleSnapshotPtr& schedule) {
  const auto& steps = schedule->steps;
  const bool isEdit = !std::exchange(pendingEdit_, {}).isEmpty();
  if (!steps.empty() && steps.back().outcome == StepInfo::Outcome::Refused) {
    const QString line = QString::fromStdString(steps.back().text), why = QString::fromStdString(steps.back().message);
    const bool isLast = static_cast<qsizetype>(steps.size()) == session_.lines().size();
    if (withdrawRefused(isLast ? why : tr("“%1” before it does not apply: %2").arg(line, why)))
      return;
    window_.messages()->showMessage(
        MessageBar::Severity::Warning,
        isEdit ? tr("“%1” no longer applies: %2. The branch from before the edit is still there.").arg(line, why)
               : tr("“%1” was refused: %2").arg(line, why));
  } else if (!pendingStep_.isEmpty() && !answer_) {
    window_.messages()->hide();
  }
  pendingStep_.clear();
  session_.judge(*schedule);
  window_.setSchedule(schedule);
  lookUpStored();
  updateActions();
}

/// Only for who looks at them: most of the time nobody does.
void Controller::requestTraces() {
  const ExecutionPanels& panels = *window_.execution();
  if (panels.isSeen() && window_.schedule() && !panels.traces())
    engine_.askTraces(panels.memory()->cacheChoice());
}

void Controller::updateActions() {
  const Actions& actions = window_.actions();
  const bool open = session_.isOpen();
  actions.undo->setEnabled(session_.undoStack()->canUndo());
  actions.redo->setEnabled(session_.undoStack()->canRedo());
  for (QAction* action :
       {actions.openRecipe, actions.saveRecipe, actions.exportPicture, actions.typeStep, actions.reassociate,
        actions.startFromIsl, actions.saveSession, actions.findSchedule})
    action->setEnabled(open);
  actions.endComparison->setEnabled(compared_ >= 0);
  actions.startOver->setEnabled(open && !session_.recipe().isEmpty());
  actions.sweep->setEnabled(open);
  actions.measure->setEnabled(open && measureJob_ == 0);
  actions.measureAll->setEnabled(open && measureJob_ == 0 && !session_.recipe().isEmpty());
}

void Controller::updateWork() {
  const QString what = extractJob_ && worker_.isBusyWith(extractJob_)
                           ? tr("reading %1").arg(QFileInfo(opening_).fileName())
                       : measureJob_ && worker_.isBusyWith(measureJob_) ? tr("measuring")
                       : sweep_->isRunning()                            ? tr("sweeping")
                       : engine_.isBusy()                               ? tr("computing")
                       : code_.isBusy()                                 ? tr("compiling")
                       : comparedCaches_.isBusy()                       ? tr("simulating caches")
                                                                        : QString();
  const bool isTiming = measureJob_ != 0 || sweep_->isRunning();
  code_.setPaused(isTiming);
  predictions_->setPaused(isTiming);
  window_.setWork(what);
  updateActions();
}

} // namespace polyloom
