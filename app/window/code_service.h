// Fetches the texts of a schedule that only the worker can make.
#pragma once

#include "app/window/worker_client.h"
#include "core/snapshot/snapshot.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace polyloom {

/// Each text once per recipe; those of a recipe that is no longer wanted are ended. It has a worker of its own for that:
/// killing it ends no measurement.
class CodeService : public QObject {
  Q_OBJECT

public:
  using Lines = std::shared_ptr<const std::vector<CodeLine>>;

  /// `worker`: see WorkerClient.
  explicit CodeService(const QString& worker, QObject* parent = nullptr);

  /// What all later requests are about; forgets the texts of another program.
  void setProgram(const QJsonObject& program);
  /// Whether reductions may change their order; another answer forgets all texts.
  void setReassociate(bool reassociate);
  /// Asks for a form of `emit --as` after this recipe. Answers ready (at once where the text is known) or failed. Requests
  /// for another recipe end.
  void request(const QString& form, const QString& recipe);
  /// While something is measured nothing is compiled; what is asked for meanwhile, or was running, follows afterwards.
  void setPaused(bool paused);
  void cancel();
  bool isBusy() const { return job_ != 0; }

Q_SIGNALS:
  void ready(const QString& form, const polyloom::CodeService::Lines& lines);
  void failed(const QString& form, const QString& message);
  void busyChanged(bool busy);

private:
  using Key = std::pair<QString, QString>; ///< recipe, form

  void forget();
  void next();
  void endRunning();
  void finished(const QJsonObject& result);

  WorkerClient worker_;
  QJsonObject program_;
  bool reassociate_ = false;
  std::map<Key, Lines> known_;
  std::deque<Key> wanted_; ///< the first one is running where job_ is set
  int job_ = 0;
  bool isEnding_ = false; ///< the worker dies of an end that was asked for
  bool isPaused_ = false;
};

} // namespace polyloom
