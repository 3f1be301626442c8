#include "views/point_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polyloom {

PointGrid::PointGrid(const PlotData& data) : bounds_(data.bounds) {
  // About four points a bucket, with buckets as square as the bounds allow.
  const double cells = std::max(1.0, static_cast<double>(data.points.size()) / 4);
  const double ratio = std::max(bounds_.width, 1e-9) / std::max(bounds_.height, 1e-9);
  columns_ = std::clamp(static_cast<int>(std::sqrt(cells * ratio)), 1, 2048);
  rows_ = std::clamp(static_cast<int>(std::sqrt(cells / ratio)), 1, 2048);
  // Counted first, then filled in order: two vectors in place of one per bucket.
  begin_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
  const auto bucketOf = [&](const PlotPoint& point) { return bucket(columnOf(point.x), rowOf(point.y)); };
  for (const PlotPoint& point : data.points)
    ++begin_[bucketOf(point) + 1];
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  points_.resize(data.points.size());
  for (std::size_t k = 0; k < data.points.size(); ++k)
    points_[next[bucketOf(data.points[k])]++] = static_cast<std::uint32_t>(k);
}

std::span<const std::uint32_t> PointGrid::pointsIn(std::size_t bucket) const {
  return std::span(points_).subspan(begin_[bucket], begin_[bucket + 1] - begin_[bucket]);
}

std::size_t PointGrid::bucket(int column, int row) const {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
}

int PointGrid::columnOf(double x) const {
  return std::clamp(static_cast<int>((x - bounds_.left) / bounds_.width * columns_), 0, columns_ - 1);
}

int PointGrid::rowOf(double y) const {
  return std::clamp(static_cast<int>((y - bounds_.top) / bounds_.height * rows_), 0, rows_ - 1);
}

std::optional<std::size_t> PointGrid::nearest(const PlotData& data, PlanePoint at, double radiusX,
                                              double radiusY) const {
  if (points_.empty())
    return std::nullopt;
  std::optional<std::size_t> best;
  double bestDistance = 1;
  for (int row = rowOf(at.y - radiusY); row <= rowOf(at.y + radiusY); ++row)
    for (int column = columnOf(at.x - radiusX); column <= columnOf(at.x + radiusX); ++column)
      for (const std::size_t k : pointsIn(bucket(column, row))) {
        const double dx = (data.points[k].x - at.x) / radiusX, dy = (data.points[k].y - at.y) / radiusY;
        const double distance = dx * dx + dy * dy;
        if (distance < bestDistance || (distance == bestDistance && best && k > *best)) {
          bestDistance = distance;
          best = k;
        }
      }
  return best;
}

std::size_t PointGrid::countAt(const PlotData& data, std::size_t point) const {
  const PlotPoint& place = data.points[point];
  const auto candidates = pointsIn(bucket(columnOf(place.x), rowOf(place.y)));
  return static_cast<std::size_t>(std::count_if(candidates.begin(), candidates.end(), [&](std::size_t k) {
    return data.points[k].x == place.x && data.points[k].y == place.y;
  }));
}

} // namespace polyloom
