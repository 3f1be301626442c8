#include "views/gesture_shape.h"

#include <QLineF>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace polyloom {

namespace {

constexpr double kReach = 9;         ///< pixels around a handle
constexpr double kHalfBar = 13;      ///< of an edge's bar
constexpr double kSmallestShape = 30; ///< in pixels; handles of smaller ones would lie on each other
constexpr double kTurnDistance = 17;

QString loopOn(const InstanceCloud& cloud, int dimension) {
  return dimension >= 0 && dimension < static_cast<int>(cloud.timeLoops.size())
             ? QString::fromStdString(cloud.timeLoops[static_cast<std::size_t>(dimension)])
             : QString();
}

struct Extent {
  std::int64_t low = std::numeric_limits<std::int64_t>::max(), high = std::numeric_limits<std::int64_t>::min();
  void add(std::int64_t value) { low = std::min(low, value), high = std::max(high, value); }
};

QRectF boundsOf(const std::vector<QPointF>& corners) {
  return QPolygonF(QList<QPointF>(corners.begin(), corners.end())).boundingRect();
}

QPointF middleOf(const std::vector<PlanePoint>& hull) {
  double left = hull[0].x, right = left, low = hull[0].y, high = low;
  for (const PlanePoint& p : hull) {
    left = std::min(left, p.x), right = std::max(right, p.x);
    low = std::min(low, p.y), high = std::max(high, p.y);
  }
  return {(left + right) / 2, (low + high) / 2};
}

Corner cornerOf(PlanePoint place, QPointF middle) {
  const bool isRight = place.x > middle.x(), isTop = place.y > middle.y();
  return isTop ? (isRight ? Corner::TopRight : Corner::TopLeft) : (isRight ? Corner::BottomRight : Corner::BottomLeft);
}

/// By the direction that the edge from `a` to `b` faces: corners run counter-clockwise.
Edge edgeOf(PlanePoint a, PlanePoint b) {
  const double x = b.y - a.y, y = a.x - b.x;
  if (std::abs(x) >= std::abs(y))
    return x > 0 ? Edge::Right : Edge::Left;
  return y > 0 ? Edge::Top : Edge::Bottom;
}

GestureHandle turnHandle(const QRectF& bounds, const QRectF& area) {
  GestureHandle turn{.kind = GestureHandle::Kind::Turn};
  const QPointF wanted = bounds.topRight() + QPointF(kTurnDistance, -kTurnDistance);
  const QRectF room = area.adjusted(kReach, kReach, -kReach, -kReach);
  turn.place = {std::clamp(wanted.x(), room.left(), std::max(room.left(), room.right())),
                std::clamp(wanted.y(), room.top(), std::max(room.top(), room.bottom()))};
  return turn;
}

/// Of points on a line that only one of the axes tells apart: its ends are edges.
std::vector<GestureHandle> endsOf(const GestureShape& shape, const std::vector<QPointF>& corners) {
  std::vector<GestureHandle> ends;
  const bool alongX = !shape.target.x.isEmpty();
  const QPointF middle = middleOf(shape.hull);
  for (std::size_t k = 0; k < corners.size(); ++k) {
    GestureHandle end{.kind = GestureHandle::Kind::Edge, .place = corners[k]};
    end.edge = alongX ? (shape.hull[k].x > middle.x() ? Edge::Right : Edge::Left)
                      : (shape.hull[k].y > middle.y() ? Edge::Top : Edge::Bottom);
    end.along = alongX ? QPointF(0, 1) : QPointF(1, 0);
    ends.push_back(end);
  }
  return ends;
}

} // namespace

