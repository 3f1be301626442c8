#include "views/space_cube_painter.h"

#include "views/executed_spots.h"
#include "views/point_stamps.h"
#include "views/space_arrows.h"
#include "views/space_painter.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kDepthShades = 6;
constexpr double kFarthestFade = 0.55;

QPointF at(const SolidView& view, const SolidPoint& point) {
  const SolidPlace place = view.toScreen(point);
  return {place.x, place.y};
}

double radiusOf(const CubePicture& picture) {
  return std::clamp(picture.view.spacing() * 0.3, 1.0, 6.5);
}

SolidPoint corner(const ClipBox& box, unsigned bits) {
  SolidPoint point{};
  for (std::size_t a = 0; a < 3; ++a)
    point[a] = bits >> a & 1 ? box.high[a] : box.low[a];
  return point;
}

/// The corner that lies farthest from the reader.
unsigned farthestCorner(const CubePicture& picture) {
  unsigned far = 0;
  for (unsigned bits = 1; bits < 8; ++bits)
    if (picture.view.toScreen(corner(picture.whole, bits)).depth < picture.view.toScreen(corner(picture.whole, far)).depth)
      far = bits;
  return far;
}

/// The edges of the box that meet in its farthest corner, or all others.
void paintBox(QPainter& painter, const CubePicture& picture, bool back) {
  const Theme& theme = picture.scene.style.theme;
  const unsigned far = farthestCorner(picture);
  painter.setPen(QPen(back ? theme.axis : theme.border, 1, back ? Qt::SolidLine : Qt::DotLine));
  for (unsigned bits = 0; bits < 8; ++bits)
    for (unsigned axis = 0; axis < 3; ++axis) {
      const unsigned other = bits ^ (1U << axis);
      if (other < bits || (bits == far || other == far) != back)
        continue;
      painter.drawLine(at(picture.view, corner(picture.whole, bits)), at(picture.view, corner(picture.whole, other)));
    }
  if (back || picture.clip == picture.whole)
    return;
  painter.setPen(QPen(theme.accent, 1));
  for (unsigned bits = 0; bits < 8; ++bits)
    for (unsigned axis = 0; axis < 3; ++axis)
      if (const unsigned other = bits ^ (1U << axis); other > bits)
        painter.drawLine(at(picture.view, corner(picture.clip, bits)), at(picture.view, corner(picture.clip, other)));
}

/// Which of the four edges along an axis carries its name: the one farthest outside, below or to the left.
std::pair<SolidPoint, SolidPoint> namedEdge(const CubePicture& picture, unsigned axis) {
  std::pair<SolidPoint, SolidPoint> best;
  double least = 0;
  bool first = true;
  const unsigned far = farthestCorner(picture);
  for (unsigned bits = 0; bits < 8; ++bits) {
    const unsigned other = bits | 1U << axis;
    // Edges at the farthest and at the nearest corner lie inside the picture.
    if (other == bits || bits == far || other == far || bits == (far ^ 7U) || other == (far ^ 7U))
      continue;
    const SolidPoint a = corner(picture.whole, bits), b = corner(picture.whole, other);
    const QPointF middle = (at(picture.view, a) + at(picture.view, b)) / 2;
    const double rank = axis == 1 ? middle.x() : -middle.y();
    if (first || rank < least) {
      best = {a, b};
      least = rank;
    }
    first = false;
  }
  return best;
}

void paintAxisLabels(QPainter& painter, const CubePicture& picture) {
  const Theme& theme = picture.scene.style.theme;
  const QPointF middle = at(picture.view, {(picture.whole.low[0] + picture.whole.high[0]) / 2,
                                           (picture.whole.low[1] + picture.whole.high[1]) / 2,
                                           (picture.whole.low[2] + picture.whole.high[2]) / 2});
  const QFontMetricsF metrics(painter.font());
  for (unsigned axis = 0; axis < 3; ++axis) {
    if (picture.solid.labels[axis].empty())
      continue;
    const auto [from, to] = namedEdge(picture, axis);
    const QPointF a = at(picture.view, from), b = at(picture.view, to);
    if (std::hypot(b.x() - a.x(), b.y() - a.y()) < 24)
      continue; // looked at from its end
    QPointF outward = (a + b) / 2 - middle;
    outward /= std::max(std::hypot(outward.x(), outward.y()), 1.0);
    const auto write = [&](const QPointF& place, const QString& text, double distance) {
      QRectF box(0, 0, metrics.horizontalAdvance(text) + 2, metrics.height());
      box.moveCenter(place + outward * (distance + std::abs(outward.x()) * box.width() / 2));
      painter.drawText(box, Qt::AlignCenter, text);
    };
    painter.setPen(theme.mutedText);
    const int fitting = std::max(2, static_cast<int>(std::hypot(b.x() - a.x(), b.y() - a.y()) / 34));
    for (const std::int64_t value : ticks(from[axis], to[axis], fitting)) {
      SolidPoint place = from;
      place[axis] = static_cast<float>(value);
      write(at(picture.view, place), QString::number(value), 9);
    }
    painter.setPen(theme.text);
    QFont bold = painter.font();
    bold.setBold(true);
    painter.save();
    painter.setFont(bold);
    write((a + b) / 2, QString::fromStdString(picture.solid.labels[axis]), 25);
    painter.restore();
  }
}

void paintWires(QPainter& painter, const CubePicture& picture) {
  if (!picture.scene.style.hulls)
    return;
  for (const Wire& wire : picture.wires) {
    painter.setPen(QPen(picture.scene.style.theme.statement(wire.statement), 1.3));
    painter.drawLine(at(picture.view, wire.from), at(picture.view, wire.to));
  }
}

