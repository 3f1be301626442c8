// The shape that a gesture takes hold of: one statement's points in a plot, its handles, and what becomes of its outline.
#pragma once

#include "views/gesture_meaning.h"
#include "views/space_scene.h"

#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

namespace polyloom {

struct GestureShape {
  int statement = -1;
  GestureTarget target;
  std::vector<PlanePoint> hull; ///< counter-clockwise, in the world of the plot
  PlanePoint apart;             ///< where its points are drawn, less their loop values
};

/// Nothing where the plot draws no such statement. Cost: linear in its instances.
std::optional<GestureShape> shapeOf(const SpaceScene& scene, const std::vector<HullShape>& hulls, int statement);

/// What of a shape lies under the pointer.
struct GestureHandle {
  enum class Kind { Inside, Edge, Corner, Turn };
  Kind kind = Kind::Inside;
  Edge edge = Edge::Left;
  Corner corner = Corner::BottomLeft;
  QPointF place;              ///< on the screen
  QPointF along;              ///< of an edge's bar: its direction, of length 1
  friend bool operator==(const GestureHandle&, const GestureHandle&) = default;
};

/// All handles of a shape at this zoom, those that go first where they meet first. A shape that is too small for them
/// has none; one in a single loop has edges where others have corners.
std::vector<GestureHandle> handlesOf(const GestureShape& shape, const Viewport& view, const QRectF& area);

/// The handle under the pointer, or the shape's inside, or nothing.
std::optional<GestureHandle> handleAt(const GestureShape& shape, const Viewport& view, const QRectF& area,
                                      const QPointF& position);

/// The shape's corners on the screen.
std::vector<QPointF> toScreen(const std::vector<PlanePoint>& world, const Viewport& view);

/// How a dragged distance and a step's number belong together: distance = base + number * slope, in loop values.
struct GestureScale {
  std::int64_t base = 0, slope = 1;
  std::int64_t distance(std::int64_t number) const { return base + number * slope; }
};
GestureScale scaleOfEdge(const GestureTarget& target, Edge edge);
GestureScale scaleOfCorner(const GestureTarget& target, Corner corner, bool alongX);

/// The outline after a move, a skew that leaves the far side in place, a reflection at one side, or quarter turns.
std::vector<PlanePoint> movedOutline(const GestureShape& shape, PlanePoint by);
std::vector<PlanePoint> skewedOutline(const GestureShape& shape, Corner corner, bool alongX, std::int64_t factor);
std::vector<PlanePoint> mirroredOutline(const GestureShape& shape, Edge dragged);
/// Turned about its middle, as it looks on the screen.
std::vector<PlanePoint> turnedOutline(const GestureShape& shape, const Viewport& view, int quarters);

/// The values of both loops between two places of the plot.
LatticeBox boxBetween(const GestureShape& shape, PlanePoint a, PlanePoint b);

} // namespace polyloom
