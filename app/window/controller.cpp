#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/measurement_text.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace polyloom {

namespace {

constexpr int kRuns = 30;

std::optional<QString> readText(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return std::nullopt;
  return QString::fromUtf8(file.readAll());
}

QString sentence(const Diagnostic& diagnostic) {
  QString text = QString::fromStdString(diagnostic.message);
  for (const std::string& note : diagnostic.notes)
    text += QStringLiteral("; ") + QString::fromStdString(note);
  return text;
}

} // namespace

Controller::Controller(MainWindow& window, Settings& settings, const QString& autosaveFolder, const QString& worker,
                       QObject* parent)
    : QObject(parent), window_(window), settings_(settings), session_(autosaveFolder), worker_(worker) {
  connectActions();
  connectEngine();
  connectWorker();
  updateActions();
}

void Controller::connectEngine() {
  connect(&engine_, &Engine::programReady, this, [this](const ProgramSnapshotPtr& program) {
    window_.setProgram(program);
    for (const auto& [name, value] : presets_)
      window_.parameters()->setMeasureValue(name, value);
  });
  connect(&engine_, &Engine::scheduleReady, this, &Controller::scheduleArrived);
  connect(&engine_, &Engine::spaceReady, this, [this](const ScheduleSnapshotPtr& schedule) {
    window_.setSpace(schedule);
    Q_EMIT settled();
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

void Controller::openFile(const QString& path, const std::optional<QString>& recipe) {
  if (!QFileInfo(path).isReadable()) {
    const QString message = tr("%1 cannot be read").arg(path);
    window_.messages()->showMessage(MessageBar::Severity::Error, message);
    Q_EMIT openFailed(message);
    return;
  }
  opening_ = QFileInfo(path).absoluteFilePath();
  openingRecipe_ = recipe;
  if (const QString beside = recipeBeside(path); !recipe && !beside.isEmpty())
    openingRecipe_ = readText(beside);
  extractJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("extract")},
                              {QStringLiteral("path"), opening_},
                              {QStringLiteral("includes"), QJsonArray()},
                              {QStringLiteral("defines"), QJsonArray()}});
  updateWork();
}

void Controller::workerFinished(int id, const QJsonObject& result) {
  if (id == extractJob_) {
    extractJob_ = 0;
    session_.open(opening_, result.value(QStringLiteral("regions")).toArray());
    settings_.addRecentFile(opening_);
    window_.setRecentFiles(settings_.recentFiles());
    window_.messages()->hide();
    startRegion(openingRecipe_);
  } else if (id == measureJob_) {
    measureJob_ = 0;
    measured(result);
  } else if (id == codeJob_) {
    codeJob_ = 0;
    window_.code()->setText(static_cast<CodeView::Kind>(codeKind_), result.value(QStringLiteral("text")).toString());
  }
  updateWork();
}

void Controller::workerFailed(int id, const QJsonObject& error) {
  const QString text = errorText(error);
  const bool canceled = error.value(QStringLiteral("code")).toString() == QLatin1String("canceled");
  if (id == codeJob_) {
    codeJob_ = 0;
    window_.code()->setText(static_cast<CodeView::Kind>(codeKind_), tr("; %1").arg(text));
  } else {
    const QString first = text.section(QLatin1Char('\n'), 0, 0);
    window_.messages()->showMessage(canceled ? MessageBar::Severity::Information : MessageBar::Severity::Error,
                                    canceled ? tr("Canceled") : text, {}, first);
    if (id == extractJob_)
      Q_EMIT openFailed(text);
  }
  extractJob_ = id == extractJob_ ? 0 : extractJob_;
  measureJob_ = id == measureJob_ ? 0 : measureJob_;
  updateWork();
}

void Controller::startRegion(const std::optional<QString>& recipe) {
  measureJob_ = codeJob_ = 0; // what still runs is about another program
  measurements_.clear();
  window_.setMeasurements(measurements_);
  window_.setRegions(session_.regionNames(), session_.region());
  session_.start(recipe.value_or(QString()));
  engine_.open(QString::fromUtf8(QJsonDocument(session_.program()).toJson(QJsonDocument::Compact)), session_.recipe(),
               window_.actions().reassociate->isChecked());
  offerUnsaved();
}

void Controller::chooseRegion(int region) {
  if (region == session_.region())
    return;
  session_.chooseRegion(region);
  startRegion(std::nullopt);
}

void Controller::offerUnsaved() {
  offered_ = session_.unsavedRecipe();
  if (offered_.isEmpty())
    return;
  const auto steps = offered_.count(QLatin1Char('\n')) + 1;
  window_.messages()->showMessage(MessageBar::Severity::Information,
                                  steps == 1 ? tr("An unsaved recipe with one step is left from last time.")
                                             : tr("An unsaved recipe with %1 steps is left from last time.").arg(steps),
                                  tr("Restore"), offered_);
}

void Controller::openRecipe(const QString& path) {
  const auto text = readText(path);
  if (!text)
    window_.messages()->showMessage(MessageBar::Severity::Error, tr("%1 cannot be read").arg(path));
  else
    session_.change(*text, tr("open %1").arg(QFileInfo(path).fileName()));
}

