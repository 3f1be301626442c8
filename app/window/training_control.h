// The panel of training, and the process that trains.
#pragma once

#include "app/window/worker_client.h"
#include "views/training_view.h"

#include <QFileSystemWatcher>
#include <QJsonObject>
#include <QObject>

namespace polyloom {

class Settings;

/// Trains in a polyloom-model of its own, so that predictions go on meanwhile. A training that is stopped, or whose process
/// dies, goes on from its checkpoint the next time. It can also look on while `polyloom-cli train --curve` trains.
class TrainingControl : public QObject {
  Q_OBJECT

public:
  TrainingControl(TrainingView& view, Settings& settings, QObject* parent);

  bool isRunning() const { return job_ != 0; }
  /// While something is measured nothing is learned.
  void setPaused(bool paused);
  /// Shows the curve in this file, and what is added to it.
  void watch(const QString& file);

Q_SIGNALS:
  /// The panel's weights are to predict from now on.
  void useRequested(const QString& weights);
  void failed(const QString& sentence);

private:
  void start(const TrainingWish& wish);
  void reported(int id, const QJsonObject& step);
  void finished(int id, const QJsonObject& result);
  void jobFailed(int id, const QJsonObject& error);
  void readCurve();

  TrainingView& view_;
  Settings& settings_;
  WorkerClient client_;
  QFileSystemWatcher watcher_;
  TrainingWish wish_;
  bool isPaused_ = false;
  int job_ = 0;
};

} // namespace polyloom
