// The window's end of a helper process, polyloom-worker as a rule: jobs as JSON lines.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <map>

namespace polyloom {

/// Starts the worker on demand, sends one request a line and hands on what it answers. A worker that dies fails its
/// jobs and is started anew with the next one; `cancel` kills it, which is how a job is canceled.
class WorkerClient : public QObject {
  Q_OBJECT

public:
  /// `program` is the worker's executable; empty: "polyloom-worker" beside this program.
  explicit WorkerClient(const QString& program = {}, QObject* parent = nullptr);
  ~WorkerClient() override;

  /// Another helper, from the next start on.
  void setCommand(const QString& program, const QStringList& arguments);
  /// Sends a request (its "id" is filled in) and returns its id.
  int send(QJsonObject request);
  /// Ends all running jobs; each fails with code "canceled".
  void cancel();
  /// The same, and ends a worker that has nothing to do; `ended` follows where one runs.
  void stop();
  /// A suspended helper computes nothing until it may go on.
  void setSuspended(bool suspended);
  bool isRunning() const { return process_ != nullptr; }
  const QString& program() const { return program_; }
  bool isBusy() const { return !jobs_.empty(); }
  bool isBusyWith(int id) const { return jobs_.contains(id); }

Q_SIGNALS:
  void finished(int id, const QJsonObject& result);
  /// `error` holds code, message and perhaps file, line, column, notes.
  void failed(int id, const QJsonObject& error);
  void progress(int id, int done, int of, const QString& message);
  /// The same, with all that the helper says of it.
  void reported(int id, const QJsonObject& step);
  /// A part of the answer, of a job that streams it.
  void partial(int id, const QJsonObject& part);
  void busyChanged(bool busy);
  /// A line that is no JSON object. It is skipped.
  void strangeLine(const QByteArray& line);
  /// The process is gone, and its jobs have failed: the next one starts it anew.
  void ended();

private:
  void start();
  /// The worker, and what it has started: its runners, and ssh to another machine.
  void killProcesses();
  void readLines();
  void handle(const QJsonObject& message);
  void failAll(const QString& code, const QString& message);
  void processEnded(int exitCode, QProcess::ExitStatus status);
  void forget(int id);

  QString program_;
  QStringList arguments_;
  QProcess* process_ = nullptr;
  std::map<int, QString> jobs_; ///< kind of each running job
  int lastId_ = 0;
  bool canceling_ = false;
};

/// One sentence for people: "file.c:3:5: message", with the notes.
QString errorText(const QJsonObject& error);

} // namespace polyloom
