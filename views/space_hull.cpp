#include "views/space_hull.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace polyloom {

namespace {

double cross(PlanePoint o, PlanePoint a, PlanePoint b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/// One statement's points relative to the first, in halves of a unit: exact, where places on the plane are rounded.
/// Keeps the leftmost and the rightmost point of each row: all others cannot be corners.
class RowEnds {
public:
  explicit RowEnds(const PlotPoint& first) : first_(first) {}

  void add(const PlotPoint& point) {
    const std::int64_t x = halves(point.x, first_.x), y = halves(point.y, first_.y);
    if (last_ == rows_.end() || last_->first != y)
      last_ = rows_.try_emplace(y, x, x).first;
    auto& [left, right] = last_->second;
    left = std::min(left, x);
    right = std::max(right, x);
  }
  std::vector<PlanePoint> hull() const {
    std::vector<PlanePoint> ends;
    for (const auto& [y, row] : rows_)
      for (const std::int64_t x : {row.first, row.second})
        ends.push_back({static_cast<double>(x), static_cast<double>(y)});
    std::vector<PlanePoint> corners = convexHull(std::move(ends));
    for (PlanePoint& corner : corners)
      corner = {first_.x + corner.x / 2, first_.y + corner.y / 2};
    return corners;
  }

private:
  using Rows = std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>>;

  static std::int64_t halves(float value, float from) { return std::llround(2.0 * (double{value} - from)); }

  PlotPoint first_;
  Rows rows_;
  Rows::iterator last_ = rows_.end();
};

/// Distance of `p` to the segment, after both axes have been scaled so that the pointer's radius is 1.
double distance(PlanePoint p, PlanePoint a, PlanePoint b, double rx, double ry) {
  const PlanePoint d{(b.x - a.x) / rx, (b.y - a.y) / ry}, q{(p.x - a.x) / rx, (p.y - a.y) / ry};
  const double length = d.x * d.x + d.y * d.y;
  const double along = length == 0 ? 0 : std::clamp((q.x * d.x + q.y * d.y) / length, 0.0, 1.0);
  return std::hypot(q.x - along * d.x, q.y - along * d.y);
}

bool isInside(const std::vector<PlanePoint>& corners, PlanePoint at) {
  for (std::size_t k = 0; k < corners.size(); ++k)
    if (cross(corners[k], corners[(k + 1) % corners.size()], at) < 0)
      return false;
  return corners.size() > 2;
}

} // namespace

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

std::vector<HullShape> statementHulls(const PlotData& data) {
  std::map<int, RowEnds> ends;
  for (const PlotPoint& point : data.points)
    ends.try_emplace(point.statement, point).first->second.add(point);
  std::vector<HullShape> hulls;
  for (const auto& [statement, rows] : ends)
    hulls.push_back({statement, rows.hull()});
  return hulls;
}

std::optional<HullHit> hitHull(const std::vector<HullShape>& hulls, PlanePoint at, double radiusX, double radiusY) {
  std::optional<HullHit> best;
  double nearest = 1;
  for (const HullShape& hull : hulls)
    for (std::size_t k = 0; k < hull.corners.size(); ++k)
      if (const double far = distance(at, hull.corners[k], hull.corners[k], radiusX, radiusY); far <= nearest) {
        nearest = far;
        best = {HullHit::Part::Corner, hull.statement, k};
      }
  if (best)
    return best;
  for (const HullShape& hull : hulls)
    for (std::size_t k = 0; hull.corners.size() > 1 && k < hull.corners.size(); ++k)
      if (const double far = distance(at, hull.corners[k], hull.corners[(k + 1) % hull.corners.size()], radiusX, radiusY);
          far <= nearest) {
        nearest = far;
        best = {HullHit::Part::Edge, hull.statement, k};
      }
  for (auto hull = hulls.rbegin(); !best && hull != hulls.rend(); ++hull)
    if (isInside(hull->corners, at))
      best = {HullHit::Part::Inside, hull->statement, 0};
  return best;
}

} // namespace polyloom
