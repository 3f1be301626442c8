#include "views/space_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <unordered_set>

namespace polyloom {

namespace {

constexpr int kMostArrowsOnScreen = 2400;
constexpr int kMostArrowsOnPage = 6000;
constexpr double kLeastArrowSpacing = 7; ///< pixels between neighboring points
constexpr int kMostTileOutlines = 600;
constexpr int kOrderSteps = 24;
constexpr int kShapes = 4;

QColor faded(const QColor& color, const QColor& background, double amount) {
  const auto channel = [&](float a, float b) { return static_cast<float>(a + (b - a) * amount); };
  return QColor::fromRgbF(channel(color.redF(), background.redF()), channel(color.greenF(), background.greenF()),
                          channel(color.blueF(), background.blueF()));
}

} // namespace

SpacePainter::SpacePainter(QPainter& painter, const SpaceScene& scene, const Viewport& view, const QRectF& area)
    : painter_(painter), scene_(scene), view_(view), area_(area) {}

double SpacePainter::pointRadius() const {
  const std::size_t statements = std::max<std::size_t>(scene_.data.cloudBegin.size(), 2) - 1;
  const double narrow = std::min(view_.scaleX, view_.scaleY), wide = std::max(view_.scaleX, view_.scaleY);
  // Statements are set apart along both axes: where one axis is stretched, points can be larger before they touch.
  const double room = statements > 1 ? std::max(narrow * 0.28, std::min(narrow * 0.4, wide * 0.1)) : narrow * 0.36;
  return std::clamp(room, 1.0, 7.0);
}

QPointF SpacePainter::at(const PlotPoint& point) const {
  const PlanePoint p = view_.toScreen({point.x, point.y});
  return {p.x, p.y};
}

bool SpacePainter::isNear(const QPointF& p, double margin) const {
  return area_.adjusted(-margin, -margin, margin, margin).contains(p);
}

void SpacePainter::paintGrid() {
  painter_.setPen(QPen(scene_.style.theme.gridLine, 1));
  const PlanePoint low = view_.toWorld({area_.left(), area_.bottom()});
  const PlanePoint high = view_.toWorld({area_.right(), area_.top()});
  for (const auto x : ticks(low.x, high.x, static_cast<int>(area_.width() / 26) + 1)) {
    const double sx = view_.toScreen({static_cast<double>(x), 0}).x;
    painter_.drawLine(QPointF(sx, area_.top()), QPointF(sx, area_.bottom()));
  }
  for (const auto y : ticks(low.y, high.y, static_cast<int>(area_.height() / 20) + 1)) {
    const double sy = view_.toScreen({0, static_cast<double>(y)}).y;
    painter_.drawLine(QPointF(area_.left(), sy), QPointF(area_.right(), sy));
  }
}

void SpacePainter::paintTiles() {
  if (!scene_.style.tiles || scene_.data.tiles.size() > kMostTileOutlines)
    return;
  const Theme& theme = scene_.style.theme;
  painter_.setRenderHint(QPainter::Antialiasing);
  for (const TileShape& tile : scene_.data.tiles) {
    QPolygonF polygon;
    for (const PlanePoint& corner : tile.outline) {
      const PlanePoint p = view_.toScreen(corner);
      polygon << QPointF(p.x, p.y);
    }
    if (!polygon.boundingRect().intersects(area_))
      continue;
    QColor inside = theme.tile(tile.color);
    inside.setAlphaF(theme.isDark() ? 0.22f : 0.20f);
    painter_.setBrush(inside);
    painter_.setPen(QPen(faded(theme.tile(tile.color), theme.axis, 0.45), 1, Qt::DashLine));
    painter_.drawPolygon(polygon);
  }
}

int SpacePainter::paintArrows() {
  if (scene_.showsPair())
    return 1; // only the pair's own, with the focus
  std::vector<const PlotArrow*> kept, violated;
  std::unordered_set<std::string> seen; // arrows that fall on each other are painted once
  for (const PlotArrow& arrow : scene_.arrows) {
    if (!scene_.shows(arrow))
      continue;
    const PlotPoint &from = scene_.data.points[arrow.from], &to = scene_.data.points[arrow.to];
    if (!isNear(at(from), 20) && !isNear(at(to), 20))
      continue;
    const float place[] = {from.x, from.y, to.x, to.y, static_cast<float>(arrow.kind) + (arrow.violated ? 4.0F : 0.0F)};
    if (seen.emplace(reinterpret_cast<const char*>(place), sizeof place).second)
      (arrow.violated ? violated : kept).push_back(&arrow);
  }
  const int most = vectorOutput_ ? kMostArrowsOnPage : kMostArrowsOnScreen;
  const auto stepFor = [&](std::size_t count) {
    return static_cast<std::size_t>(1) + count / static_cast<std::size_t>(most);
  };
  painter_.setRenderHint(QPainter::Antialiasing);
  const std::size_t step = stepFor(kept.size()), badStep = stepFor(violated.size());
  const double spacing = std::min(view_.scaleX, view_.scaleY);
  const bool tooClose = spacing < kLeastArrowSpacing && scene_.focus.dependence < 0 && !vectorOutput_;
  const double opacity = scene_.focus.dependence >= 0 ? 0.9 : std::clamp(spacing / 55, 0.16, 0.6);
  for (std::size_t k = 0; k < kept.size() && !tooClose; k += step)
    paintArrow(*kept[k], spacing < 16 ? 0.8 : 1.1, opacity);
  for (std::size_t k = 0; k < violated.size(); k += badStep)
    paintArrow(*violated[k], 2.4, 1);
  return tooClose && !kept.empty() ? 0 : static_cast<int>(std::max(step, badStep));
}

void SpacePainter::paintArrow(const PlotArrow& arrow, double width, double opacity) {
  const QPointF from = at(scene_.data.points[arrow.from]), to = at(scene_.data.points[arrow.to]);
  const QPointF delta = to - from;
  const double length = std::hypot(delta.x(), delta.y());
  QColor color = arrow.violated ? scene_.style.theme.violation : scene_.style.theme.dependence(arrow.kind);
  color.setAlphaF(static_cast<float>(opacity));
  static const std::map<DependenceInfo::Kind, Qt::PenStyle> kDashes = {{DependenceInfo::Kind::Flow, Qt::SolidLine},
                                                                       {DependenceInfo::Kind::Anti, Qt::DashLine},
                                                                       {DependenceInfo::Kind::Output, Qt::DotLine}};
  painter_.setBrush(Qt::NoBrush);
  painter_.setPen(QPen(color, width, kDashes.at(arrow.kind)));
  const double radius = pointRadius();
  if (length < radius * 1.2) {
    // Both ends on one spot: the dependence lies along a dimension that is not shown.
    painter_.drawEllipse(from, radius + 2.5, radius + 2.5);
    return;
  }
  const QPointF along = delta / length;
  const double head =
      std::min({3.2 + width * 1.4, length / 3, width > 1.5 ? 9.0 : std::min(view_.scaleX, view_.scaleY) / 4});
  const QPointF start = from + along * std::min(radius, length / 4),
                tip = to - along * std::min(radius + 0.5, length / 4);
  painter_.drawLine(start, tip - along * head * 0.8);
  paintHead(tip, along, arrow.kind, color, head);
  if (arrow.violated)
    paintCross((start + tip) / 2, color);
}

void SpacePainter::paintHead(const QPointF& tip, const QPointF& along, DependenceInfo::Kind kind, const QColor& color,
                             double size) {
  const QPointF side(-along.y() * size * 0.55, along.x() * size * 0.55), back = tip - along * size;
  painter_.setPen(QPen(color, 1.1));
  switch (kind) {
  case DependenceInfo::Kind::Flow:
    painter_.setBrush(color);
    painter_.drawPolygon(QPolygonF({tip, back + side, back - side}));
    break;
  case DependenceInfo::Kind::Anti:
    painter_.setBrush(Qt::NoBrush);
    painter_.drawPolyline(QPolygonF({back + side, tip, back - side}));
    break;
  case DependenceInfo::Kind::Output:
    painter_.setBrush(scene_.style.theme.panel);
    painter_.drawPolygon(QPolygonF({tip, tip - along * size / 2 + side, back, tip - along * size / 2 - side}));
    break;
  }
}

void SpacePainter::paintCross(const QPointF& middle, const QColor& color) {
  for (const auto& [tone, width] : {std::pair(scene_.style.theme.panel, 4.5), std::pair(color, 2.0)}) {
    painter_.setPen(QPen(tone, width, Qt::SolidLine, Qt::RoundCap));
    painter_.drawLine(middle + QPointF(-3.5, -3.5), middle + QPointF(3.5, 3.5));
    painter_.drawLine(middle + QPointF(3.5, -3.5), middle + QPointF(-3.5, 3.5));
  }
}

void SpacePainter::paintShape(const QPointF& c, int shape, double r) {
  switch (shape % kShapes) {
  case 0:
    painter_.drawEllipse(c, r, r);
    break;
  case 1:
    painter_.drawRect(QRectF(c.x() - r * 0.86, c.y() - r * 0.86, r * 1.72, r * 1.72));
    break;
  case 2:
    painter_.drawPolygon(QPolygonF(
        {{c.x(), c.y() - r * 1.15}, {c.x() + r * 1.15, c.y()}, {c.x(), c.y() + r * 1.15}, {c.x() - r * 1.15, c.y()}}));
    break;
  default:
    painter_.drawPolygon(
        QPolygonF({{c.x(), c.y() - r * 1.1}, {c.x() + r, c.y() + r * 0.8}, {c.x() - r, c.y() + r * 0.8}}));
    break;
  }
}

QColor SpacePainter::fill(const PlotPoint& point) const {
  const QColor color = scene_.pointColor(point);
  const bool dim =
      scene_.showsPair() || (scene_.focus.statement >= 0 && scene_.focus.statement != point.statement);
  return dim ? faded(color, scene_.style.theme.panel, 0.62) : color;
}

void SpacePainter::paintPoints() {
  const double radius = pointRadius();
  painter_.setRenderHint(QPainter::Antialiasing);
  vectorOutput_ ? drawPoints(radius) : stampPoints(radius);
}

void SpacePainter::drawPoints(double radius) {
  for (const PlotPoint& point : scene_.data.points) {
    const QPointF center = at(point);
    if (!isNear(center, radius))
      continue;
    painter_.setBrush(fill(point));
    painter_.setPen(QPen(scene_.style.theme.statement(point.statement), radius < 2.5 ? 0.4 : 0.9));
    paintShape(center, point.statement, radius);
  }
}

void SpacePainter::stampPoints(double radius) {
  // Each look is painted once; all points with that look are copies. Points that meet on a pixel are copied once.
  const double ratio = painter_.device()->devicePixelRatioF();
  const double half = std::ceil(radius * 1.2 + 1.5);
  std::map<std::int64_t, QPixmap> stamps;
  const auto width = static_cast<std::size_t>(area_.width() + 2 * half) + 2;
  const auto height = static_cast<std::size_t>(area_.height() + 2 * half) + 2;
  std::vector<std::int32_t> taken(width * height, -1);
  for (const PlotPoint& point : scene_.data.points) {
    const QPointF center = at(point);
    if (!isNear(center, half))
      continue;
    const int tone = scene_.style.colorBy == ColorBy::Order ? static_cast<int>(point.order * kOrderSteps)
                     : scene_.style.colorBy == ColorBy::Tile && point.tile >= 0
                         ? 100 + scene_.data.tiles[static_cast<std::size_t>(point.tile)].color
                         : -1;
    const std::int32_t look = point.statement * 1000 + tone + 1;
    const auto cell = static_cast<std::size_t>(center.y() - area_.top() + half) * width +
                      static_cast<std::size_t>(center.x() - area_.left() + half);
    if (cell < taken.size() && std::exchange(taken[cell], look) == look)
      continue;
    QPixmap& stamp = stamps[look];
    if (stamp.isNull()) {
      stamp = QPixmap(QSize(static_cast<int>(half), static_cast<int>(half)) * 2 * ratio);
      stamp.setDevicePixelRatio(ratio);
      stamp.fill(Qt::transparent);
      QPainter painter(&stamp);
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setBrush(fill(point));
      painter.setPen(radius < 1.6 ? QPen(Qt::NoPen)
                                  : QPen(scene_.style.theme.statement(point.statement), radius < 2.5 ? 0.5 : 1));
      SpacePainter(painter, scene_, view_, area_).paintShape(QPointF(half, half), point.statement, radius);
    }
    painter_.drawPixmap(QPointF(std::round(center.x() - half), std::round(center.y() - half)), stamp);
  }
}

} // namespace polyloom
