#include "views/progress_overlay.h"

#include "views/space_painter.h"
#include "views/space_plot.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <map>
#include <tuple>

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
  spots_.clear();
  spotOf_.clear();
  update();
}

void ProgressOverlay::setDone(std::size_t steps) {
  done_ = steps;
  update();
}

bool ProgressOverlay::isIdle() const {
  // Where the plot shows another schedule in the place of its own order, the trace is not about its points.
  return !trace_ || done_ >= trace_->steps.size() || plot_.scene().data.projection.order != plot_.order();
}

std::optional<QPointF> ProgressOverlay::positionOf(std::size_t step) const {
  const InstanceId instance{trace_->steps[step].cloud, trace_->steps[step].index};
  return plot_.scene().has(instance) ? std::optional(plot_.positionOf(instance)) : std::nullopt;
}

/// Statements have marks of their own, and stand apart: spots are where one statement's points fall on each other.
void ProgressOverlay::findSpots() {
  const Projection& shown = plot_.scene().data.projection;
  if (spotOf_.size() == trace_->steps.size() && shown.x == shownX_ && shown.y == shownY_)
    return;
  shownX_ = shown.x, shownY_ = shown.y;
  spots_.clear();
  spotOf_.assign(trace_->steps.size(), -1);
  std::map<std::tuple<float, float, int>, std::int32_t> known;
  for (std::size_t step = 0; step < spotOf_.size(); ++step) {
    const InstanceId instance{trace_->steps[step].cloud, trace_->steps[step].index};
    if (!plot_.scene().has(instance))
      continue;
    const PlotPoint& point = plot_.scene().data.points[plot_.scene().data.pointId(instance.cloud, instance.index)];
    const int statement = trace_->statements[trace_->steps[step].statement].source;
    const auto [spot, isNew] = known.try_emplace({point.x, point.y, statement}, static_cast<std::int32_t>(spots_.size()));
    if (isNew)
      spots_.push_back({step, statement, 0, 0});
    ++spots_[static_cast<std::size_t>(spot->second)].steps;
    spotOf_[step] = spot->second;
  }
}

void ProgressOverlay::countDone() {
  for (Spot& spot : spots_)
    spot.done = 0;
  for (std::size_t step = 0; step < done_ && step < spotOf_.size(); ++step)
    if (spotOf_[step] >= 0)
      ++spots_[static_cast<std::size_t>(spotOf_[step])].done;
}

std::optional<double> ProgressOverlay::filled(std::size_t step) {
  if (!trace_ || step >= trace_->steps.size())
    return std::nullopt;
  findSpots();
  countDone();
  if (spotOf_[step] < 0)
    return std::nullopt;
  const Spot& spot = spots_[static_cast<std::size_t>(spotOf_[step])];
  return static_cast<double>(spot.done) / spot.steps;
}

std::optional<QPointF> ProgressOverlay::ring() const {
  return isIdle() || done_ == 0 ? std::nullopt : positionOf(done_ - 1);
}

void ProgressOverlay::paintEvent(QPaintEvent*) {
  if (isIdle())
    return;
  findSpots();
  countDone();
  QPainter painter(this);
  const QRectF area = plot_.plotArea();
  painter.setClipRect(area.adjusted(-8, -8, 8, 8));
  SpacePainter marks(painter, plot_.scene(), plot_.viewport(), area);
  const double radius = marks.pointRadius(), inside = std::max(radius - 0.9, radius * 0.6);
  painter.setRenderHint(QPainter::Antialiasing, radius > 2);
  painter.setPen(Qt::NoPen);
  for (const Spot& spot : spots_) {
    const std::optional<QPointF> at = spot.done < spot.steps ? positionOf(spot.step) : std::nullopt;
    if (!at || !area.adjusted(-8, -8, 8, 8).contains(*at))
      continue;
    QColor veil = theme_.panel;
    veil.setAlphaF(static_cast<float>(0.9 * (1 - static_cast<double>(spot.done) / spot.steps)));
    painter.setBrush(veil);
    drawPointShape(painter, *at, spot.statement, inside);
  }
  if (const std::optional<QPointF> at = ring()) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [color, width] : {std::pair(theme_.panel, 5.0), std::pair(theme_.accent, 2.4)}) {
      painter.setPen(QPen(color, width));
      painter.drawEllipse(*at, radius + 4, radius + 4);
    }
  }
}

/// Zooming and panning move the points: the plot paints, and this after it.
bool ProgressOverlay::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &plot_ && event->type() == QEvent::Resize)
    resize(plot_.size());
  return QWidget::eventFilter(watched, event);
}

} // namespace polyloom
