// What simulated caches see of the two schedules that are compared, from a worker of its own.
#pragma once

#include "app/window/worker_client.h"

#include <QJsonObject>
#include <QString>

#include <utility>
#include <vector>

namespace polyloom {

/// Figures by name, as a table shows them: "L1 misses", "A: L1 misses", "loop i: lines per iteration".
using CacheFigures = std::vector<std::pair<QString, QString>>;

/// The figures of one schedule in a worker's answer; empty where it has none.
CacheFigures cacheFigures(const QJsonObject& simulation);

/// Simulates for one question at a time: a newer one ends what runs, and the same one again changes nothing.
class ComparedCaches : public QObject {
  Q_OBJECT

public:
  explicit ComparedCaches(const QString& worker, QObject* parent = nullptr);

  /// `question`: program, set and reassociate, as the worker's job "cache" has them.
  void ask(QJsonObject question, const QString& recipeA, const QString& recipeB);
  /// Nothing is compared any more.
  void forget();
  /// Ends what runs; the question counts as answered.
  void cancel();
  bool isBusy() const { return job_ != 0; }
  const CacheFigures& figures(int side) const { return figures_[side]; }
  /// How much was simulated, that it still is, or why there are no figures.
  const QString& remark() const { return remark_; }

Q_SIGNALS:
  /// Figures or remark are other ones.
  void changed();

private:
  void finished(const QJsonObject& result);
  void end();

  WorkerClient worker_;
  QJsonObject question_;
  int job_ = 0;
  CacheFigures figures_[2];
  QString remark_;
};

} // namespace polyloom
