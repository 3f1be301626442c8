#include "views/memory_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace polyloom {

namespace {

constexpr std::array kCellSizes = {24.0, 20.0, 18.0, 16.0, 14.0, 12.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0};
constexpr double kMargin = 8, kGap = 14, kPlaneGap = 8;

std::int64_t columnsOf(const TraceArray& array, double width, double cellSize) {
  if (array.extents.size() > 1)
    return std::max<std::int64_t>(array.extents.back(), 1);
  const std::int64_t perLine = std::max<std::int64_t>(array.lineBytes / array.elementBytes, 1);
  const auto most = static_cast<std::int64_t>(std::max(width / cellSize, 1.0));
  const std::int64_t whole = most / perLine * perLine;
  return std::clamp<std::int64_t>(whole > 0 ? whole : most, 1, std::max<std::uint32_t>(array.cells, 1));
}

/// "A[2][0]", the plane's own subscripts.
std::string planeLabel(const TraceArray& array, std::int64_t plane) {
  std::string subscripts;
  for (std::size_t d = array.extents.size() - 2; d-- > 0; plane /= array.extents[d])
    subscripts = "[" + std::to_string(plane % array.extents[d]) + "]" + subscripts;
  return array.name + subscripts;
}

/// The grids of one array, the first at the origin, and the room that they take.
struct Block {
  std::vector<CellGrid> grids;
  QSizeF size;
};

Block blockOf(const TraceArray& array, std::size_t number, double width, double cellSize, const LayoutMetrics& metrics) {
  const std::int64_t columns = columnsOf(array, width, cellSize);
  const bool isVolume = array.extents.size() > 2;
  const std::int64_t rows = array.extents.size() > 1 ? array.extents[array.extents.size() - 2]
                                                     : (array.cells + columns - 1) / columns;
  const std::int64_t perPlane = isVolume ? std::max<std::int64_t>(rows * columns, 1) : std::max<std::uint32_t>(array.cells, 1);
  const double label = isVolume ? metrics.lineHeight : 0;
  const QSizeF plane(static_cast<double>(columns) * cellSize, static_cast<double>(rows) * cellSize + label);
  Block block;
  double x = 0, y = 0;
  for (std::int64_t first = 0; first < array.cells; first += perPlane) {
    const std::string name = isVolume ? planeLabel(array, first / perPlane) : std::string();
    const double wide = std::max(plane.width(), static_cast<double>(name.size()) * metrics.characterWidth);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += plane.height() + kPlaneGap;
    }
    block.grids.push_back({number, array.firstCell + static_cast<std::uint32_t>(first),
                           static_cast<std::uint32_t>(std::min<std::int64_t>(perPlane, array.cells - first)),
                           static_cast<int>(columns), static_cast<int>(rows), name, QPointF(x, y + label)});
    block.size = block.size.expandedTo({x + wide, y + plane.height()});
    x += wide + kPlaneGap;
  }
  const double title = static_cast<double>(arrayTitle(array).size()) * metrics.characterWidth;
  block.size = block.size.expandedTo({title, 0});
  return block;
}

} // namespace

std::string arrayTitle(const TraceArray& array) {
  std::string text = array.name;
  for (std::size_t d = 0; d < array.extents.size(); ++d)
    text += (d == 0 ? "  " : " × ") + std::to_string(array.extents[d]);
  return text;
}

MemoryLayout::MemoryLayout(const ExecutionTrace& trace, QSizeF room, const LayoutMetrics& metrics) {
  for (const double size : kCellSizes) {
    cellSize_ = size;
    place(trace, room.width(), metrics);
    if (size_.height() <= room.height() && size_.width() <= room.width())
      return;
  }
}

void MemoryLayout::place(const ExecutionTrace& trace, double width, const LayoutMetrics& metrics) {
  grids_.clear();
  titles_.clear();
  size_ = {};
  const double inner = std::max(width - 2 * kMargin, 1.0), head = metrics.lineHeight + 2;
  double x = kMargin, y = kMargin / 2, shelf = 0;
  for (std::size_t a = 0; a < trace.arrays.size(); ++a) {
    Block block = blockOf(trace.arrays[a], a, inner, cellSize_, metrics);
    if (x > kMargin && x + block.size.width() > width - kMargin) {
      x = kMargin;
      y += shelf + kGap / 2;
      shelf = 0;
    }
    titles_.push_back({a, QPointF(x, y)});
    for (CellGrid& grid : block.grids) {
      grid.origin += QPointF(x, y + head);
      grids_.push_back(std::move(grid));
    }
    shelf = std::max(shelf, head + block.size.height());
    size_ = size_.expandedTo({x + block.size.width() + kMargin, y + shelf + kMargin});
    x += block.size.width() + kGap;
  }
}

QRectF MemoryLayout::rectOf(const CellGrid& grid) const {
  return {grid.origin, QSizeF(grid.columns * cellSize_, grid.rows * cellSize_)};
}

QRectF MemoryLayout::rectOf(const CellGrid& grid, std::uint32_t cell) const {
  const auto number = static_cast<int>(cell - grid.firstCell);
  return {grid.origin.x() + number % grid.columns * cellSize_, grid.origin.y() + number / grid.columns * cellSize_,
          cellSize_, cellSize_};
}

QRectF MemoryLayout::rectOf(std::uint32_t cell) const {
  const auto after = std::ranges::upper_bound(grids_, cell, {}, &CellGrid::firstCell);
  return rectOf(*(after - 1), cell);
}

std::optional<std::uint32_t> MemoryLayout::cellAt(const QPointF& position) const {
  for (const CellGrid& grid : grids_) {
    if (!rectOf(grid).contains(position))
      continue;
    const QPointF inside = (position - grid.origin) / cellSize_;
    const auto number = static_cast<std::uint32_t>(static_cast<int>(inside.y()) * grid.columns + static_cast<int>(inside.x()));
    if (number < grid.cells)
      return grid.firstCell + number;
  }
  return std::nullopt;
}

} // namespace polyloom
