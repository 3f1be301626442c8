// Asks a cost model what schedules will gain.
#pragma once

#include "app/window/model_choice.h"
#include "app/window/worker_client.h"
#include "core/snapshot/prediction.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace polyloom {

/// A model runs in a process of its own, which is loaded in the background and never waited for. One that dies is started
/// again, until it has died too often without an answer. Each recipe is asked for once; the answer to an older question is
/// dropped.
class PredictionService : public QObject {
  Q_OBJECT

public:
  /// `Off`: there is no model to ask, or it has not been started. `Failed`: it cannot be used.
  enum class State { Off, Loading, Ready, Failed };

  explicit PredictionService(QObject* parent = nullptr);

  /// Another model forgets what the one before has said.
  void setModel(const ModelChoice& choice);
  /// Loads the model, if there is one; again after it has failed.
  void start();
  /// What all recipes are asked under: "program", "parameters" and "code_threads" of the job "predict". Another question
  /// forgets the answers to the one before.
  void setQuestion(const QJsonObject& question);
  /// The recipes whose predictions are wanted, the most wanted ones first. Takes the place of what was wanted before.
  void want(const QStringList& recipes);
  /// While something is measured nothing is predicted; what is wanted meanwhile follows afterwards.
  void setPaused(bool paused);
  /// How long a model may take to be loaded or to answer, in milliseconds.
  void setPatience(int milliseconds) { patience_.setInterval(milliseconds); }

  State state() const { return state_; }
  const Predictions& known() const { return known_; }
  /// Which model predicts, that it is being loaded, or why there are no predictions.
  const QString& remark() const { return remark_; }

Q_SIGNALS:
  /// Predictions, state or remark are other ones.
  void changed();
  /// The model cannot be used, or cannot predict anything of this program: a sentence for people.
  void failed(const QString& sentence);

private:
  void load();
  void next();
  void forgetQuestion();
  void setState(State state, const QString& remark);
  void fail(const QString& why);
  void finished(int id, const QJsonObject& result);
  void takePredictions(const QJsonArray& predictions);
  void jobFailed(int id, const QJsonObject& error);
  void refuseAsked(const QString& why);
  void processEnded();

  WorkerClient client_;
  ModelChoice choice_;
  State state_ = State::Off;
  QString remark_;
  bool isWanted_ = false;   ///< the model was to be started
  bool isStopping_ = false; ///< the process dies of an end that was asked for
  bool isPaused_ = false;
  bool hasComplained_ = false; ///< about this model's errors
  int deaths_ = 0;             ///< since the last answer
  bool isMissing_ = false;     ///< the process never ran
  QJsonObject question_;
  QStringList wanted_, asked_;
  Predictions known_;
  QTimer patience_;
  int helloJob_ = 0, predictJob_ = 0;
};

} // namespace polyloom
