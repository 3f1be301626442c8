#include "views/space_solid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

namespace polyloom {

namespace {

constexpr double kLeastShare = 1.0 / 3; ///< of the longest axis
constexpr int kDepthLevels = 1024;

bool takesValues(const SpaceSnapshot& space, SpaceOrder order, int dimension) {
  std::set<std::int32_t> values;
  const SpaceAxis axis{order, dimension};
  for (const InstanceCloud& cloud : space.clouds)
    for (std::size_t row = 0; axis.has(cloud) && row < cloud.count && values.size() < 2; ++row)
      values.insert(static_cast<std::int32_t>(axis.value(cloud, row)));
  return values.size() > 1;
}

bool countsTiles(const SpaceSnapshot& space, int dimension) {
  const auto d = static_cast<std::size_t>(dimension);
  return std::ranges::any_of(space.clouds, [&](const InstanceCloud& cloud) {
    return d < cloud.timeIsTile.size() && cloud.timeIsTile[d];
  });
}

} // namespace

int defaultDepth(const SpaceSnapshot& space, const Projection& plane) {
  const int count = static_cast<int>(dimensionLabels(space, plane.order).size());
  int tile = kNoDimension;
  for (int d = 0; d < count; ++d) {
    if (d == plane.x || d == plane.y || !takesValues(space, plane.order, d))
      continue;
    if (plane.order == SpaceOrder::Original || !countsTiles(space, d))
      return d;
    if (tile == kNoDimension)
      tile = d;
  }
  return tile;
}

SolidData projectSolid(const SpaceSnapshot& space, const PlotData& plane, int z) {
  SolidData data;
  SpaceAxis depth{plane.projection.order, z};
  depth.placeAbsent(space);
  const auto labels = dimensionLabels(space, plane.projection.order);
  // Where no program is open there are no dimensions, whatever the boxes for them say.
  const auto nameOf = [&](int d) { return d >= 0 && d < std::ssize(labels) ? labels[static_cast<std::size_t>(d)] : std::string(); };
  data.labels = {plane.xLabel, plane.yLabel, nameOf(z)};
  data.points.reserve(plane.points.size());
  data.low.fill(std::numeric_limits<float>::infinity());
  data.high.fill(-std::numeric_limits<float>::infinity());
  for (const PlotPoint& point : plane.points) {
    const InstanceCloud& cloud = space.clouds[static_cast<std::size_t>(point.cloud)];
    const double layer = z == kNoDimension ? point.statement : depth.value(cloud, static_cast<std::size_t>(point.index));
    data.points.push_back({point.x, point.y, static_cast<float>(layer)});
    for (std::size_t a = 0; a < 3; ++a) {
      data.low[a] = std::min(data.low[a], data.points.back()[a]);
      data.high[a] = std::max(data.high[a], data.points.back()[a]);
    }
  }
  if (data.points.empty())
    data.low = data.high = {};
  return data;
}

ClipBox wholeBox(const SolidData& data) {
  ClipBox box{data.low, data.high};
  for (std::size_t a = 0; a < 3; ++a) {
    box.low[a] = std::floor(box.low[a]) - 0.5F;
    box.high[a] = std::floor(box.high[a]) + 0.5F;
  }
  return box;
}

SolidCamera SolidCamera::turned(double byAzimuth, double byElevation) const {
  SolidCamera result = *this;
  result.azimuth = std::remainder(azimuth + byAzimuth, 2 * std::numbers::pi);
  result.elevation = std::clamp(elevation + byElevation, -std::numbers::pi / 2, std::numbers::pi / 2);
  return result;
}

SolidView::SolidView(const SolidData& data, const SolidCamera& camera, const PlaneRect& screen) {
  std::array<double, 3> extent{}, unit{};
  for (std::size_t a = 0; a < 3; ++a) {
    center_[a] = (double{data.low[a]} + data.high[a]) / 2;
    extent[a] = double{data.high[a]} - data.low[a] + 1;
  }
  const double longest = std::max({extent[0], extent[1], extent[2]});
  std::array<double, 3> length{};
  for (std::size_t a = 0; a < 3; ++a) {
    // Each axis gets its own unit, as on the plane: a short one would else be a line.
    length[a] = std::max(extent[a] / longest, kLeastShare);
    unit[a] = length[a] / extent[a];
  }
  const double ca = std::cos(camera.azimuth), sa = std::sin(camera.azimuth);
  const double ce = std::cos(camera.elevation), se = std::sin(camera.elevation);
  // What turning around the vertical can fill, so that the picture does not breathe meanwhile.
  const double across = std::hypot(length[0], length[2]), upright = length[1] * ce + across * std::abs(se);
  const double scale = camera.zoom * std::min(screen.width / across, screen.height / upright);
  // Turned around y by the azimuth, then tilted around the screen's horizontal; z points away from the reader.
  right_ = {ca, 0, sa};
  down_ = {sa * se, -ce, -ca * se};
  near_ = {sa * ce, se, -ca * ce};
  spacing_ = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < 3; ++a) {
    right_[a] *= unit[a] * scale;
    down_[a] *= unit[a] * scale;
    near_[a] *= unit[a] * scale;
    if (data.high[a] > data.low[a])
      spacing_ = std::min(spacing_, unit[a] * scale);
  }
  if (!std::isfinite(spacing_))
    spacing_ = scale;
  originX_ = screen.left + screen.width / 2 + camera.panX;
  originY_ = screen.top + screen.height / 2 + camera.panY;
}

std::vector<std::uint32_t> paintingOrder(const SolidData& data, const SolidView& view, const ClipBox& clip,
                                         std::size_t most) {
  // Depths are sorted into levels: points of one level do not hide each other enough to be told apart.
  std::vector<std::uint32_t> ids;
  std::vector<float> depths;
  const std::size_t step = most == 0 ? 1 : std::max<std::size_t>(1, (data.points.size() + most - 1) / most);
  float least = std::numeric_limits<float>::infinity(), greatest = -least;
  for (std::size_t k = 0; k < data.points.size(); k += step) {
    if (!clip.contains(data.points[k]))
      continue;
    ids.push_back(static_cast<std::uint32_t>(k));
    depths.push_back(static_cast<float>(view.toScreen(data.points[k]).depth));
    least = std::min(least, depths.back());
    greatest = std::max(greatest, depths.back());
  }
  const float scale = greatest > least ? (kDepthLevels - 1) / (greatest - least) : 0;
  std::vector<std::uint32_t> begin(kDepthLevels + 1, 0);
  const auto levelOf = [&](float depth) { return static_cast<std::size_t>((depth - least) * scale); };
  for (const float depth : depths)
    ++begin[levelOf(depth) + 1];
  for (std::size_t level = 1; level < begin.size(); ++level)
    begin[level] += begin[level - 1];
  std::vector<std::uint32_t> order(ids.size());
  for (std::size_t k = 0; k < ids.size(); ++k)
    order[begin[levelOf(depths[k])]++] = ids[k];
  return order;
}

} // namespace polyloom
