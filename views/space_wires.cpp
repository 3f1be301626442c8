#include "views/space_wires.h"

#include "views/space_hull.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace polyloom {

namespace {

constexpr std::int64_t kFarthest = 1 << 19; ///< normals have 41 bits then, and products with them 62

LatticeCorner minus(const LatticeCorner& a, const LatticeCorner& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

LatticeCorner cross(const LatticeCorner& a, const LatticeCorner& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

std::int64_t dot(const LatticeCorner& a, const LatticeCorner& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

bool isZero(const LatticeCorner& v) {
  return v == LatticeCorner{};
}

/// The corners of the polygon around points of one plane, counter-clockwise around the normal.
LatticeFacet polygon(const std::vector<LatticeCorner>& points, const LatticeCorner& normal) {
  std::size_t drop = 0; // looking along the longest part of the normal loses nothing
  for (std::size_t a = 1; a < 3; ++a)
    if (std::abs(normal[a]) > std::abs(normal[drop]))
      drop = a;
  const std::size_t u = (drop + 1) % 3, v = (drop + 2) % 3;
  std::map<std::pair<double, double>, LatticeCorner> lifted;
  std::vector<PlanePoint> flat;
  for (const LatticeCorner& p : points) {
    flat.push_back({static_cast<double>(p[u]), static_cast<double>(p[v])});
    lifted[{flat.back().x, flat.back().y}] = p;
  }
  LatticeFacet corners;
  for (const PlanePoint& p : convexHull(std::move(flat)))
    corners.push_back(lifted.at({p.x, p.y}));
  if (normal[drop] < 0)
    std::ranges::reverse(corners);
  return corners;
}

class Wrapper {
public:
  explicit Wrapper(std::vector<LatticeCorner> points) : points_(std::move(points)) {}

  std::vector<LatticeFacet> wrap() {
    const LatticeCorner first = points_.front(); // the smallest one: around its column all others lie in half a turn
    LatticeFacet start = sideThrough(first, {0, 0, 1});
    if (start.size() == 2) // the side is an edge: turn around that one
      start = sideThrough(start[0], minus(start[1], start[0]));
    if (start.size() < 3)
      return {start};
    add(std::move(start));
    while (!open_.empty()) {
      const auto [from, to] = *open_.begin();
      open_.erase(open_.begin());
      add(sideThrough(from, minus(to, from)));
    }
    return std::move(facets_);
  }

private:
  using Edge = std::pair<LatticeCorner, LatticeCorner>;

  /// The side that holds the line through `at`, with all points on its inner side and to the left of the line. They
  /// must not surround the line.
  LatticeFacet sideThrough(const LatticeCorner& at, const LatticeCorner& along) const {
    LatticeCorner normal{};
    for (const LatticeCorner& p : points_) {
      const LatticeCorner away = minus(p, at);
      if (isZero(normal) || dot(normal, away) > 0)
        if (const LatticeCorner turned = cross(along, away); !isZero(turned))
          normal = turned;
    }
    std::vector<LatticeCorner> on;
    for (const LatticeCorner& p : points_)
      if (dot(normal, minus(p, at)) == 0)
        on.push_back(p);
    return polygon(on, normal);
  }

  void add(LatticeFacet facet) {
    for (std::size_t k = 0; k < facet.size(); ++k) {
      const Edge edge{facet[k], facet[(k + 1) % facet.size()]};
      closed_.insert(edge);
      open_.erase(edge);
      // The neighbor across holds this edge the other way round.
      if (!closed_.contains({edge.second, edge.first}))
        open_.insert({edge.second, edge.first});
    }
    facets_.push_back(std::move(facet));
  }

  std::vector<LatticeCorner> points_;
  std::vector<LatticeFacet> facets_;
  std::set<Edge> open_, closed_;
};

bool isFlat(const std::vector<LatticeCorner>& points, LatticeCorner& normal) {
  normal = {};
  for (const LatticeCorner& a : points) {
    const LatticeCorner u = minus(a, points.front());
    for (const LatticeCorner* b : {&points.back(), &points[points.size() / 2]})
      if (isZero(normal))
        normal = cross(u, minus(*b, points.front()));
  }
  return std::ranges::all_of(points, [&](const LatticeCorner& p) { return dot(normal, minus(p, points.front())) == 0; });
}

/// Only the ends of each row can be corners.
std::vector<LatticeCorner> rowEnds(std::vector<LatticeCorner> points) {
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  std::vector<LatticeCorner> ends;
  const auto isRow = [](const LatticeCorner& a, const LatticeCorner& b) { return a[0] == b[0] && a[1] == b[1]; };
  for (std::size_t k = 0; k < points.size(); ++k)
    if (k == 0 || k + 1 == points.size() || !isRow(points[k - 1], points[k]) || !isRow(points[k], points[k + 1]))
      ends.push_back(points[k]);
  return ends;
}

} // namespace

std::vector<LatticeFacet> convexPolyhedron(std::vector<LatticeCorner> points) {
  points = rowEnds(std::move(points));
  if (points.size() < 2)
    return points.empty() ? std::vector<LatticeFacet>{} : std::vector<LatticeFacet>{{points.front()}};
  LatticeCorner normal;
  if (isFlat(points, normal)) {
    if (isZero(normal)) // one line: its ends come first and last
      return {{points.front(), points.back()}};
    return {polygon(points, normal)};
  }
  return Wrapper(std::move(points)).wrap();
}

std::vector<Wire> statementWires(const PlotData& plane, const SolidData& data) {
  // Places are integers or halves, after what sets statements apart: twice the distance to the first point is exact.
  std::map<int, std::vector<LatticeCorner>> lattices;
  std::map<int, SolidPoint> firsts;
  std::set<int> far;
  for (std::size_t k = 0; k < data.points.size(); ++k) {
    const int statement = plane.points[k].statement;
    const SolidPoint& first = firsts.try_emplace(statement, data.points[k]).first->second;
    LatticeCorner corner{};
    for (std::size_t a = 0; a < 3; ++a) {
      corner[a] = std::llround(2.0 * (double{data.points[k][a]} - first[a]));
      if (std::abs(corner[a]) > kFarthest)
        far.insert(statement);
    }
    lattices[statement].push_back(corner);
  }
  std::vector<Wire> wires;
  for (auto& [statement, corners] : lattices) {
    if (far.contains(statement))
      continue;
    const SolidPoint& first = firsts.at(statement);
    const auto place = [&](const LatticeCorner& c) {
      return SolidPoint{first[0] + static_cast<float>(c[0]) / 2, first[1] + static_cast<float>(c[1]) / 2,
                        first[2] + static_cast<float>(c[2]) / 2};
    };
    const auto facets = convexPolyhedron(std::move(corners));
    for (const LatticeFacet& facet : facets)
      for (std::size_t k = 0; k < facet.size() && facet.size() > 1; ++k) {
        const LatticeCorner &from = facet[k], &to = facet[(k + 1) % facet.size()];
        if (facets.size() == 1 || from < to) // each edge belongs to two sides
          wires.push_back({statement, place(from), place(to)});
      }
  }
  return wires;
}

} // namespace polyloom
