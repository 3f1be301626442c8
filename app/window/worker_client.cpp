#include "app/window/worker_client.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <unistd.h>

#include <csignal>
#include <utility>

namespace polyloom {

namespace {

constexpr int kEndMilliseconds = 1000;

QJsonObject makeError(const QString& code, const QString& message) {
  return {{QStringLiteral("code"), code}, {QStringLiteral("message"), message}};
}

} // namespace

WorkerClient::WorkerClient(const QString& program, QObject* parent) : QObject(parent), program_(program) {
  if (program_.isEmpty())
    program_ = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("polyloom-worker"));
}

WorkerClient::~WorkerClient() {
  if (!process_)
    return;
  process_->disconnect(this);
  process_->closeWriteChannel();
  killProcesses();
  process_->waitForFinished(kEndMilliseconds);
}

void WorkerClient::start() {
  if (process_)
    return;
  process_ = new QProcess(this);
  process_->setProcessChannelMode(QProcess::ForwardedErrorChannel);
  connect(process_, &QProcess::readyReadStandardOutput, this, &WorkerClient::readLines);
  connect(process_, &QProcess::finished, this, &WorkerClient::processEnded);
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart)
      processEnded(-1, QProcess::CrashExit);
  });
  process_->setChildProcessModifier([] { ::setpgid(0, 0); }); // a group of its own, to end together
  process_->start(program_, arguments_);
}

int WorkerClient::send(QJsonObject request) {
  const int id = ++lastId_;
  request.insert(QStringLiteral("id"), id);
  const bool wasBusy = isBusy();
  jobs_[id] = request.value(QStringLiteral("job")).toString();
  if (!wasBusy)
    Q_EMIT busyChanged(true);
  start();
  process_->write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
  return id;
}

void WorkerClient::setCommand(const QString& program, const QStringList& arguments) {
  program_ = program;
  arguments_ = arguments;
}

void WorkerClient::cancel() {
  if (isBusy())
    stop();
}

void WorkerClient::stop() {
  if (!process_)
    return;
  canceling_ = true;
  killProcesses();
}

void WorkerClient::setSuspended(bool suspended) {
  if (process_ && process_->processId() > 0)
    ::kill(static_cast<pid_t>(-process_->processId()), suspended ? SIGSTOP : SIGCONT);
}

void WorkerClient::killProcesses() {
  if (process_->processId() > 0)
    ::kill(static_cast<pid_t>(-process_->processId()), SIGKILL);
  process_->kill();
}

void WorkerClient::readLines() {
  while (process_ && process_->canReadLine()) {
    const QByteArray line = process_->readLine().trimmed();
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (document.isObject())
      handle(document.object());
    else
      Q_EMIT strangeLine(line);
  }
}

void WorkerClient::handle(const QJsonObject& message) {
  const int id = message.value(QStringLiteral("id")).toInt();
  if (!jobs_.contains(id))
    return;
  if (message.contains(QStringLiteral("progress"))) {
    const QJsonObject step = message.value(QStringLiteral("progress")).toObject();
    Q_EMIT progress(id, step.value(QStringLiteral("done")).toInt(), step.value(QStringLiteral("of")).toInt(),
                    step.value(QStringLiteral("message")).toString());
    Q_EMIT reported(id, step);
  } else if (message.contains(QStringLiteral("partial"))) {
    Q_EMIT partial(id, message.value(QStringLiteral("partial")).toObject());
  } else if (message.contains(QStringLiteral("error"))) {
    forget(id);
    Q_EMIT failed(id, message.value(QStringLiteral("error")).toObject());
  } else {
    forget(id);
    Q_EMIT finished(id, message.value(QStringLiteral("result")).toObject());
  }
}

void WorkerClient::forget(int id) {
  jobs_.erase(id);
  if (jobs_.empty())
    Q_EMIT busyChanged(false);
}

void WorkerClient::processEnded(int exitCode, QProcess::ExitStatus status) {
  readLines();
  const bool neverStarted = process_ && process_->error() == QProcess::FailedToStart;
  process_->deleteLater();
  process_ = nullptr;
  if (std::exchange(canceling_, false))
    failAll(QStringLiteral("canceled"), tr("canceled"));
  else if (neverStarted)
    failAll(QStringLiteral("worker-missing"),
            tr("the helper %1 cannot be started").arg(QFileInfo(program_).fileName()));
  else if (status == QProcess::CrashExit)
    failAll(QStringLiteral("worker-crashed"),
            tr("the helper %1 crashed; it starts anew with the next job").arg(QFileInfo(program_).fileName()));
  else
    failAll(QStringLiteral("worker-ended"),
            tr("the helper %1 ended with exit code %2").arg(QFileInfo(program_).fileName()).arg(exitCode));
  Q_EMIT ended();
}

void WorkerClient::failAll(const QString& code, const QString& message) {
  for (const auto& [id, kind] : std::exchange(jobs_, {}))
    Q_EMIT failed(id, makeError(code, message));
  Q_EMIT busyChanged(false);
}

QString errorText(const QJsonObject& error) {
  QString place = QFileInfo(error.value(QStringLiteral("file")).toString()).fileName();
  for (const char* part : {"line", "column"})
    if (const int value = error.value(QLatin1String(part)).toInt(); value > 0 && !place.isEmpty())
      place += QStringLiteral(":%1").arg(value);
  QString text =
      (place.isEmpty() ? QString() : place + QStringLiteral(": ")) + error.value(QStringLiteral("message")).toString();
  for (const QJsonValue& note : error.value(QStringLiteral("notes")).toArray())
    text += QLatin1Char('\n') + note.toString();
  return text;
}

} // namespace polyloom
