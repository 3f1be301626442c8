#include "views/space_geometry.h"

#include "tests/support/sample_snapshots.h"
#include "views/point_grid.h"

#include <gtest/gtest.h>

#include <set>

namespace polyloom {
namespace {

TEST(Viewport, MapsThereAndBack) {
  const Viewport view{12, 20, 50, 300};
  EXPECT_EQ(view.toScreen({2, 3}), (PlanePoint{74, 240}));
  EXPECT_EQ(view.toWorld({74, 240}), (PlanePoint{2, 3}));
}

TEST(Viewport, ZoomKeepsWhatLiesUnderTheAnchor) {
  const Viewport view{12, 20, 50, 300};
  const PlanePoint anchor{140, 90}, before = view.toWorld(anchor), after = view.zoomed(1.7, anchor).toWorld(anchor);
  EXPECT_NEAR(before.x, after.x, 1e-9);
  EXPECT_NEAR(before.y, after.y, 1e-9);
  EXPECT_DOUBLE_EQ(view.zoomed(1.7, anchor).scaleX, 12 * 1.7);
}

TEST(Viewport, FitShowsTheWholeWorldCentered) {
  const Viewport view = Viewport::fit({0, 0, 10, 5}, {20, 10, 200, 100});
  EXPECT_EQ(view.toScreen({0, 5}), (PlanePoint{20, 10}));
  EXPECT_EQ(view.toScreen({10, 0}), (PlanePoint{220, 110}));
}

TEST(Viewport, FitStretchesOneAxisOnlySoFar) {
  const Viewport view = Viewport::fit({0, 0, 100, 2}, {0, 0, 300, 300}, 3);
  EXPECT_DOUBLE_EQ(view.scaleX, 3);
  EXPECT_DOUBLE_EQ(view.scaleY, 9);
}

TEST(Ticks, AreIntegersSpacedByOneTwoOrFive) {
  EXPECT_EQ(ticks(-0.5, 4.5, 10), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(ticks(0, 10, 6), (std::vector<std::int64_t>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(ticks(0, 10, 3), (std::vector<std::int64_t>{0, 5, 10}));
  EXPECT_EQ(ticks(-25, 25, 6), (std::vector<std::int64_t>{-20, -10, 0, 10, 20}));
  EXPECT_TRUE(ticks(1, 0, 5).empty());
}

TEST(Dimensions, MergeTheNamesOfLoopsAtOneDepth) {
  const auto s = samples::schedule(0);
  EXPECT_EQ(dimensionLabels(s->space, SpaceOrder::Original), (std::vector<std::string>{"t", "i / j"}));
}

TEST(Dimensions, TileLoopsAreNotTheFirstChoice) {
  const auto s = samples::schedule(4);
  EXPECT_EQ(defaultProjection(s->space, SpaceOrder::New), (Projection{SpaceOrder::New, 3, 2}));
  EXPECT_EQ(defaultProjection(s->space, SpaceOrder::Original), (Projection{SpaceOrder::Original, 1, 0}));
}

TEST(DefaultProjection, PassesOverLoopsThatTellLittle) {
  auto space = samples::schedule(4)->space;
  // As after a skew of the tile loops: the outermost one no longer counts tiles by name.
  for (InstanceCloud& cloud : space.clouds)
    cloud.timeIsTile[0] = false;
  EXPECT_EQ(defaultProjection(space, SpaceOrder::New), (Projection{SpaceOrder::New, 3, 2}));
  // A loop that runs once is no axis.
  space = samples::schedule(3)->space;
  for (InstanceCloud& cloud : space.clouds) {
    cloud.timeLoops.insert(cloud.timeLoops.begin(), "once");
    cloud.timeIsTile.insert(cloud.timeIsTile.begin(), false);
    for (std::size_t row = 0; row < cloud.count; ++row)
      cloud.time.insert(cloud.time.begin() + static_cast<std::ptrdiff_t>(row * cloud.timeLoops.size()), 0);
  }
  EXPECT_EQ(defaultProjection(space, SpaceOrder::New), (Projection{SpaceOrder::New, 2, 1}));
}

TEST(Project, PlacesInstancesByTheirTime) {
  const auto s = samples::schedule(3);
  const PlotData data = project(s->space, {SpaceOrder::New, 1, 0});
  const InstanceCloud& cloud = s->space.clouds[0];
  ASSERT_EQ(data.points.size(), cloud.count * 2);
  for (std::size_t row = 0; row < cloud.count; ++row) {
    EXPECT_FLOAT_EQ(data.points[row].y, static_cast<float>(cloud.source[row * 2]));
    EXPECT_FLOAT_EQ(data.points[row].x, static_cast<float>(cloud.source[row * 2 + 1] + 2 * cloud.source[row * 2]));
  }
}

TEST(Project, SetsStatementsOnOneSpotApart) {
  const auto s = samples::schedule(0);
  const PlotData data = project(s->space, {SpaceOrder::Original, 1, 0});
  std::set<std::pair<float, float>> places;
  for (const PlotPoint& point : data.points)
    EXPECT_TRUE(places.insert({point.x, point.y}).second);
  EXPECT_EQ(data.pointId(1, 3), s->space.clouds[0].count + 3);
}

TEST(Project, StatementsWithoutTheLoopStandBeforeAllOthers) {
  SpaceSnapshot space;
  InstanceCloud outer, inner;
  outer.sourceLoops = {"i"}, outer.source = {0, 1}, outer.count = 2;
  inner.statement = 1, inner.sourceLoops = {"i", "k"}, inner.source = {0, 5, 1, 6}, inner.count = 2;
  space.clouds = {outer, inner};
  const PlotData data = project(space, {SpaceOrder::Original, 1, 0});
  ASSERT_TRUE(data.absentX.has_value());
  EXPECT_LT(data.points[0].x, data.points[2].x);
  EXPECT_FALSE(data.absentY.has_value());
}

TEST(Project, GroupsTilesWithOutlinesAroundTheirPoints) {
  const auto s = samples::schedule(4);
  const PlotData data = project(s->space, defaultProjection(s->space, SpaceOrder::New));
  ASSERT_GT(data.tiles.size(), 2U);
  for (const PlotPoint& point : data.points) {
    ASSERT_GE(point.tile, 0);
    const auto& outline = data.tiles[static_cast<std::size_t>(point.tile)].outline;
    for (std::size_t k = 0; k < outline.size(); ++k) {
      const PlanePoint a = outline[k], b = outline[(k + 1) % outline.size()];
      EXPECT_GE((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x), -1e-5);
    }
  }
}

TEST(Project, NeighboringTilesDifferInColor) {
  const auto s = samples::schedule(4);
  const PlotData data = project(s->space, defaultProjection(s->space, SpaceOrder::New));
  for (const TileShape& a : data.tiles)
    for (const TileShape& b : data.tiles)
      if (std::abs(a.indices[0] - b.indices[0]) + std::abs(a.indices[1] - b.indices[1]) == 1) {
        EXPECT_NE(a.color, b.color);
      }
}

TEST(Project, AnEmptySpaceHasBounds) {
  const PlotData data = project({}, {SpaceOrder::New, 0, kNoDimension});
  EXPECT_TRUE(data.points.empty());
  EXPECT_GT(data.bounds.width, 0);
}

TEST(Neighbor, ArrowKeysGoToTheClosestPointStraightOn) {
  const auto s = samples::schedule(0, 4, 5);
  const PlotData data = project(s->space, {SpaceOrder::Original, 1, 0});
  const auto right = neighbor(data, data.pointId(0, 0), Direction::Right);
  ASSERT_TRUE(right.has_value());
  EXPECT_GT(data.points[*right].x, data.points[0].x);
  EXPECT_FALSE(neighbor(data, data.pointId(0, 0), Direction::Left).has_value());
  EXPECT_FALSE(neighbor(data, data.pointId(0, 0), Direction::Down).has_value());
}

TEST(PointGrid, FindsTheSamePointAsAFullSearch) {
  const auto s = samples::schedule(4, 12, 40);
  const PlotData data = project(s->space, defaultProjection(s->space, SpaceOrder::New));
  const PointGrid grid(data);
  for (std::size_t k = 0; k < data.points.size(); k += 7) {
    const PlanePoint at{data.points[k].x + 0.05, data.points[k].y - 0.04};
    const auto found = grid.nearest(data, at, 0.3, 0.3);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, k);
  }
  EXPECT_FALSE(grid.nearest(data, {-100, -100}, 0.3, 0.3).has_value());
}

} // namespace
} // namespace polyloom
