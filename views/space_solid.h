// Three dimensions of the iteration space without widgets: places, camera, clipping.
#pragma once

#include "views/space_geometry.h"

#include <array>
#include <cstdint>
#include <vector>

namespace polyloom {

/// A place in loop values: x to the right and y upwards as on the plane, z away from the reader.
using SolidPoint = std::array<float, 3>;

/// Which dimensions lie on the axes; the third may be kNoDimension: one layer per statement.
struct SolidProjection {
  Projection plane;
  int z = kNoDimension;
  friend bool operator==(const SolidProjection&, const SolidProjection&) = default;
};

/// The first dimension that tells something and is not on the plane yet, or kNoDimension.
int defaultDepth(const SpaceSnapshot& space, const Projection& plane);

/// All instances in three dimensions, in the order of PlotData::points.
struct SolidData {
  std::vector<SolidPoint> points;
  SolidPoint low{}, high{}; ///< of all points
  std::array<std::string, 3> labels;
};

/// Takes x and y from the plane. Cost: linear.
SolidData projectSolid(const SpaceSnapshot& space, const PlotData& plane, int z);

/// What of each axis is shown; both ends belong to it.
struct ClipBox {
  SolidPoint low{}, high{};
  bool contains(const SolidPoint& point) const {
    for (std::size_t a = 0; a < 3; ++a)
      if (point[a] < low[a] || point[a] > high[a])
        return false;
    return true;
  }
  friend bool operator==(const ClipBox&, const ClipBox&) = default;
};

/// The box around all points, with room for statements that are set apart.
ClipBox wholeBox(const SolidData& data);

/// A turntable: the picture turns around its vertical axis, then tilts.
struct SolidCamera {
  double azimuth = -0.55, elevation = 0.35; ///< radians; both 0: the plane as in two dimensions
  double zoom = 1;
  double panX = 0, panY = 0; ///< pixels

  /// Elevation stays between straight from below and straight from above.
  SolidCamera turned(double byAzimuth, double byElevation) const;
  friend bool operator==(const SolidCamera&, const SolidCamera&) = default;
};

/// A place on the screen; the larger depth is nearer.
struct SolidPlace {
  double x = 0, y = 0, depth = 0;
};

/// The map from loop values to the screen, orthographic.
class SolidView {
public:
  SolidView() = default;
  /// Shows the box of all points around the middle of `screen`; long axes are shortened, so that one is at most
  /// three times as long as another.
  SolidView(const SolidData& data, const SolidCamera& camera, const PlaneRect& screen);

  SolidPlace toScreen(const SolidPoint& point) const {
    SolidPlace place{originX_, originY_, 0};
    for (std::size_t a = 0; a < 3; ++a) {
      const double value = point[a] - center_[a];
      place.x += right_[a] * value;
      place.y += down_[a] * value;
      place.depth += near_[a] * value;
    }
    return place;
  }
  /// Pixels between neighbors along the axis where they are closest in space.
  double spacing() const { return spacing_; }

private:
  std::array<double, 3> center_{}, right_{}, down_{}, near_{};
  double originX_ = 0, originY_ = 0, spacing_ = 1;
};

/// Ids of the points inside the box, the farthest first, at most `most` of them, spread evenly over all. Cost: linear.
std::vector<std::uint32_t> paintingOrder(const SolidData& data, const SolidView& view, const ClipBox& clip,
                                         std::size_t most);

} // namespace polyloom
