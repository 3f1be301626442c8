// Tiles on the plane: instances grouped by the loops that count tiles, each group with its convex outline.
#include "views/space_hull.h"

#include <algorithm>
#include <map>

namespace polyloom {

void groupTiles(const SpaceSnapshot& space, PlotData& data);

namespace {

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

/// Puts points into tiles. Neighbors in memory mostly share one, so that the last answer mostly serves again.
class TileGroups {
public:
  std::int32_t of(std::vector<std::int32_t>& indices) {
    if (last_ == groups_.end() || last_->first != indices)
      last_ = groups_.try_emplace(indices, static_cast<std::int32_t>(groups_.size())).first;
    return last_->second;
  }
  const std::map<std::vector<std::int32_t>, std::int32_t>& all() const { return groups_; }

private:
  std::map<std::vector<std::int32_t>, std::int32_t> groups_;
  std::map<std::vector<std::int32_t>, std::int32_t>::iterator last_ = groups_.end();
};

} // namespace

void groupTiles(const SpaceSnapshot& space, PlotData& data) {
  TileGroups groups;
  std::vector<std::vector<PlanePoint>> members;
  std::vector<std::int32_t> indices;
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    const InstanceCloud& cloud = space.clouds[c];
    const auto dimensions = tileDimensions(cloud);
    for (std::size_t row = 0; !dimensions.empty() && row < cloud.count; ++row) {
      indices.clear();
      for (const std::size_t d : dimensions)
        indices.push_back(cloud.time[row * cloud.timeLoops.size() + d]);
      PlotPoint& point = data.points[data.cloudBegin[c] + row];
      point.tile = groups.of(indices);
      members.resize(groups.all().size());
      members[static_cast<std::size_t>(point.tile)].push_back({point.x, point.y});
    }
  }
  data.tiles.resize(members.size());
  for (const auto& [key, tile] : groups.all()) {
    const auto t = static_cast<std::size_t>(tile);
    data.tiles[t] = {widened(convexHull(std::move(members[t])), 0.32), key, colorOf(key)};
  }
}

} // namespace polyloom