std::optional<GestureShape> shapeOf(const SpaceScene& scene, const std::vector<HullShape>& hulls, int statement) {
  const auto hull = std::ranges::find(hulls, statement, &HullShape::statement);
  if (hull == hulls.end() || hull->corners.empty() || !scene.program || !scene.schedule)
    return std::nullopt;
  GestureShape shape{.statement = statement, .hull = hull->corners};
  const Projection& projection = scene.data.projection;
  shape.target.statements = {
      QString::fromStdString(scene.program->statements[static_cast<std::size_t>(statement)].name)};
  shape.target.xIsOutside = projection.x < projection.y;
  Extent across, up;
  const auto& clouds = scene.schedule->space.clouds;
  for (std::size_t c = 0; c < clouds.size(); ++c) {
    const InstanceCloud& cloud = clouds[c];
    if (cloud.statement != statement || cloud.count == 0)
      continue;
    const SpaceAxis x{SpaceOrder::New, projection.x}, y{SpaceOrder::New, projection.y};
    if (across.low > across.high) {
      shape.target.x = loopOn(cloud, projection.x), shape.target.y = loopOn(cloud, projection.y);
      const PlotPoint& first = scene.data.points[scene.data.cloudBegin[c]];
      shape.apart = {first.x - (x.has(cloud) ? x.value(cloud, 0) : 0), first.y - (y.has(cloud) ? y.value(cloud, 0) : 0)};
    }
    for (std::size_t row = 0; row < cloud.count; ++row) {
      across.add(x.has(cloud) ? static_cast<std::int64_t>(x.value(cloud, row)) : 0);
      up.add(y.has(cloud) ? static_cast<std::int64_t>(y.value(cloud, row)) : 0);
    }
  }
  shape.target.box = {across.low, across.high, up.low, up.high};
  return shape;
}

std::vector<QPointF> toScreen(const std::vector<PlanePoint>& world, const Viewport& view) {
  std::vector<QPointF> screen;
  for (const PlanePoint& place : world) {
    const PlanePoint p = view.toScreen(place);
    screen.emplace_back(p.x, p.y);
  }
  return screen;
}

std::vector<GestureHandle> handlesOf(const GestureShape& shape, const Viewport& view, const QRectF& area) {
  const std::vector<QPointF> corners = toScreen(shape.hull, view);
  const QRectF bounds = boundsOf(corners);
  if (std::max(bounds.width(), bounds.height()) < kSmallestShape)
    return {};
  if (shape.target.x.isEmpty() || shape.target.y.isEmpty())
    return endsOf(shape, corners);
  std::vector<GestureHandle> handles{turnHandle(bounds, area)};
  const QPointF middle = middleOf(shape.hull);
  for (std::size_t k = 0; k < corners.size(); ++k)
    handles.push_back({.kind = GestureHandle::Kind::Corner, .corner = cornerOf(shape.hull[k], middle), .place = corners[k]});
  for (std::size_t k = 0; corners.size() > 2 && k < corners.size(); ++k) {
    const std::size_t next = (k + 1) % corners.size();
    const QLineF side(corners[k], corners[next]);
    if (side.length() < 2 * kHalfBar + 2 * kReach)
      continue;
    const QLineF unit = side.unitVector();
    handles.push_back({.kind = GestureHandle::Kind::Edge, .edge = edgeOf(shape.hull[k], shape.hull[next]),
                       .place = side.center(), .along = {unit.dx(), unit.dy()}});
  }
  return handles;
}

std::optional<GestureHandle> handleAt(const GestureShape& shape, const Viewport& view, const QRectF& area,
                                      const QPointF& position) {
  for (const GestureHandle& handle : handlesOf(shape, view, area)) {
    const QPointF away = position - handle.place;
    const double along = std::abs(QPointF::dotProduct(away, handle.along));
    const double beyond = handle.kind == GestureHandle::Kind::Edge ? std::max(0.0, along - kHalfBar) : 0;
    const double across = std::sqrt(std::max(0.0, QPointF::dotProduct(away, away) - along * along));
    const double far = handle.kind == GestureHandle::Kind::Edge ? std::hypot(beyond, across) : std::hypot(away.x(), away.y());
    if (far <= kReach)
      return handle;
  }
  const PlanePoint world = view.toWorld({position.x(), position.y()});
  if (hitHull({{shape.statement, shape.hull}}, world, kReach / view.scaleX, kReach / view.scaleY))
    return GestureHandle{.kind = GestureHandle::Kind::Inside};
  return std::nullopt;
}

