#include "views/space_arrows.h"

#include "views/space_painter.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <unordered_set>

namespace polyloom {

namespace {

constexpr int kMostArrowsOnScreen = 2400;
constexpr int kMostArrowsOnPage = 6000;
constexpr double kLeastArrowSpacing = 7; ///< pixels between neighboring points

QColor colorOf(const Theme& theme, const ArrowLook& look) {
  QColor color = look.state == ArrowState::Violated ? theme.violation : theme.dependence(look.kind);
  color.setAlphaF(static_cast<float>(look.opacity));
  return color;
}

QPen penOf(const QColor& color, const ArrowLook& look) {
  static constexpr std::array kDashes = {Qt::SolidLine, Qt::DotLine, Qt::DashLine}; // by ArrowState
  return QPen(color, look.width, kDashes[static_cast<std::size_t>(look.state)], Qt::FlatCap);
}

void drawHead(QPainter& painter, const Theme& theme, const QPointF& tip, const QPointF& along,
              DependenceInfo::Kind kind, const QColor& color, double size) {
  const QPointF side(-along.y() * size * 0.55, along.x() * size * 0.55), back = tip - along * size;
  painter.setPen(QPen(color, 1.1));
  switch (kind) {
  case DependenceInfo::Kind::Flow:
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({tip, back + side, back - side}));
    break;
  case DependenceInfo::Kind::Anti:
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF({back + side, tip, back - side}));
    break;
  case DependenceInfo::Kind::Output:
    painter.setBrush(theme.panel);
    painter.drawPolygon(QPolygonF({tip, tip - along * size / 2 + side, back, tip - along * size / 2 - side}));
    break;
  }
}

void drawCross(QPainter& painter, const Theme& theme, const QPointF& middle, const QColor& color) {
  for (const auto& [tone, width] : {std::pair(theme.panel, 4.5), std::pair(color, 2.0)}) {
    painter.setPen(QPen(tone, width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(middle + QPointF(-3.5, -3.5), middle + QPointF(3.5, 3.5));
    painter.drawLine(middle + QPointF(3.5, -3.5), middle + QPointF(-3.5, 3.5));
  }
}

} // namespace

void drawArrow(QPainter& painter, const Theme& theme, const QPointF& start, const QPointF& tip,
               const ArrowLook& look) {
  const QPointF delta = tip - start;
  const double length = std::hypot(delta.x(), delta.y());
  if (length <= 0)
    return;
  const QPointF along = delta / length;
  const QColor color = colorOf(theme, look);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(penOf(color, look));
  painter.drawLine(start, tip - along * look.head * 0.8);
  drawHead(painter, theme, tip, along, look.kind, color, look.head);
  if (look.state == ArrowState::Kept) {
    const double ball = std::clamp(look.head * 0.28, 1.0, 2.2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(start + along * ball, ball, ball);
  }
  if (look.state == ArrowState::Violated) {
    drawHead(painter, theme, tip - along * look.head * 0.9, along, look.kind, color, look.head);
    drawCross(painter, theme, (start + tip) / 2 - along * look.head / 2, color);
  }
}

void drawArrowRing(QPainter& painter, const Theme& theme, const QPointF& center, double radius,
                   const ArrowLook& look) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(penOf(colorOf(theme, look), look));
  painter.drawEllipse(center, radius, radius);
}

int SpacePainter::paintArrows() {
  if (scene_.showsPair())
    return 1; // only the pair's own, with the focus
  const double spacing = std::min(view_.scaleX, view_.scaleY);
  const bool tooClose = spacing < kLeastArrowSpacing && scene_.focus.dependence < 0 && !vectorOutput_;
  std::vector<const PlotArrow*> kept, violated;
  bool anyKept = false;
  std::unordered_set<std::string> seen; // arrows that fall on each other are painted once
  for (const PlotArrow& arrow : scene_.arrows) {
    if (!scene_.shows(arrow))
      continue;
    anyKept |= !arrow.isViolated();
    if (tooClose && !arrow.isViolated())
      continue;
    const PlotPoint &from = scene_.data.points[arrow.from], &to = scene_.data.points[arrow.to];
    if (!isNear(at(from), 20) && !isNear(at(to), 20))
      continue;
    const float look = static_cast<float>(arrow.kind) + 4.0F * static_cast<float>(arrow.state);
    const std::array<float, 5> place = {from.x, from.y, to.x, to.y, look};
    if (seen.emplace(reinterpret_cast<const char*>(place.data()), sizeof place).second)
      (arrow.isViolated() ? violated : kept).push_back(&arrow);
  }
  const int most = vectorOutput_ ? kMostArrowsOnPage : kMostArrowsOnScreen;
  const auto stepFor = [&](std::size_t count) {
    return static_cast<std::size_t>(1) + count / static_cast<std::size_t>(most);
  };
  painter_.setRenderHint(QPainter::Antialiasing);
  const std::size_t step = stepFor(kept.size()), badStep = stepFor(violated.size());
  // Between coordinate systems all arrows run the same way, over each other.
  const double crowd = scene_.data.bands.empty() ? 1 : 0.45;
  const double opacity = scene_.focus.dependence >= 0 ? 0.9 : std::clamp(spacing / 55, 0.16, 0.6) * crowd;
  for (std::size_t k = 0; k < kept.size(); k += step)
    paintArrow(*kept[k], spacing < 16 ? 0.8 : 1.1, opacity);
  for (std::size_t k = 0; k < violated.size(); k += badStep)
    paintArrow(*violated[k], 2.4, 1);
  return tooClose && anyKept ? 0 : static_cast<int>(std::max(step, badStep));
}

void SpacePainter::paintArrow(const PlotArrow& arrow, double width, double opacity) {
  const QPointF from = at(scene_.data.points[arrow.from]), to = at(scene_.data.points[arrow.to]);
  const QPointF delta = to - from;
  const double length = std::hypot(delta.x(), delta.y()), radius = pointRadius();
  ArrowLook look{arrow.kind, arrow.state, width, opacity, 0};
  if (length < radius * 1.2) {
    drawArrowRing(painter_, scene_.style.theme, from, radius + 2.5, look);
    return;
  }
  const QPointF along = delta / length;
  look.head = std::min({3.2 + width * 1.4, length / 3, width > 1.5 ? 9.0 : std::min(view_.scaleX, view_.scaleY) / 4});
  drawArrow(painter_, scene_.style.theme, from + along * std::min(radius, length / 4),
            to - along * std::min(radius + 0.5, length / 4), look);
}

} // namespace polyloom
