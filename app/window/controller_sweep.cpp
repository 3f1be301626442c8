// What sweeps are asked for, and what becomes of their points.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/measurement_text.h"
#include "app/window/sweep_control.h"
#include "views/sweep_view.h"

#include <QAction>
#include <QDockWidget>

#include <utility>

namespace polyloom {

void Controller::connectSweep() {
  const auto request = [this](const QString& job) {
    return session_.isOpen() ? measuringRequest(job, {}, measuringConditions()) : QJsonObject();
  };
  sweep_ = new SweepControl(*window_.sweep(), request, worker_.program(), this);
  connect(window_.dockOf(window_.sweep()), &QDockWidget::visibilityChanged, sweep_, &SweepControl::setSeen);
  connect(window_.actions().sweep, &QAction::triggered, this, [this] { sweepStep(session_.lines(), -1); });
  connect(window_.history(), &HistoryView::sweepRequested, this, [this](int id) {
    const HistoryTree& tree = session_.history();
    if (tree.contains(id) && id != 0)
      sweepStep(tree.lines(tree.tip(id)), static_cast<int>(tree.path(id).size()) - 1);
  });
  connect(window_.form(), &StepForm::sweepRequested, this, [this](const QString& line) {
    sweepStep(session_.lines() + QStringList{line.simplified()}, static_cast<int>(session_.lines().size()));
  });
  connect(&session_, &Session::recipeChanged, sweep_, [this] { sweep_->setRecipe(session_.lines()); });
  connect(&engine_, &Engine::programReady, sweep_, [this] {
    sweep_->clear();
    sweep_->setRecipe(session_.lines());
  });
  connect(sweep_, &SweepControl::runningChanged, this, &Controller::updateWork);
  connect(sweep_, &SweepControl::swept, &autosave_, &Autosave::touch);
  connect(sweep_, &SweepControl::measured, this, &Controller::sweptMeasured);
  connect(sweep_, &SweepControl::taken, this, [this](const QString& recipe, const QString& steps) {
    if (recipe == session_.recipe())
      return;
    pendingEdit_ = steps;
    session_.change(recipe, tr("take “%1”").arg(steps));
  });
  connect(sweep_, &SweepControl::hintGiven, this,
          [this](const QString& hint) { window_.messages()->showMessage(MessageBar::Severity::Information, hint); });
  connect(sweep_, &SweepControl::failed, this,
          [this](const QString& message) { window_.messages()->showMessage(MessageBar::Severity::Error, message); });
}

void Controller::sweepStep(const QStringList& recipe, int step) {
  QDockWidget* dock = window_.dockOf(window_.sweep());
  dock->show();
  dock->raise();
  sweep_->open(recipe, step);
  window_.sweep()->setFocus(Qt::ShortcutFocusReason);
}

/// Of the schedules in the history; the others are in the store, and come from there when one is taken.
void Controller::sweptMeasured(const QJsonObject& result) {
  const QJsonObject conditions = measuringConditions();
  std::vector<MeasurementInfo> known = parseMeasurements(result);
  std::erase_if(known, [&](const MeasurementInfo& info) {
    return !info.recipe.empty() && !session_.history().find(QString::fromStdString(info.recipe).split(QLatin1Char('\n')));
  });
  if (known.size() < 2) // the original alone
    return;
  if (std::exchange(conditions_, conditions) != conditions)
    measurements_.clear();
  measurements_ = mergeMeasurements(std::move(measurements_), known);
  showMeasurements();
}

} // namespace polyloom
