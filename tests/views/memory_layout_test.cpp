// Where cells stand, without widgets.
#include "tests/support/sample_traces.h"
#include "views/memory_layout.h"

#include <gtest/gtest.h>

#include <set>

namespace polyloom {
namespace {

/// Every cell's rectangle lies in the picture, meets no other one, and is found again at its middle.
void expectAllCellsApart(const ExecutionTrace& trace, const MemoryLayout& layout) {
  std::set<std::pair<int, int>> corners;
  for (std::uint32_t cell = 0; cell < trace.cells; ++cell) {
    const QRectF rect = layout.rectOf(cell);
    EXPECT_TRUE(QRectF(QPointF(), layout.size()).contains(rect)) << cell;
    EXPECT_EQ(layout.cellAt(rect.center()), cell);
    EXPECT_TRUE(corners.emplace(static_cast<int>(rect.x() * 4), static_cast<int>(rect.y() * 4)).second) << cell;
  }
}

TEST(MemoryLayout, ShowsMatricesVectorsVolumesAndScalars) {
  const ExecutionTrace trace = samples::sweep({{"A", {5, 7}}, {"v", {23}}, {"V", {3, 4, 6}}, {"s", {}}, {"W", {2, 2, 2, 3}}});
  const MemoryLayout layout(trace, {600, 400}, {});
  EXPECT_LE(layout.size().width(), 600);
  EXPECT_LE(layout.size().height(), 400);
  EXPECT_GE(layout.cellSize(), 12);
  expectAllCellsApart(trace, layout);
  ASSERT_EQ(layout.titles().size(), 5U);
  ASSERT_EQ(layout.grids().size(), 1U + 1 + 3 + 1 + 4);
  EXPECT_EQ(layout.grids()[0].columns, 7);
  EXPECT_EQ(layout.grids()[0].rows, 5);
  EXPECT_EQ(layout.grids()[3].label, "V[1]");
  EXPECT_EQ(layout.grids()[8].label, "W[1][0]");
  EXPECT_EQ(arrayTitle(trace.arrays[0]), "A  5 × 7");
  EXPECT_EQ(arrayTitle(trace.arrays[3]), "s");
}

TEST(MemoryLayout, WrapsVectorsAtWholeLines) {
  const ExecutionTrace trace = samples::sweep({{"v", {200}}});
  const MemoryLayout layout(trace, {300, 200}, {});
  EXPECT_EQ(layout.grids()[0].columns % 4, 0);
  EXPECT_GT(layout.grids()[0].rows, 1);
  expectAllCellsApart(trace, layout);
}

TEST(MemoryLayout, GrowsDownwardsWhereTheSmallestCellsDoNotFit) {
  const ExecutionTrace trace = samples::sweep({{"A", {300, 40}}});
  const MemoryLayout layout(trace, {200, 100}, {});
  EXPECT_EQ(layout.cellSize(), 2);
  EXPECT_GT(layout.size().height(), 600);
  EXPECT_EQ(layout.cellAt({-3, 5}), std::nullopt);
  EXPECT_EQ(layout.cellAt({150, 400}), std::nullopt);
}

TEST(MemoryLayout, HasNothingWithoutArrays) {
  const MemoryLayout layout(ExecutionTrace{}, {200, 100}, {});
  EXPECT_TRUE(layout.grids().empty());
  EXPECT_EQ(layout.cellAt({20, 20}), std::nullopt);
}

} // namespace
} // namespace polyloom