void paintPoints(QImage& image, const CubePicture& picture, const CubeQuality& quality) {
  const auto order = paintingOrder(picture.solid, picture.view, picture.clip, quality.points);
  if (order.empty())
    return;
  const Theme& theme = picture.scene.style.theme;
  const double radius = radiusOf(picture);
  PointStamps stamps(radius, image.devicePixelRatio());
  const double least = picture.view.toScreen(picture.solid.points[order.front()]).depth;
  const double extent = std::max(picture.view.toScreen(picture.solid.points[order.back()]).depth - least, 1e-9);
  for (const std::uint32_t id : order) {
    const PlotPoint& point = picture.scene.data.points[id];
    const SolidPlace place = picture.view.toScreen(picture.solid.points[id]);
    const int shade =
        std::clamp(static_cast<int>((place.depth - least) / extent * kDepthShades), 0, kDepthShades - 1);
    const int tone = picture.scene.tone(point);
    const bool isPending = picture.steps && (*picture.steps)[id] >= picture.done;
    const PointStamps::Look look{point.statement, tone, isPending ? shade + kDepthShades : shade};
    stamps.stamp(image, place.x, place.y, look, [&] {
      const int focused = picture.scene.focus.statement;
      const double dim = focused >= 0 && focused != point.statement ? 0.62 : 0;
      const double fade = std::max(dim, kFarthestFade * (kDepthShades - 1 - shade) / (kDepthShades - 1));
      return PointStamps::Paint{isPending ? theme.panel : faded(picture.scene.toneColor(tone, point.statement), theme.panel, fade),
                                faded(theme.statement(point.statement), theme.panel, fade)};
    });
  }
}

void paintCubeArrow(QPainter& painter, const CubePicture& picture, const PlotArrow& arrow, double width, double opacity) {
  const QPointF from = at(picture.view, picture.solid.points[arrow.from]);
  const QPointF to = at(picture.view, picture.solid.points[arrow.to]);
  const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
  ArrowLook look{arrow.kind, arrow.state, width, opacity, std::min(3.2 + width * 1.4, length / 3)};
  if (length < 3)
    return drawArrowRing(painter, picture.scene.style.theme, from, 4, look);
  const QPointF trim = (to - from) / length * std::min(radiusOf(picture), length / 4);
  drawArrow(painter, picture.scene.style.theme, from + trim, to - trim, look);
}

bool isVisible(const CubePicture& picture, const PlotArrow& arrow) {
  return picture.scene.shows(arrow) && picture.clip.contains(picture.solid.points[arrow.from]) &&
         picture.clip.contains(picture.solid.points[arrow.to]);
}

int paintArrows(QPainter& painter, const CubePicture& picture, const CubeQuality& quality) {
  std::vector<const PlotArrow*> shown;
  for (const PlotArrow& arrow : picture.scene.arrows)
    if (isVisible(picture, arrow))
      shown.push_back(&arrow);
  const std::size_t step = 1 + shown.size() / std::max<std::size_t>(quality.arrows, 1);
  const double opacity = std::clamp(picture.view.spacing() / 50, 0.15, 0.6);
  for (std::size_t k = 0; k < shown.size(); k += step)
    paintCubeArrow(painter, picture, *shown[k], shown[k]->isViolated() ? 2 : 0.9, shown[k]->isViolated() ? 1 : opacity);
  return static_cast<int>(step);
}

} // namespace

int paintCube(QImage& image, const CubePicture& picture, const CubeQuality& quality) {
  image.fill(picture.scene.style.theme.panel);
  {
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(codeFont(-1));
    paintBox(painter, picture, true);
  }
  paintPoints(image, picture, quality);
  QPainter painter(&image);
  painter.setFont(codeFont(-1));
  painter.setRenderHint(QPainter::Antialiasing, quality.smooth);
  const int step = paintArrows(painter, picture, quality);
  painter.setRenderHint(QPainter::Antialiasing);
  paintWires(painter, picture);
  paintBox(painter, picture, false);
  paintAxisLabels(painter, picture);
  return step;
}

void paintCubeRing(QPainter& painter, const CubePicture& picture, const InstanceId& instance) {
  const SolidPoint& point = picture.solid.points[picture.scene.data.pointId(instance.cloud, instance.index)];
  if (picture.clip.contains(point))
    paintExecutedRing(painter, at(picture.view, point), radiusOf(picture), picture.scene.style.theme);
}

void paintCubeFocus(QPainter& painter, const CubePicture& picture, const InstanceId& instance, bool strong) {
  if (!picture.scene.has(instance))
    return;
  const std::size_t id = picture.scene.data.pointId(instance.cloud, instance.index);
  const Theme& theme = picture.scene.style.theme;
  painter.setRenderHint(QPainter::Antialiasing);
  int painted = 0;
  for (const PlotArrow& arrow : picture.scene.arrows)
    if ((arrow.from == id || arrow.to == id) && isVisible(picture, arrow) && painted++ < 200)
      paintCubeArrow(painter, picture, arrow, 1.9, 1);
  const QPointF center = at(picture.view, picture.solid.points[id]);
  painter.setBrush(Qt::NoBrush);
  for (const auto& [tone, width] : {std::pair(theme.panel, 4.0), std::pair(strong ? theme.accent : theme.text, 2.0)}) {
    painter.setPen(QPen(tone, width));
    painter.drawEllipse(center, 9, 9);
  }
}

} // namespace polyloom