void Controller::setParameter(const std::string& name, std::int64_t value) {
  presets_[name] = value;
}

void Controller::applyStep(const QString& line) {
  if (!session_.isOpen())
    return;
  pendingStep_ = line.simplified();
  session_.append(line);
}

bool Controller::withdrawRefused(const QString& why) {
  const QString step = std::exchange(pendingStep_, {});
  if (step.isEmpty())
    return false;
  // What did not happen is no part of the history.
  session_.withdraw();
  window_.messages()->showMessage(MessageBar::Severity::Warning, tr("“%1” was refused: %2").arg(step, why));
  return true;
}

void Controller::scheduleArrived(const ScheduleSnapshotPtr& schedule) {
  const auto& steps = schedule->steps;
  if (!steps.empty() && steps.back().outcome == StepInfo::Outcome::Refused) {
    const QString why = QString::fromStdString(steps.back().message);
    if (withdrawRefused(why))
      return;
    window_.messages()->showMessage(MessageBar::Severity::Warning,
                                    tr("“%1” was refused: %2").arg(QString::fromStdString(steps.back().text), why));
  } else if (!pendingStep_.isEmpty() && offered_.isEmpty()) {
    window_.messages()->hide();
  }
  pendingStep_.clear();
  window_.setSchedule(schedule);
  updateActions();
}

void Controller::measure() {
  const auto schedule = window_.schedule();
  if (!schedule || measureJob_)
    return;
  if (schedule->verdict.kind != VerdictInfo::Kind::Legal) {
    const bool illegal = schedule->verdict.kind == VerdictInfo::Kind::Illegal;
    window_.messages()->showMessage(MessageBar::Severity::Warning,
                                    (illegal ? tr("An illegal order is not measured. %1")
                                             : tr("An order whose legality is unknown is not measured. %1"))
                                        .arg(QString::fromStdString(schedule->verdict.sentence)));
    return;
  }
  QJsonObject set;
  for (const auto& [name, value] : window_.parameters()->measureValues())
    set.insert(QString::fromStdString(name), static_cast<qint64>(value));
  // Times under other conditions cannot be compared with the new ones.
  const QJsonObject conditions{{QStringLiteral("set"), set},
                               {QStringLiteral("threads"), window_.parameters()->threads()}};
  if (std::exchange(conditions_, conditions) != conditions)
    measurements_.clear();
  measureJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("measure")},
                              {QStringLiteral("program"), session_.program()},
                              {QStringLiteral("recipes"), QJsonArray{session_.recipe()}},
                              {QStringLiteral("threads"), window_.parameters()->threads()},
                              {QStringLiteral("runs"), kRuns},
                              {QStringLiteral("set"), set},
                              {QStringLiteral("reassociate"), window_.actions().reassociate->isChecked()}});
  updateWork();
}

void Controller::measured(const QJsonObject& result) {
  const std::vector<MeasurementInfo> fresh = parseMeasurements(result);
  measurements_ = mergeMeasurements(std::move(measurements_), fresh);
  window_.setMeasurements(measurements_);
  const MeasurementInfo& last = fresh.back();
  if (last.outcome != MeasurementInfo::Outcome::Measured)
    window_.messages()->showMessage(
        MessageBar::Severity::Warning,
        tr("“%1”: %2. %3")
            .arg(QString::fromStdString(last.label), verdictOn(last), QString::fromStdString(last.message)));
}

void Controller::requestCode(int kind) {
  codeKind_ = kind;
  const bool llvm = static_cast<CodeView::Kind>(kind) == CodeView::Kind::Llvm;
  codeJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("emit")},
                           {QStringLiteral("program"), session_.program()},
                           {QStringLiteral("recipe"), session_.recipe()},
                           {QStringLiteral("as"), llvm ? QStringLiteral("llvm") : QStringLiteral("asm")}});
}

void Controller::updateActions() {
  const Actions& actions = window_.actions();
  const bool open = session_.isOpen();
  actions.undo->setEnabled(session_.undoStack()->canUndo());
  actions.redo->setEnabled(session_.undoStack()->canRedo());
  for (QAction* action :
       {actions.openRecipe, actions.saveRecipe, actions.exportPicture, actions.typeStep, actions.reassociate})
    action->setEnabled(open);
  actions.startOver->setEnabled(open && !session_.recipe().isEmpty());
  actions.measure->setEnabled(open && measureJob_ == 0);
}

void Controller::updateWork() {
  const QString what = extractJob_ && worker_.isBusyWith(extractJob_)
                           ? tr("reading %1").arg(QFileInfo(opening_).fileName())
                       : measureJob_ && worker_.isBusyWith(measureJob_) ? tr("measuring")
                       : engine_.isBusy()                               ? tr("computing")
                       : codeJob_ && worker_.isBusyWith(codeJob_)       ? tr("compiling")
                                                                        : QString();
  window_.setWork(what);
  updateActions();
}

} // namespace polyloom
