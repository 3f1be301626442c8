// The iteration space without widgets: hulls, polyhedra, coordinate systems, threads and lanes, three dimensions.
#include "tests/support/sample_snapshots.h"
#include "views/space_coloring.h"
#include "views/space_scene.h"
#include "views/space_wires.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace polyloom {
namespace {

double turn(PlanePoint a, PlanePoint b, PlanePoint p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

TEST(ConvexHull, HoldsAllPointsAndHasNoCornerTooMany) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> value(-9, 9);
  for (int repetition = 0; repetition < 50; ++repetition) {
    std::vector<PlanePoint> points;
    for (int k = 0; k < 30; ++k)
      points.push_back({static_cast<double>(value(random)), static_cast<double>(value(random))});
    const std::vector<PlanePoint> hull = convexHull(points);
    ASSERT_GE(hull.size(), 3U);
    for (std::size_t k = 0; k < hull.size(); ++k) {
      const PlanePoint a = hull[k], b = hull[(k + 1) % hull.size()], c = hull[(k + 2) % hull.size()];
      EXPECT_GT(turn(a, b, c), 0) << "a corner on a line";
      EXPECT_NE(std::ranges::find(points, a), points.end());
      for (const PlanePoint& p : points)
        EXPECT_GE(turn(a, b, p), 0) << "a point outside";
    }
  }
}

TEST(ConvexHull, OfFewPointsIsThosePoints) {
  EXPECT_TRUE(convexHull({}).empty());
  EXPECT_EQ(convexHull({{2, 3}, {2, 3}}), (std::vector<PlanePoint>{{2, 3}}));
  EXPECT_EQ(convexHull({{0, 0}, {2, 2}, {1, 1}}), (std::vector<PlanePoint>{{0, 0}, {2, 2}}));
}

TEST(StatementHulls, AreThoseOfAllPointsOfEachStatement) {
  const auto s = samples::schedule(3);
  const PlotData data = project(s->space, {SpaceOrder::New, 1, 0});
  const auto hulls = statementHulls(data);
  ASSERT_EQ(hulls.size(), 2U);
  for (const HullShape& hull : hulls) {
    ASSERT_EQ(hull.corners.size(), 4U); // a parallelogram
    for (std::size_t k = 0; k < 4; ++k) {
      const auto isCorner = [&](const PlotPoint& point) {
        return point.statement == hull.statement &&
               std::hypot(point.x - hull.corners[k].x, point.y - hull.corners[k].y) < 1e-4;
      };
      EXPECT_TRUE(std::ranges::any_of(data.points, isCorner));
      for (const PlotPoint& point : data.points)
        if (point.statement == hull.statement) {
          EXPECT_GE(turn(hull.corners[k], hull.corners[(k + 1) % 4], {point.x, point.y}), -1e-3);
        }
    }
  }
}

TEST(HullHit, PrefersCornersToEdgesAndEdgesToTheInside) {
  const std::vector<HullShape> hulls = {{0, {{0, 0}, {10, 0}, {10, 10}, {0, 10}}}};
  EXPECT_EQ(hitHull(hulls, {9.8, 0.1}, 0.5, 0.5), (HullHit{HullHit::Part::Corner, 0, 1}));
  EXPECT_EQ(hitHull(hulls, {10.2, 5}, 0.5, 0.5), (HullHit{HullHit::Part::Edge, 0, 1}));
  EXPECT_EQ(hitHull(hulls, {5, 5}, 0.5, 0.5), (HullHit{HullHit::Part::Inside, 0, 0}));
  EXPECT_FALSE(hitHull(hulls, {12, 5}, 0.5, 0.5).has_value());
  EXPECT_EQ(hitHull({{3, {{4, 4}}}}, {4.1, 4}, 0.5, 0.5), (HullHit{HullHit::Part::Corner, 3, 0}));
}

std::int64_t dot(const LatticeCorner& a, const LatticeCorner& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

LatticeCorner normalOf(const LatticeFacet& facet) {
  const auto edge = [&](std::size_t k) {
    return LatticeCorner{facet[k][0] - facet[0][0], facet[k][1] - facet[0][1], facet[k][2] - facet[0][2]};
  };
  const LatticeCorner u = edge(1), v = edge(2);
  return {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
}

TEST(ConvexPolyhedron, HoldsAllPointsAndClosesUp) {
  std::mt19937 random(5);
  for (int repetition = 0; repetition < 60; ++repetition) {
    std::uniform_int_distribution<int> value(0, 2 + repetition / 6);
    std::vector<LatticeCorner> points = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int k = 0; k < 25; ++k)
      points.push_back({value(random), value(random), value(random)});
    const auto facets = convexPolyhedron(points);
    std::set<LatticeCorner> corners;
    std::size_t edges = 0;
    for (const LatticeFacet& facet : facets) {
      ASSERT_GE(facet.size(), 3U);
      edges += facet.size();
      corners.insert(facet.begin(), facet.end());
      const LatticeCorner normal = normalOf(facet);
      for (const LatticeCorner& p : points)
        EXPECT_LE(dot(normal, p), dot(normal, facet[0])) << "a point outside";
    }
    // Euler: corners - edges + sides = 2, each edge belonging to two sides.
    EXPECT_EQ(corners.size() + facets.size(), edges / 2 + 2) << repetition;
  }
}

TEST(ConvexPolyhedron, OfABoxIsItsSixSides) {
  std::vector<LatticeCorner> points;
  for (int x = 0; x < 5; ++x)
    for (int y = 0; y < 4; ++y)
      for (int z = 0; z < 3; ++z)
        points.push_back({x, y, z});
  const auto facets = convexPolyhedron(points);
  ASSERT_EQ(facets.size(), 6U);
  for (const LatticeFacet& facet : facets)
    EXPECT_EQ(facet.size(), 4U);
}

TEST(ConvexPolyhedron, OfFlatPointsIsAPolygonALineOrAPoint) {
  EXPECT_EQ(convexPolyhedron({{0, 0, 2}, {4, 0, 2}, {0, 4, 2}, {1, 1, 2}}).size(), 1U);
  EXPECT_EQ(convexPolyhedron({{0, 0, 2}, {4, 0, 2}, {0, 4, 2}, {1, 1, 2}})[0].size(), 3U);
  EXPECT_EQ(convexPolyhedron({{0, 0, 0}, {2, 2, 2}, {1, 1, 1}}), (std::vector<LatticeFacet>{{{0, 0, 0}, {2, 2, 2}}}));
  EXPECT_EQ(convexPolyhedron({{1, 2, 3}}), (std::vector<LatticeFacet>{{{1, 2, 3}}}));
}

TEST(Stacked, NestsHaveTheirOwnCoordinatesAndValuesStayReadable) {
  const auto s = samples::schedule(0);
  const PlotData over = project(s->space, {SpaceOrder::Original, 1, 0});
  const PlotData data = project(s->space, {SpaceOrder::Original, 1, 0}, SpaceLayout::Stacked);
  ASSERT_EQ(data.bands.size(), 2U);
  EXPECT_EQ(data.bands[0].xLabel, "i");
  EXPECT_EQ(data.bands[1].xLabel, "j");
  EXPECT_EQ(data.bands[0].statements, std::vector<int>{0});
  // The first nest is on top, and no point of one lies among the other's.
  EXPECT_GT(data.bands[0].low + data.bands[0].offset, data.bands[1].high + data.bands[1].offset + 1);
  for (std::size_t k = 0; k < data.points.size(); ++k) {
    const LatticePoint there = latticeAt(data, {data.points[k].x, data.points[k].y});
    EXPECT_EQ(there.band, data.points[k].statement);
    EXPECT_EQ(there.x, std::llround(over.points[k].x));
    EXPECT_EQ(there.y, std::llround(over.points[k].y));
  }
}

TEST(Stacked, FusedStatementsShareOneSystem) {
  EXPECT_TRUE(project(samples::schedule(2)->space, {SpaceOrder::New, 1, 0}, SpaceLayout::Stacked).bands.empty());
}

TEST(NumberLines, StatementsStandBelowEachOtherInTextualOrder) {
  const auto s = samples::schedule(0);
  const PlotData data = project(s->space, {SpaceOrder::Original, 1, kNoDimension});
  for (const PlotPoint& point : data.points)
    EXPECT_EQ(point.y, static_cast<float>(-point.statement));
}

/// The block of OpenMP's static sharing that iteration `number` of `count` falls into, counted out.
int countedThread(int number, int count, int threads) {
  int first = 0;
  for (int thread = 0; thread < threads; ++thread) {
    const int size = count / threads + (thread < count % threads ? 1 : 0);
    if (number < first + size)
      return thread;
    first += size;
  }
  return -1;
}

TEST(GroupByThread, SharesEachExecutionOfTheLoopIntoBlocks) {
  const auto s = samples::schedule(5); // it runs in parallel, once per tt
  for (const int threads : {1, 2, 3, 7}) {
    const SpaceGroups groups = groupByThread(*s, threads);
    EXPECT_EQ(groups.count, threads);
    ASSERT_EQ(groups.of.size(), s->space.clouds[0].count * 2);
    std::map<int, std::set<int>> values; // of it, per tt
    for (const InstanceCloud& cloud : s->space.clouds)
      for (std::size_t row = 0; row < cloud.count; ++row)
        values[cloud.time[row * 4]].insert(cloud.time[row * 4 + 1]);
    std::size_t id = 0;
    for (const InstanceCloud& cloud : s->space.clouds)
      for (std::size_t row = 0; row < cloud.count; ++row, ++id) {
        const std::set<int>& all = values[cloud.time[row * 4]];
        const int number = cloud.time[row * 4 + 1] - *all.begin();
        EXPECT_EQ(groups.of[id], countedThread(number, *all.rbegin() - *all.begin() + 1, threads));
      }
  }
}

TEST(GroupByThread, NumbersDynamicChunksAndSaysSo) {
  auto s = *samples::schedule(5);
  s.code = {{"#pragma omp parallel for schedule(dynamic)", "it", -1}};
  const SpaceGroups groups = groupByThread(s, 2);
  EXPECT_NE(groups.remark.find("modulo"), std::string::npos);
  const InstanceCloud& cloud = s.space.clouds[0];
  for (std::size_t row = 0; row < cloud.count; ++row)
    for (std::size_t other = 0; other < cloud.count; ++other)
      if (cloud.time[row * 4] == cloud.time[other * 4] && cloud.time[row * 4 + 1] + 1 == cloud.time[other * 4 + 1]) {
        EXPECT_NE(groups.of[row], groups.of[other]);
      }
}

TEST(GroupByThread, WithoutAParallelLoopThereAreNone) {
  const SpaceGroups groups = groupByThread(*samples::schedule(4), 4);
  EXPECT_EQ(groups.count, 0);
  EXPECT_FALSE(groups.remark.empty());
  EXPECT_TRUE(std::ranges::all_of(groups.of, [](int group) { return group == -1; }));
}

TEST(GroupByLane, CountsInsideGroupsOfTheWidth) {
  auto s = *samples::schedule(3);
  for (LoopTreeNode& node : s.tree)
    if (node.name == "i")
      node.vectorWidth = 4;
  const SpaceGroups groups = groupByLane(s);
  EXPECT_EQ(groups.count, 4);
  std::size_t id = 0;
  for (const InstanceCloud& cloud : s.space.clouds)
    for (std::size_t row = 0; row < cloud.count; ++row, ++id)
      EXPECT_EQ(groups.of[id], cloud.time[row * 2 + 1] % 4);
}

TEST(Arrows, AreCarriedKeptOrViolatedByTheOrderShown) {
  const auto s = samples::illegalSchedule(); // fused: distance 0 and 1 are kept, one backwards is not
  SpaceScene scene;
  scene.program = samples::program();
  scene.schedule = s;
  scene.rebuild({SpaceOrder::New, 1, 0});
  std::set<ArrowState> states;
  for (const PlotArrow& arrow : scene.arrows) {
    const PlotPoint &from = scene.data.points[arrow.from], &to = scene.data.points[arrow.to];
    const InstanceCloud &a = s->space.clouds[static_cast<std::size_t>(from.cloud)], &b = s->space.clouds[static_cast<std::size_t>(to.cloud)];
    const auto at = [](const InstanceCloud& cloud, const PlotPoint& point, std::size_t d) {
      return cloud.time[static_cast<std::size_t>(point.index) * 2 + d];
    };
    const bool same = at(a, from, 0) == at(b, to, 0) && at(a, from, 1) == at(b, to, 1);
    if (!arrow.isViolated()) {
      EXPECT_EQ(arrow.state == ArrowState::Kept, same);
    }
    states.insert(arrow.state);
  }
  EXPECT_EQ(states.size(), 3U);
}

TEST(Solid, SeenFromTheFrontItIsThePlane) {
  const auto s = samples::schedule(4);
  const PlotData plane = project(s->space, {SpaceOrder::New, 3, 2});
  EXPECT_EQ(defaultDepth(s->space, plane.projection), 0); // tt: only tile loops are left
  const SolidData data = projectSolid(s->space, plane, 0);
  const SolidView view(data, {.azimuth = 0, .elevation = 0}, {0, 0, 300, 300});
  ASSERT_EQ(data.points.size(), plane.points.size());
  for (std::size_t k = 1; k < data.points.size(); ++k) {
    const SolidPlace a = view.toScreen(data.points[0]), b = view.toScreen(data.points[k]);
    EXPECT_EQ(b.x > a.x, plane.points[k].x > plane.points[0].x);
    EXPECT_EQ(b.y < a.y, plane.points[k].y > plane.points[0].y);
    EXPECT_LE(b.depth, a.depth); // larger values of z are farther away
    EXPECT_FLOAT_EQ(data.points[k][2], static_cast<float>(s->space.clouds[static_cast<std::size_t>(plane.points[k].cloud)]
                                                              .time[static_cast<std::size_t>(plane.points[k].index) * 4]));
  }
}

TEST(Solid, TurningKeepsDistancesAndAllPointsInside) {
  const auto s = samples::schedule(4);
  const SolidData data = projectSolid(s->space, project(s->space, {SpaceOrder::New, 3, 2}), 0);
  SolidCamera camera;
  double reference = 0;
  for (int step = 0; step < 40; ++step) {
    if (step % 10 == 0) { // tilting fits anew, turning does not
      camera = camera.turned(0, step % 20 == 0 ? 0.4 : -0.9);
      reference = 0;
    }
    camera = camera.turned(0.3, 0);
    const SolidView view(data, camera, {10, 20, 300, 200});
    const SolidPlace a = view.toScreen(data.points.front()), b = view.toScreen(data.points.back());
    const double length = std::hypot(a.x - b.x, a.y - b.y, a.depth - b.depth);
    reference = reference == 0 ? length : reference;
    EXPECT_NEAR(length, reference, 1e-6 * reference);
    for (const SolidPoint& point : data.points) {
      const SolidPlace place = view.toScreen(point);
      EXPECT_TRUE(place.x > 10 && place.x < 310 && place.y > 20 && place.y < 220);
    }
  }
}

TEST(Solid, OfNoProgramIsEmpty) {
  const SpaceSnapshot none;
  const SolidData data = projectSolid(none, project(none, {SpaceOrder::Original, 0, 0}), 0); // what empty boxes choose
  EXPECT_TRUE(data.points.empty());
  EXPECT_TRUE(data.labels[2].empty());
}

TEST(Solid, IsPaintedFromBackToFrontAndClipped) {
  const auto s = samples::schedule(3);
  const SolidData data = projectSolid(s->space, project(s->space, {SpaceOrder::New, 1, 0}), kNoDimension);
  const SolidView view(data, {}, {0, 0, 400, 300});
  const auto all = paintingOrder(data, view, wholeBox(data), 0);
  EXPECT_EQ(std::set<std::uint32_t>(all.begin(), all.end()).size(), data.points.size());
  const double extent = view.toScreen(data.points[all.back()]).depth - view.toScreen(data.points[all.front()]).depth;
  for (std::size_t k = 1; k < all.size(); ++k)
    EXPECT_GE(view.toScreen(data.points[all[k]]).depth, view.toScreen(data.points[all[k - 1]]).depth - extent / 1000);
  ClipBox clip = wholeBox(data);
  clip.low[1] = 2.75F, clip.high[1] = 4.5F;
  for (const std::uint32_t id : paintingOrder(data, view, clip, 0))
    EXPECT_TRUE(data.points[id][1] >= 2.75F && data.points[id][1] <= 4.5F);
  EXPECT_LE(paintingOrder(data, view, wholeBox(data), 50).size(), 50U);
}

} // namespace
} // namespace polyloom
