// When schedules are predicted, and what becomes of it.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/prediction_control.h"

namespace polyloom {

void Controller::connectPredictions() {
  predictions_ = new PredictionControl(window_, settings_, session_, this);
  connect(this, &Controller::settled, predictions_, &PredictionControl::start);
  connect(&engine_, &Engine::scheduleReady, predictions_, &PredictionControl::refresh); // it is in the history by now
  connect(&storedTimer_, &QTimer::timeout, predictions_, [this] {
    if (window_.schedule())
      predictions_->refresh(); // for other sizes, or another number of threads
  });
  connect(predictions_, &PredictionControl::changed, this, [this] {
    showHistory();
    showComparison();
  });
  connect(predictions_, &PredictionControl::failed, this, [this](const QString& sentence) {
    if (!answer_) // a question stays until it is answered; the panel's title says what is wrong
      window_.messages()->showMessage(MessageBar::Severity::Warning, sentence);
  });
}

} // namespace polyloom
