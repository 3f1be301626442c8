#include "views/executed_spots.h"

#include "views/space_painter.h"

#include <QPainter>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace polyloom {

ExecutedSpots::ExecutedSpots(const ExecutionTrace& trace, const SpaceScene& scene) : spotOf_(trace.steps.size(), -1) {
  std::map<std::tuple<float, float, int>, std::int32_t> known;
  for (std::size_t step = 0; step < spotOf_.size(); ++step) {
    const InstanceId instance{trace.steps[step].cloud, trace.steps[step].index};
    if (!scene.has(instance))
      continue;
    const PlotPoint& point = scene.data.points[scene.data.pointId(instance.cloud, instance.index)];
    const int statement = trace.statements[trace.steps[step].statement].source;
    const auto [spot, isNew] = known.try_emplace({point.x, point.y, statement}, static_cast<std::int32_t>(spots_.size()));
    if (isNew)
      spots_.push_back({step, statement, {point.x, point.y}, 0, 0});
    ++spots_[static_cast<std::size_t>(spot->second)].steps;
    spotOf_[step] = spot->second;
  }
}

void ExecutedSpots::count(std::size_t done) {
  for (ExecutedSpot& spot : spots_)
    spot.done = 0;
  for (std::size_t step = 0; step < done && step < spotOf_.size(); ++step)
    if (spotOf_[step] >= 0)
      ++spots_[static_cast<std::size_t>(spotOf_[step])].done;
}

const ExecutedSpot* ExecutedSpots::of(std::size_t step) const {
  return step < spotOf_.size() && spotOf_[step] >= 0 ? &spots_[static_cast<std::size_t>(spotOf_[step])] : nullptr;
}

void paintVeil(QPainter& painter, const QPointF& place, const ExecutedSpot& spot, double radius, const Theme& theme) {
  QColor veil = theme.panel;
  veil.setAlphaF(static_cast<float>(0.9 * (1 - spot.filled())));
  painter.setPen(Qt::NoPen);
  painter.setBrush(veil);
  drawPointShape(painter, place, spot.statement, std::max(radius - 0.9, radius * 0.6));
}

void paintExecutedRing(QPainter& painter, const QPointF& place, double radius, const Theme& theme) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  for (const auto& [color, width] : {std::pair(theme.panel, 5.0), std::pair(theme.accent, 2.4)}) {
    painter.setPen(QPen(color, width));
    painter.drawEllipse(place, radius + 4, radius + 4);
  }
}

} // namespace polyloom
