// Sessions as files: saved, kept while one works, offered after a kill, opened again.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "views/sweep_view.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Where a session of an earlier run waits for an answer while this one is kept in its place.
QString previousOf(const QString& autosave) {
  return QFileInfo(autosave).dir().filePath(QStringLiteral("previous-") + QFileInfo(autosave).fileName());
}

QString countText(const SessionFile& session) {
  return session.scheduleCount() == 1 ? Controller::tr("one schedule")
                                      : Controller::tr("%1 schedules").arg(session.scheduleCount());
}

} // namespace

SessionFile Controller::sessionNow() const {
  const QJsonObject program = session_.program();
  SessionFile session{.path = session_.path(),
                      .source = program.value(QStringLiteral("source")).toObject().value(QStringLiteral("text")).toString(),
                      .function = program.value(QStringLiteral("function")).toString(),
                      .region = session_.region(),
                      .includes = openOptions_.includes,
                      .defines = openOptions_.defines,
                      .conditions = measuringConditions(),
                      .histories = session_.histories(),
                      .measuredConditions = conditions_,
                      .measurements = measurements_,
                      .notes = measuringNotes_,
                      .sweep = window_.sweep()->sweep(),
                      .views = window_.viewState(),
                      .wasClosed = isClosing_};
  for (const auto& [name, value] : window_.parameters()->viewValues())
    session.drawn.insert(QString::fromStdString(name), static_cast<qint64>(value));
  const std::string now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
  for (MeasurementInfo& info : session.measurements)
    if (info.taken.empty())
      info.taken = now;
  return session;
}

QString Controller::saveSession(const QString& path) const {
  const QString wrong = writeWhole(path, sessionText(sessionNow()));
  return wrong.isEmpty() ? QString() : tr("cannot write %1: %2").arg(path, wrong);
}

void Controller::askWhereToSaveSession() {
  const QFileInfo source(session_.path());
  const QString proposal = source.dir().filePath(source.completeBaseName() + QStringLiteral(".polyloom.json"));
  const QString path = QFileDialog::getSaveFileName(&window_, tr("Save the session"), proposal,
                                                    tr("Sessions (*.polyloom.json);;All files (*)"));
  if (path.isEmpty())
    return;
  const QString wrong = saveSession(path);
  report(wrong, path);
  if (!wrong.isEmpty())
    return;
  settings_.addRecentFile(path);
  window_.setRecentFiles(settings_.recentFiles());
}

void Controller::openSession(const QString& path, const std::optional<QString>& recipe) {
  Result<SessionFile> session = readSession(bytesOf(path));
  if (session) {
    settings_.addRecentFile(QFileInfo(path).absoluteFilePath());
    restore(*std::move(session));
    openingRecipe_ = recipe;
    return;
  }
  const QString message = QStringLiteral("%1: %2").arg(QFileInfo(path).fileName(), QString::fromStdString(session.error().message));
  window_.messages()->showMessage(MessageBar::Severity::Error, message);
  Q_EMIT openFailed(message);
}

/// The session's own text counts, wherever its file is and whatever has become of it.
void Controller::restore(SessionFile session) {
  openOptions_.includes = session.includes;
  openOptions_.defines = session.defines;
  openingRecipe_.reset();
  opening_ = reading_ = session.path;
  if (bytesOf(opening_) != session.source.toUtf8()) {
    reading_ = sources_.filePath(QFileInfo(opening_).fileName());
    if (const QString wrong = writeWhole(reading_, session.source.toUtf8()); !wrong.isEmpty()) {
      report(tr("cannot write %1: %2").arg(reading_, wrong), reading_);
      return;
    }
  }
  restoring_ = std::move(session);
  const QSignalBlocker blocker(window_.actions().reassociate); // the engine gets it with the program
  window_.actions().reassociate->setChecked(restoring_->conditions.value(QStringLiteral("reassociate")).toBool());
  readProgram();
}

