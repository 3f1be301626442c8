// A | B: a schedule of the history beside the one that the window shows.
#include "app/window/controller.h"

#include "app/window/history_rows.h"
#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/prediction_control.h"

#include <QAction>
#include <QJsonDocument>

namespace polyloom {

void Controller::connectComparison() {
  connect(window_.history(), &HistoryView::compareRequested, this, &Controller::compareWith);
  connect(window_.actions().endComparison, &QAction::triggered, this, &Controller::endComparison);
  connect(window_.actions().reassociate, &QAction::toggled, this, [this] { computeCompared(); });
  connect(&comparedCaches_, &ComparedCaches::changed, this, [this] {
    showComparison();
    updateWork();
  });
  connect(window_.parameters(), &ParameterBar::viewValuesChanged, this, [this] {
    if (compared_ >= 0)
      comparedEngine_->setViewValues(window_.parameters()->viewValues());
  });
}

void Controller::compareWith(int id) {
  if (!session_.history().contains(id))
    return;
  compared_ = id;
  comparedSchedule_.reset();
  window_.showComparisonPanel();
  computeCompared();
  showHistory();
  updateActions();
}

/// A has an engine of its own: B changes while A is computed, and A does not have to be computed again with each B.
void Controller::computeCompared() {
  if (compared_ < 0)
    return;
  if (!comparedEngine_) {
    comparedEngine_ = std::make_unique<Engine>();
    for (const auto ready : {&Engine::scheduleReady, &Engine::spaceReady})
      connect(comparedEngine_.get(), ready, this, [this](const ScheduleSnapshotPtr& schedule) {
        if (compared_ < 0)
          return;
        comparedSchedule_ = schedule;
        showComparison();
      });
  }
  comparedEngine_->open(QString::fromUtf8(QJsonDocument(session_.program()).toJson(QJsonDocument::Compact)),
                        session_.history().recipe(compared_), window_.actions().reassociate->isChecked(),
                        window_.parameters()->viewValues());
}

void Controller::showComparison() {
  if (compared_ >= 0 && !session_.history().contains(compared_))
    endComparison(); // it was deleted
  if (compared_ < 0 || !comparedSchedule_)
    return;
  askForCaches();
  ComparisonSide sides[2];
  for (const HistoryRow& row : historyRows(session_.history(), measurements_, predictions_->known()))
    for (const int side : {0, 1})
      if (row.id == (side == 0 ? compared_ : session_.history().current()))
        sides[side] = {historyTitle(session_.history().node(row.id)), side == 0 ? comparedSchedule_ : window_.schedule(),
                       row.predicted, row.measured, comparedCaches_.figures(side), comparedCaches_.remark()};
  window_.comparison()->setSides(sides[0], sides[1]);
  const bool hasPoints = !comparedSchedule_->space.clouds.empty();
  window_.space()->setReference(hasPoints ? comparedSchedule_ : nullptr, tr("A: %1").arg(sides[0].title));
}

/// At the sizes that are measured: small ones fit into any cache. Not while something is measured, which they would slow.
void Controller::askForCaches() {
  if (measureJob_ != 0 || !window_.schedule())
    return;
  comparedCaches_.ask({{QStringLiteral("program"), session_.program()},
                       {QStringLiteral("set"), measuringValues()},
                       {QStringLiteral("reassociate"), window_.actions().reassociate->isChecked()}},
                      session_.history().recipe(compared_), session_.recipe());
}

void Controller::endComparison() {
  if (compared_ < 0)
    return;
  compared_ = -1;
  comparedSchedule_.reset();
  comparedCaches_.forget();
  window_.comparison()->setSides({}, {});
  window_.space()->setReference(nullptr, {});
  showHistory();
  updateActions();
}

} // namespace polyloom
