#include "views/progress_overlay.h"

#include "views/space_painter.h"
#include "views/space_plot.h"

#include <QEvent>
#include <QPainter>

namespace polyloom {

ProgressOverlay::ProgressOverlay(SpacePlot& plot) : QWidget(&plot), plot_(plot) {
  setObjectName(plot.objectName() + QStringLiteral("Progress"));
  setAccessibleName(tr("What has been executed"));
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  resize(plot.size());
  plot.installEventFilter(this);
}

void ProgressOverlay::setTheme(const Theme& theme) {
  theme_ = theme;
  update();
}

void ProgressOverlay::setTrace(std::shared_ptr<const ExecutionTrace> trace) {
  trace_ = std::move(trace);
  done_ = trace_ ? trace_->steps.size() : 0;
  spots_.reset();
  update();
}

void ProgressOverlay::setDone(std::size_t steps) {
  done_ = steps;
  update();
}

bool ProgressOverlay::isIdle() const {
  // Where the plot shows another schedule in the place of its own order, the trace is not about its points.
  return !trace_ || done_ >= trace_->steps.size() || plot_.isPlacing() || plot_.scene().data.projection.order != plot_.order();
}

std::optional<QPointF> ProgressOverlay::positionOf(std::size_t step) const {
  const InstanceId instance{trace_->steps[step].cloud, trace_->steps[step].index};
  return plot_.scene().has(instance) ? std::optional(plot_.positionOf(instance)) : std::nullopt;
}

void ProgressOverlay::findSpots() {
  const Projection& shown = plot_.scene().data.projection;
  if (!spots_ || shown.x != shownX_ || shown.y != shownY_)
    spots_ = ExecutedSpots(*trace_, plot_.scene());
  shownX_ = shown.x, shownY_ = shown.y;
  spots_->count(done_);
}

std::optional<double> ProgressOverlay::filled(std::size_t step) {
  if (!trace_ || step >= trace_->steps.size())
    return std::nullopt;
  findSpots();
  const ExecutedSpot* spot = spots_->of(step);
  return spot ? std::optional(spot->filled()) : std::nullopt;
}

std::optional<QPointF> ProgressOverlay::ring() const {
  return isIdle() || done_ == 0 ? std::nullopt : positionOf(done_ - 1);
}

void ProgressOverlay::paintEvent(QPaintEvent*) {
  if (isIdle())
    return;
  findSpots();
  QPainter painter(this);
  const QRectF area = plot_.plotArea(), near = area.adjusted(-8, -8, 8, 8);
  painter.setClipRect(near);
  const double radius = SpacePainter(painter, plot_.scene(), plot_.viewport(), area).pointRadius();
  painter.setRenderHint(QPainter::Antialiasing, radius > 2);
  for (const ExecutedSpot& spot : spots_->spots())
    if (const std::optional<QPointF> at = spot.done < spot.steps ? positionOf(spot.step) : std::nullopt; at && near.contains(*at))
      paintVeil(painter, *at, spot, radius, theme_);
  if (const std::optional<QPointF> at = ring())
    paintExecutedRing(painter, *at, radius, theme_);
}

/// Zooming and panning move the points: the plot paints, and this after it.
bool ProgressOverlay::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &plot_ && event->type() == QEvent::Resize)
    resize(plot_.size());
  return QWidget::eventFilter(watched, event);
}

} // namespace polyloom