void Controller::restoreValues() {
  if (!restoring_)
    return;
  const SessionFile session = *std::exchange(restoring_, {});
  const QJsonObject set = session.conditions.value(QStringLiteral("set")).toObject();
  for (const auto& [name, value] : window_.parameters()->measureValues())
    window_.parameters()->setMeasureValue(name, set.value(QString::fromStdString(name)).toInteger(value));
  for (const auto& [name, value] : window_.parameters()->scalarValues())
    window_.parameters()->setScalarValue(name, set.value(QString::fromStdString(name)).toDouble(value));
  if (const int threads = session.conditions.value(QStringLiteral("threads")).toInt(); threads > 0)
    window_.parameters()->setThreads(threads);
  conditions_ = session.measuredConditions;
  measurements_ = session.measurements;
  measuringNotes_ = session.notes;
  showMeasurements();
  if (!session.sweep.isEmpty())
    window_.sweep()->restore(session.sweep);
  window_.restoreViewState(session.views);
  if (reading_ != opening_)
    offerChangedSource(session);
  if (const QString file = std::exchange(answered_, {}); !file.isEmpty())
    connect(&autosave_, &Autosave::kept, this, [file] { QFile::remove(file); }, Qt::SingleShotConnection);
}

void Controller::offerChangedSource(const SessionFile& session) {
  const QString name = QFileInfo(opening_).fileName();
  if (!QFileInfo::exists(opening_)) {
    window_.messages()->showMessage(MessageBar::Severity::Information,
                                    tr("%1 is no longer where it was; this is the text that the session has kept.").arg(name));
    return;
  }
  offer(tr("%1 has changed since the session was saved; this is the text that the session has kept.").arg(name),
        tr("Use the file as it is"), [this, session](bool accepted) {
          if (!accepted)
            return;
          SessionFile again = sessionNow();
          again.source = QString::fromUtf8(bytesOf(session.path));
          restore(std::move(again));
        });
}

/// Whether it has schedules that are not in the trees of this window.
bool Controller::isNews(const SessionFile& session) const {
  const std::map<int, HistoryTree> here = session_.histories();
  return std::ranges::any_of(session.histories, [&](const auto& history) {
    const auto known = here.find(history.first);
    return std::ranges::any_of(history.second.nodes(), [&](int id) {
      return id > 0 && (known == here.end() || !known->second.find(history.second.lines(id)));
    });
  });
}

/// Another window on the same program has a file of its own.
QString Controller::unsavedPath() { return slot_.claim(autosavePath(autosaveFolder_, opening_)); }

void Controller::offerUnsaved() {
  const QString path = unsavedPath(), previous = previousOf(path);
  if (Result<SessionFile> last = readSession(bytesOf(path)); last && isNews(*last)) {
    // Nobody has answered for an earlier one yet: its schedules come along.
    if (const Result<SessionFile> earlier = readSession(bytesOf(previous)))
      for (const auto& [region, tree] : earlier->histories)
        last->histories[region].merge(tree);
    if (writeWhole(previous, sessionText(*last)).isEmpty())
      QFile::remove(path);
  }
  const Result<SessionFile> session = readSession(bytesOf(previous));
  if (!session || !isNews(*session))
    return;
  offer(tr("A session on this file is left from last time, with %1.").arg(countText(*session)), tr("Restore"),
        [this, session = *session, previous](bool accepted) {
          if (!accepted) {
            QFile::remove(previous);
            return;
          }
          answered_ = previous;
          restore(session);
        });
}

void Controller::offerLastSession() {
  const QFileInfoList files =
      QDir(autosaveFolder_).entryInfoList({QStringLiteral("*.polyloom.json")}, QDir::Files, QDir::Time);
  if (files.isEmpty())
    return;
  const Result<SessionFile> session = readSession(bytesOf(files.front().filePath()));
  if (session && !session->wasClosed && session->scheduleCount() > 0)
    offer(tr("The last session ended without being closed: %1, with %2.")
              .arg(QFileInfo(session->path).fileName(), countText(*session)),
          tr("Restore"), [this, session = *session](bool accepted) {
            if (accepted)
              restore(session);
          });
}

void Controller::offer(const QString& text, const QString& action, std::function<void(bool)> answer,
                       MessageBar::Severity severity) {
  answer_ = std::move(answer);
  question_ = text;
  window_.messages()->showMessage(severity, text, action);
}

void Controller::messageAnswered(bool accepted) {
  window_.showProgramSource();
  const auto answer = std::exchange(answer_, {});
  // Another message may have taken the question's place: that it was closed says nothing about the question.
  if (answer && (accepted || question_ == window_.messages()->lastText()))
    answer(accepted);
}

} // namespace polyloom
