// Convex hulls of drawn points, and which part of one lies under the pointer.
#pragma once

#include "views/space_geometry.h"

#include <optional>
#include <vector>

namespace polyloom {

/// The corners of the smallest convex polygon around the points, counter-clockwise, none on the line between others.
/// One corner for points on one spot, two for points on one line. Cost: n log n.
std::vector<PlanePoint> convexHull(std::vector<PlanePoint> points);

/// One statement's hull in the plot: exact for its drawn points.
struct HullShape {
  int statement = 0;
  std::vector<PlanePoint> corners; ///< counter-clockwise, in the world of the plot
};

/// One hull per statement, in the statements' order. Cost: n log n of the points at the ends of their rows.
std::vector<HullShape> statementHulls(const PlotData& data);

/// What of a hull lies under the pointer: a corner before an edge, an edge before the inside.
struct HullHit {
  enum class Part { Corner, Edge, Inside };
  Part part = Part::Inside;
  int statement = 0;
  std::size_t index = 0; ///< of the corner, or of the edge's first corner
  friend bool operator==(const HullHit&, const HullHit&) = default;
};

/// Looks at all hulls; the last one painted wins. Radii in world units.
std::optional<HullHit> hitHull(const std::vector<HullShape>& hulls, PlanePoint at, double radiusX, double radiusY);

} // namespace polyloom
