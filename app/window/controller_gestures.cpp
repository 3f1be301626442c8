// What gestures in the iteration space lead to.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "views/space_gestures.h"

namespace polyloom {

void Controller::connectGestures() {
  SpaceGestures* gestures = window_.gestures();
  connect(gestures, &SpaceGestures::stepsRequested, this, &Controller::applySteps);
  connect(gestures, &SpaceGestures::rangeRequested, &engine_, &Engine::askRange);
  connect(gestures, &SpaceGestures::dropsRequested, &engine_, &Engine::askDrops);
  connect(gestures, &SpaceGestures::atOnceRequested, &engine_, &Engine::askAtOnce);
  connect(gestures, &SpaceGestures::hintGiven, this, [this](const QString& hint) {
    window_.messages()->showMessage(MessageBar::Severity::Information, hint);
  });
  connect(&engine_, &Engine::rangeReady, gestures, &SpaceGestures::setRange);
  connect(&engine_, &Engine::dropReady, gestures, &SpaceGestures::setDrop);
  connect(&engine_, &Engine::atOnceReady, this, &Controller::applyAtOnce);
  connect(&engine_, &Engine::busyChanged, this, [this](bool isBusy) {
    if (!isBusy) // also where the question was canceled
      window_.gestures()->endQuestion();
  });
}

/// One gesture is one change, and one step of undo.
void Controller::applySteps(const QStringList& lines) {
  if (!session_.isOpen() || lines.isEmpty())
    return;
  pendingStep_ = lines.join(QStringLiteral("; "));
  session_.change(session_.recipe() + QLatin1Char('\n') + lines.join(QLatin1Char('\n')), lines.front());
}

void Controller::applyAtOnce(const AtOnceInfo& found) {
  window_.gestures()->endQuestion();
  QString sentence = QString::fromStdString(found.sentence);
  if (!sentence.isEmpty())
    sentence[0] = sentence[0].toUpper();
  QStringList lines;
  for (const std::string& line : found.lines)
    lines << QString::fromStdString(line);
  applySteps(lines);
  pendingStep_.clear(); // the engine has tried them; the sentence stays to be read
  window_.messages()->showMessage(
      lines.isEmpty() ? MessageBar::Severity::Warning : MessageBar::Severity::Information,
      lines.isEmpty() ? tr("No order was found that runs these at once: %1").arg(sentence) : sentence);
}

} // namespace polyloom
