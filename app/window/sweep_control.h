// The panel of sweeps and the worker that judges and measures its points.
#pragma once

#include "app/window/worker_client.h"
#include "core/snapshot/sweep.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <functional>
#include <map>
#include <vector>

namespace polyloom {

class SweepView;

/// A worker of its own: to cancel a sweep ends nothing else, and a window that asks for something else does not wait for it.
/// Measuring takes turns with all other measurements of the machine, as always.
class SweepControl : public QObject {
  Q_OBJECT

public:
  /// `request`: a job about the open program at the present values, to be completed; empty while there is none.
  using Request = std::function<QJsonObject(const QString& job)>;
  SweepControl(SweepView& view, Request request, const QString& worker, QObject* parent);

  /// Shows which numbers the recipe has, those of `step` first (-1: any).
  void open(const QStringList& recipe, int step = -1);
  /// The recipe that the window shows. Its numbers are asked for when the panel is looked at.
  void setRecipe(const QStringList& recipe);
  /// The panel can be seen, or no longer.
  void setSeen(bool isSeen);
  /// Another program, or none: what was swept is forgotten.
  void clear();
  void cancel();
  bool isRunning() const { return sweepJob_ != 0; }

Q_SIGNALS:
  void runningChanged();
  /// More is known of the sweep's points.
  void swept();
  /// An answer of `measure` for some of the points, the recipes in the window's own words.
  void measured(const QJsonObject& result);
  /// A point was chosen: its recipe, and the changed steps in words.
  void taken(const QString& recipe, const QString& steps);
  void hintGiven(const QString& hint);
  void failed(const QString& message);

private:
  void askNumbers(int step);
  void start(const std::vector<SweepAxis>& axes);
  void finished(int id, const QJsonObject& result);
  void jobFailed(int id, const QJsonObject& error);
  void takePart(const QJsonObject& part);
  void end(const QString& sentence);
  QString ownText(const std::string& canonical) const;

  SweepView& view_;
  Request request_;
  WorkerClient worker_;
  QStringList recipe_;   ///< whose numbers the panel shows
  QStringList current_;  ///< that the window shows
  QStringList swept_;    ///< of the running or last sweep
  std::vector<SweepAxis> axes_;
  QJsonObject conditions_; ///< of the running or last sweep, with the program
  bool isSeen_ = false, isAsked_ = false; ///< the numbers of `recipe_` are known or on their way
  int numbersJob_ = 0, sweepJob_ = 0, wantedStep_ = -1;
};

} // namespace polyloom
