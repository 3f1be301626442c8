// The cost model's predictions of what the window shows.
#pragma once

#include "app/window/prediction_service.h"

#include <QObject>
#include <QStringList>

namespace polyloom {

class MainWindow;
class ModelSheet;
class Session;
class Settings;
class TrainingControl;

/// Asks for every legal schedule of the history, at the values and threads that are measured; the shown one comes first.
/// Another model comes from the sheet or from a training.
class PredictionControl : public QObject {
  Q_OBJECT

public:
  PredictionControl(MainWindow& window, Settings& settings, const Session& session, QObject* parent);

  /// Loads the model; called when the first program is on the screen.
  void start();
  /// Asks for what is legal by now and not predicted yet.
  void refresh();
  /// Another program is being opened: nothing is asked until it has been judged.
  void clear();
  void setPaused(bool paused);
  PredictionService& service() { return service_; }
  const Predictions& known() const { return service_.known(); }

Q_SIGNALS:
  /// The predictions are other ones.
  void changed();
  void failed(const QString& sentence);

private:
  void askForModel();
  void choose(const ModelChoice& model);
  QStringList wanted() const;

  MainWindow& window_;
  Settings& settings_;
  const Session& session_;
  PredictionService service_;
  ModelSheet* sheet_ = nullptr;
  TrainingControl* training_;
};

} // namespace polyloom
