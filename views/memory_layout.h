// Where the cells of arrays stand in the memory view: without widgets.
#pragma once

#include "core/snapshot/execution_trace.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A grid of cells: a matrix, a plane of a larger array, or a vector in rows.
struct CellGrid {
  std::size_t array = 0;
  std::uint32_t firstCell = 0, cells = 0;
  int columns = 1, rows = 1;
  std::string label; ///< "A[2]" over a plane; empty over the only one
  QPointF origin;    ///< of the first cell
};

/// Texts above the grids need this much room.
struct LayoutMetrics {
  double lineHeight = 14;
  double characterWidth = 7;
};

/// Arrays one after the other, in rows from left to right; planes of an array likewise. Cells are as large as the room
/// allows; where even the smallest do not fit, the picture is higher than the room.
class MemoryLayout {
public:
  MemoryLayout() = default;
  MemoryLayout(const ExecutionTrace& trace, QSizeF room, const LayoutMetrics& metrics);

  struct Title {
    std::size_t array = 0;
    QPointF at; ///< its text's upper left corner
  };

  double cellSize() const { return cellSize_; }
  QSizeF size() const { return size_; }
  const std::vector<CellGrid>& grids() const { return grids_; }
  const std::vector<Title>& titles() const { return titles_; }
  QRectF rectOf(const CellGrid& grid) const;
  /// A cell within its grid.
  QRectF rectOf(const CellGrid& grid, std::uint32_t cell) const;
  QRectF rectOf(std::uint32_t cell) const;
  std::optional<std::uint32_t> cellAt(const QPointF& position) const;

private:
  void place(const ExecutionTrace& trace, double width, const LayoutMetrics& metrics);

  double cellSize_ = 0;
  QSizeF size_;
  std::vector<CellGrid> grids_; ///< by first cells
  std::vector<Title> titles_;
};

/// "A 8 × 16", "s".
std::string arrayTitle(const TraceArray& array);

} // namespace polyloom