GestureScale scaleOfEdge(const GestureTarget& target, Edge edge) {
  const bool alongX = edge == Edge::Left || edge == Edge::Right;
  const std::int64_t extent = alongX ? target.box.width() : target.box.height();
  return edge == Edge::Left || edge == Edge::Bottom ? GestureScale{extent, -1} : GestureScale{-extent, 1};
}

GestureScale scaleOfCorner(const GestureTarget& target, Corner corner, bool alongX) {
  const std::int64_t reach = (alongX ? target.box.height() : target.box.width()) - 1;
  const bool isFar = alongX ? corner == Corner::TopLeft || corner == Corner::TopRight
                            : corner == Corner::BottomRight || corner == Corner::TopRight;
  return {0, isFar ? reach : -reach};
}

std::vector<PlanePoint> movedOutline(const GestureShape& shape, PlanePoint by) {
  std::vector<PlanePoint> outline = shape.hull;
  for (PlanePoint& p : outline)
    p = {p.x + by.x, p.y + by.y};
  return outline;
}

std::vector<PlanePoint> skewedOutline(const GestureShape& shape, Corner corner, bool alongX, std::int64_t factor) {
  const auto across = [&](PlanePoint p) { return alongX ? p.y : p.x; };
  const auto [low, high] = std::ranges::minmax(shape.hull, {}, across);
  const bool isFar = scaleOfCorner(shape.target, corner, alongX).slope > 0;
  const double fixed = isFar ? across(low) : across(high);
  std::vector<PlanePoint> outline = shape.hull;
  for (PlanePoint& p : outline)
    (alongX ? p.x : p.y) += static_cast<double>(factor) * (across(p) - fixed);
  return outline;
}

std::vector<PlanePoint> mirroredOutline(const GestureShape& shape, Edge dragged) {
  const bool alongX = dragged == Edge::Left || dragged == Edge::Right;
  const auto along = [&](PlanePoint p) { return alongX ? p.x : p.y; };
  const auto [low, high] = std::ranges::minmax(shape.hull, {}, along);
  const double mirror = dragged == Edge::Left || dragged == Edge::Bottom ? along(high) : along(low);
  std::vector<PlanePoint> outline = shape.hull;
  for (PlanePoint& p : outline)
    (alongX ? p.x : p.y) = 2 * mirror - along(p);
  return outline;
}

std::vector<PlanePoint> turnedOutline(const GestureShape& shape, const Viewport& view, int quarters) {
  const QPointF middle = middleOf(shape.hull);
  const double angle = quarters * std::numbers::pi / 2, cosine = std::cos(angle), sine = std::sin(angle);
  std::vector<PlanePoint> outline = shape.hull;
  for (PlanePoint& p : outline) {
    const double x = (p.x - middle.x()) * view.scaleX, y = (p.y - middle.y()) * view.scaleY;
    p = {middle.x() + (cosine * x - sine * y) / view.scaleX, middle.y() + (sine * x + cosine * y) / view.scaleY};
  }
  return outline;
}

LatticeBox boxBetween(const GestureShape& shape, PlanePoint a, PlanePoint b) {
  const auto up = [](double value) { return static_cast<std::int64_t>(std::ceil(value - 1e-6)); };
  const auto down = [](double value) { return static_cast<std::int64_t>(std::floor(value + 1e-6)); };
  return {up(std::min(a.x, b.x) - shape.apart.x), down(std::max(a.x, b.x) - shape.apart.x),
          up(std::min(a.y, b.y) - shape.apart.y), down(std::max(a.y, b.y) - shape.apart.y)};
}

} // namespace polyloom
