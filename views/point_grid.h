// Which point lies under the pointer: a grid of buckets over the plane.
#pragma once

#include "views/space_geometry.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace polyloom {

/// Finds points near a place in constant time on average. Built once per projection.
class PointGrid {
public:
  PointGrid() = default;
  explicit PointGrid(const PlotData& data);

  /// The closest point within the ellipse of the given radii (world units), or nothing. Later points win ties: they
  /// are painted on top.
  std::optional<std::size_t> nearest(const PlotData& data, PlanePoint at, double radiusX, double radiusY) const;

  /// All points whose place equals that of `point`, itself included: they lie below each other on the screen.
  std::size_t countAt(const PlotData& data, std::size_t point) const;

private:
  std::span<const std::uint32_t> pointsIn(std::size_t bucket) const;
  std::size_t bucket(int column, int row) const;
  int columnOf(double x) const;
  int rowOf(double y) const;

  PlaneRect bounds_;
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> points_; ///< bucket after bucket
  std::vector<std::uint32_t> begin_;  ///< of each bucket; one more than there are
};

} // namespace polyloom
