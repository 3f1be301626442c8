// Geometry of the iteration space, apart from any widget: projections, the map to the screen, ticks.
#pragma once

#include "core/snapshot/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

struct PlanePoint {
  double x = 0, y = 0;
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

struct PlaneRect {
  double left = 0, top = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
  friend bool operator==(const PlaneRect&, const PlaneRect&) = default;
};

/// The map between world (loop values, y upwards) and screen (pixels, y downwards).
struct Viewport {
  double scaleX = 1, scaleY = 1;   ///< pixels per unit
  double originX = 0, originY = 0; ///< where the world's origin lies on the screen

  PlanePoint toScreen(PlanePoint world) const { return {originX + world.x * scaleX, originY - world.y * scaleY}; }
  PlanePoint toWorld(PlanePoint screen) const { return {(screen.x - originX) / scaleX, (originY - screen.y) / scaleY}; }
  /// Scales by `factor` and keeps what lies under `anchor` (screen) there.
  Viewport zoomed(double factor, PlanePoint anchor) const;
  Viewport panned(double dx, double dy) const;
  /// Shows all of `world` inside `screen`; one axis is stretched at most `maxStretch` times as much as the other.
  static Viewport fit(const PlaneRect& world, const PlaneRect& screen, double maxStretch = 5);

  friend bool operator==(const Viewport&, const Viewport&) = default;
};

/// Integer tick positions inside [low, high], spaced by 1, 2 or 5 times a power of ten; at most `most` of them.
std::vector<std::int64_t> ticks(double low, double high, int most);

enum class SpaceOrder { Original, New };

/// Which dimensions lie on the axes: loop depths, or kNoDimension for "by statement".
struct Projection {
  SpaceOrder order = SpaceOrder::Original;
  int x = 0, y = 0;
  friend bool operator==(const Projection&, const Projection&) = default;
};
inline constexpr int kNoDimension = -1;

/// Label per dimension: the names of the loops at that depth in all statements, merged: "i / j".
std::vector<std::string> dimensionLabels(const SpaceSnapshot& space, SpaceOrder order);

/// The two dimensions to show first: the outermost two that do not count tiles and take more than one value. A loop
/// around tile loops that takes fewer values than those inside counts as one that orders tiles. Cost: n log n.
Projection defaultProjection(const SpaceSnapshot& space, SpaceOrder order);

/// Statements on one picture: over each other in one coordinate system, or each loop nest in one of its own, the one
/// that runs first on top.
enum class SpaceLayout { Overlaid, Stacked };

/// One instance on the plane.
struct PlotPoint {
  float x = 0, y = 0;
  std::int32_t cloud = 0;
  std::int32_t statement = 0;
  std::int32_t index = 0; ///< row in its cloud
  std::int32_t tile = -1;  ///< index into PlotData::tiles, or -1
  std::int32_t group = -1; ///< the thread or lane that runs it, where these are colored; -1: none
  float order = 0;         ///< place in the execution order, from 0 to 1
};

/// One tile's shadow on the plane.
struct TileShape {
  std::vector<PlanePoint> outline;   ///< convex, counter-clockwise, a little wider than its points
  std::vector<std::int32_t> indices; ///< the values of the loops that count tiles
  int color = 0;                     ///< neighboring tiles differ
};

/// One of several coordinate systems above each other.
struct PlotBand {
  double offset = 0;      ///< added to the values on the vertical axis
  double low = 0, high = 0; ///< the values there
  bool hasY = true;       ///< false: its statements have no such loop
  std::string xLabel, yLabel;
  std::vector<int> statements;
};

/// All instances under one projection. Point k of cloud c is points[cloudBegin[c] + k].
struct PlotData {
  Projection projection;
  std::string xLabel, yLabel;
  std::vector<PlotPoint> points;
  std::vector<std::size_t> cloudBegin; ///< one more than there are clouds
  std::vector<TileShape> tiles;
  std::vector<PlotBand> bands;            ///< from the top; empty where all share one coordinate system
  PlaneRect bounds;                       ///< of all points, with half a unit around; top is the smallest y
  std::optional<double> absentX, absentY; ///< where statements stand that have no such loop

  std::size_t pointId(int cloud, int index) const {
    return cloudBegin[static_cast<std::size_t>(cloud)] + static_cast<std::size_t>(index);
  }
};

/// One loop's values of all instances of a cloud.
struct SpaceAxis {
  SpaceOrder order = SpaceOrder::Original;
  int dimension = kNoDimension;
  double absent = 0; ///< where instances stand that have no such loop

  bool has(const InstanceCloud& cloud) const;
  double value(const InstanceCloud& cloud, std::size_t row) const;
  /// Puts instances without the loop one and a half units before all others; returns that place if there are any.
  std::optional<double> placeAbsent(const SpaceSnapshot& space);
};

/// Projects; overlapping statements are set apart by a fraction of a unit. Statements of no vertical dimension stand on
/// one line each, the first on top. Cost: linear, some 10 ms for 100 000 points.
PlotData project(const SpaceSnapshot& space, const Projection& projection, SpaceLayout layout = SpaceLayout::Overlaid);

/// The loop values at a place of the plane, rounded: what an instance there would have on the two axes.
struct LatticePoint {
  std::int64_t x = 0, y = 0;
  int band = -1; ///< of `PlotData::bands`; -1 where there are none
  friend bool operator==(const LatticePoint&, const LatticePoint&) = default;
};
LatticePoint latticeAt(const PlotData& data, PlanePoint world);

enum class Direction { Left, Right, Up, Down };

/// The point that an arrow key reaches from `from`: the closest one in that direction.
std::optional<std::size_t> neighbor(const PlotData& data, std::size_t from, Direction direction);

} // namespace polyloom
