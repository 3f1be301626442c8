#include "app/window/prediction_control.h"

#include "app/window/main_window.h"
#include "app/window/model_sheet.h"
#include "app/window/parameter_bar.h"
#include "app/window/session.h"
#include "app/window/settings.h"
#include "app/window/training_control.h"

#include <QAction>
#include <QToolBar>

#include <ranges>
#include <vector>

namespace polyloom {

PredictionControl::PredictionControl(MainWindow& window, Settings& settings, const Session& session, QObject* parent)
    : QObject(parent), window_(window), settings_(settings), session_(session),
      training_(new TrainingControl(*window.training(), settings, this)) {
  service_.setModel(settings_.model());
  connect(&service_, &PredictionService::changed, this, &PredictionControl::changed);
  connect(&service_, &PredictionService::failed, this, &PredictionControl::failed);
  connect(training_, &TrainingControl::failed, this, &PredictionControl::failed);
  connect(training_, &TrainingControl::useRequested, this, [this](const QString& weights) { choose({weights, {}}); });
  connect(window_.actions().chooseModel, &QAction::triggered, this, &PredictionControl::askForModel);
}

void PredictionControl::start() {
  if (service_.state() == PredictionService::State::Off && window_.isVisible()) // and not only drawn to a file
    service_.start();
}

void PredictionControl::refresh() {
  service_.setModel(settings_.model()); // another window may have chosen one
  QJsonObject parameters;
  for (const auto& [name, value] : window_.parameters()->measureValues())
    parameters.insert(QString::fromStdString(name), static_cast<qint64>(value));
  service_.setQuestion({{QStringLiteral("program"), session_.program()},
                        {QStringLiteral("parameters"), parameters},
                        {QStringLiteral("code_threads"), window_.parameters()->threads()}});
  service_.want(wanted());
}

void PredictionControl::setPaused(bool paused) {
  service_.setPaused(paused);
  training_->setPaused(paused);
}

void PredictionControl::clear() { service_.setQuestion({}); }

/// What is shown first, then from the newest to the oldest.
QStringList PredictionControl::wanted() const {
  const HistoryTree& tree = session_.history();
  std::vector<int> ids = tree.nodes();
  ids.push_back(tree.current());
  QStringList recipes;
  for (const int id : ids | std::views::reverse)
    if (id != 0 && tree.node(id).verdict == HistoryVerdict::Legal)
      recipes << tree.recipe(id);
  recipes.removeDuplicates();
  return recipes;
}

void PredictionControl::askForModel() {
  if (!sheet_) {
    sheet_ = new ModelSheet(&window_);
    connect(sheet_, &ModelSheet::chosen, this, &PredictionControl::choose);
  }
  sheet_->ask(settings_.model(), service_.remark(), *window_.findChild<QToolBar*>(QStringLiteral("toolBar")));
}

void PredictionControl::choose(const ModelChoice& model) {
  settings_.setModel(model);
  service_.setModel(model);
  service_.start();
  service_.setQuestion({}); // the same file may have other weights by now
  if (window_.schedule())
    refresh();
}

} // namespace polyloom
