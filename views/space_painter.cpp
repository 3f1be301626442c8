#include "views/space_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>

namespace polyloom {

namespace {

constexpr int kMostTileOutlines = 600;
constexpr int kShapes = 4;

} // namespace

QColor faded(const QColor& color, const QColor& background, double amount) {
  const auto channel = [&](float a, float b) { return static_cast<float>(a + (b - a) * amount); };
  return QColor::fromRgbF(channel(color.redF(), background.redF()), channel(color.greenF(), background.greenF()),
                          channel(color.blueF(), background.blueF()));
}

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

void SpacePainter::paintHulls() {
  if (!scene_.style.hulls)
    return;
  painter_.setRenderHint(QPainter::Antialiasing);
  for (const HullShape& hull : scene_.hulls) {
    QPolygonF polygon;
    for (const PlanePoint& corner : hull.corners) {
      const PlanePoint p = view_.toScreen(corner);
      polygon << QPointF(p.x, p.y);
    }
    const QColor color = scene_.style.theme.statement(hull.statement);
    QColor inside = color;
    inside.setAlphaF(0.07F);
    painter_.setBrush(inside);
    painter_.setPen(QPen(color, 1.6));
    polygon.size() < 3 ? painter_.drawPolyline(polygon) : painter_.drawPolygon(polygon);
  }
}

void drawPointShape(QPainter& painter, const QPointF& c, int shape, double r) {
  switch (shape % kShapes) {
  case 0:
    painter.drawEllipse(c, r, r);
    break;
  case 1:
    painter.drawRect(QRectF(c.x() - r * 0.86, c.y() - r * 0.86, r * 1.72, r * 1.72));
    break;
  case 2:
    painter.drawPolygon(QPolygonF(
        {{c.x(), c.y() - r * 1.15}, {c.x() + r * 1.15, c.y()}, {c.x(), c.y() + r * 1.15}, {c.x() - r * 1.15, c.y()}}));
    break;
  default:
    painter.drawPolygon(
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
    drawPointShape(painter_, center, point.statement, radius);
  }
}

void SpacePainter::stampPoints(double radius) {
  // Each look is painted once; all points with that look are copies. Points that meet on a pixel are copied once.
  const double ratio = painter_.device()->devicePixelRatioF();
  const double half = std::ceil(radius * 1.2 + 1.5);
  std::map<std::int64_t, QImage> stamps;
  const auto width = static_cast<std::size_t>(area_.width() + 2 * half) + 2;
  const auto height = static_cast<std::size_t>(area_.height() + 2 * half) + 2;
  std::vector<std::int32_t> taken(width * height, -1);
  for (const PlotPoint& point : scene_.data.points) {
    const QPointF center = at(point);
    if (!isNear(center, half))
      continue;
    const std::int32_t look = point.statement * 1000 + scene_.tone(point) + 1;
    const auto cell = static_cast<std::size_t>(center.y() - area_.top() + half) * width +
                      static_cast<std::size_t>(center.x() - area_.left() + half);
    if (cell < taken.size() && std::exchange(taken[cell], look) == look)
      continue;
    QImage& stamp = stamps[look];
    if (stamp.isNull()) {
      stamp = QImage(QSize(static_cast<int>(half), static_cast<int>(half)) * 2 * ratio, QImage::Format_ARGB32_Premultiplied);
      stamp.setDevicePixelRatio(ratio);
      stamp.fill(Qt::transparent);
      QPainter painter(&stamp);
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setBrush(fill(point));
      painter.setPen(radius < 1.6 ? QPen(Qt::NoPen)
                                  : QPen(scene_.style.theme.statement(point.statement), radius < 2.5 ? 0.5 : 1));
      drawPointShape(painter, QPointF(half, half), point.statement, radius);
    }
    painter_.drawImage(QPointF(std::round(center.x() - half), std::round(center.y() - half)), stamp);
  }
}

} // namespace polyloom
