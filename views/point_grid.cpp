#include "views/point_grid.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

PointGrid::PointGrid(const PlotData& data) : bounds_(data.bounds) {
  // About four points a bucket, with buckets as square as the bounds allow.
  const double cells = std::max(1.0, static_cast<double>(data.points.size()) / 4);
  const double ratio = std::max(bounds_.width, 1e-9) / std::max(bounds_.height, 1e-9);
  columns_ = std::clamp(static_cast<int>(std::sqrt(cells * ratio)), 1, 2048);
  rows_ = std::clamp(static_cast<int>(std::sqrt(cells / ratio)), 1, 2048);
  buckets_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  for (std::size_t k = 0; k < data.points.size(); ++k)
    buckets_[bucket(columnOf(data.points[k].x), rowOf(data.points[k].y))].push_back(k);
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
  if (buckets_.empty())
    return std::nullopt;
  std::optional<std::size_t> best;
  double bestDistance = 1;
  for (int row = rowOf(at.y - radiusY); row <= rowOf(at.y + radiusY); ++row)
    for (int column = columnOf(at.x - radiusX); column <= columnOf(at.x + radiusX); ++column)
      for (const std::size_t k : buckets_[bucket(column, row)]) {
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
  const auto& candidates = buckets_[bucket(columnOf(place.x), rowOf(place.y))];
  return static_cast<std::size_t>(std::count_if(candidates.begin(), candidates.end(), [&](std::size_t k) {
    return data.points[k].x == place.x && data.points[k].y == place.y;
  }));
}

} // namespace polyloom
