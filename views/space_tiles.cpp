// Tiles on the plane: instances grouped by the loops that count tiles, each group with its convex outline.
#include "views/space_geometry.h"

#include <algorithm>
#include <map>

namespace polyloom {

void groupTiles(const SpaceSnapshot& space, PlotData& data);

namespace {

double cross(PlanePoint o, PlanePoint a, PlanePoint b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

std::vector<PlanePoint> convexHull(std::vector<PlanePoint> points) {
  const auto before = [](PlanePoint a, PlanePoint b) { return a.x < b.x || (a.x == b.x && a.y < b.y); };
  std::sort(points.begin(), points.end(), before);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3)
    return points;
  std::vector<PlanePoint> hull(points.size() * 2);
  std::size_t size = 0;
  const auto add = [&](PlanePoint p, std::size_t keep) {
    while (size > keep && cross(hull[size - 2], hull[size - 1], p) <= 0)
      --size;
    hull[size++] = p;
  };
  for (const PlanePoint& p : points)
    add(p, 1);
  const std::size_t keep = size;
  for (auto p = points.rbegin() + 1; p != points.rend(); ++p)
    add(*p, keep);
  hull.resize(size - 1);
  return hull;
}

/// The corners of a small diamond around each point make the outline wider than its points.
std::vector<PlanePoint> widened(const std::vector<PlanePoint>& hull, double by) {
  std::vector<PlanePoint> corners;
  for (const PlanePoint& p : hull)
    for (const double dx : {-by, by})
      for (const double dy : {-by, by})
        corners.push_back({p.x + dx, p.y + dy});
  return convexHull(std::move(corners));
}

std::vector<std::size_t> tileDimensions(const InstanceCloud& cloud) {
  std::vector<std::size_t> dimensions;
  for (std::size_t d = 0; d < cloud.timeIsTile.size() && d < cloud.timeLoops.size(); ++d)
    if (cloud.timeIsTile[d])
      dimensions.push_back(d);
  return dimensions;
}

/// A stencil-like coloring: neighbors along any dimension, and along the diagonal of two, differ.
int colorOf(const std::vector<std::int32_t>& indices) {
  static constexpr int kWeights[] = {1, 2, 3, 5};
  int sum = 0;
  for (std::size_t k = 0; k < indices.size(); ++k)
    sum += kWeights[k % 4] * indices[k];
  return ((sum % 6) + 6) % 6;
}

} // namespace

void groupTiles(const SpaceSnapshot& space, PlotData& data) {
  std::map<std::vector<std::int32_t>, std::vector<PlanePoint>> groups;
  std::map<std::vector<std::int32_t>, std::vector<std::size_t>> members;
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    const InstanceCloud& cloud = space.clouds[c];
    const auto dimensions = tileDimensions(cloud);
    for (std::size_t row = 0; !dimensions.empty() && row < cloud.count; ++row) {
      std::vector<std::int32_t> indices;
      for (const std::size_t d : dimensions)
        indices.push_back(cloud.time[row * cloud.timeLoops.size() + d]);
      const std::size_t id = data.cloudBegin[c] + row;
      groups[indices].push_back({data.points[id].x, data.points[id].y});
      members[indices].push_back(id);
    }
  }
  for (auto& [indices, points] : groups) {
    for (const std::size_t id : members[indices])
      data.points[id].tile = static_cast<std::int32_t>(data.tiles.size());
    data.tiles.push_back({widened(convexHull(std::move(points)), 0.32), indices, colorOf(indices)});
  }
}

} // namespace polyloom
