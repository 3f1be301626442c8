// The cells of all arrays at one moment of a run.
#pragma once

#include "core/snapshot/trace_cursor.h"
#include "views/memory_layout.h"
#include "views/theme.h"

#include <QRgb>
#include <QWidget>

#include <array>
#include <vector>

class QPainter;

namespace polyloom {

/// Grids of cells: the ground shows the nearest cache that has the cell's line, the ink when the cell was touched last
/// (blue: read, orange: written; it fades), a ring and a diamond mark what the present step reads and writes. Bars
/// between cells are the boundaries of lines. Draws 100 000 cells in some milliseconds.
class MemoryPlane : public QWidget {
  Q_OBJECT

public:
  explicit MemoryPlane(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Stays valid while it is shown; null: nothing to show.
  void setCursor(const TraceCursor* cursor);
  /// After the cursor has moved.
  void refresh() { update(); }
  /// Lays the cells out for so much room.
  void fit(const QSizeF& room);

  const MemoryLayout& layoutOfCells() const { return layout_; }
  /// Who wrote the cell last, who uses it next, how far apart.
  QString describe(std::uint32_t cell) const;
  QSize sizeHint() const override { return layout_.size().toSize().expandedTo({40, 40}); }

protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

private:
  static constexpr std::size_t kAges = 14;
  static constexpr std::size_t kMostLevels = 5; ///< more look like the last

  void mixColors();
  std::size_t ageOf(std::int32_t access) const;
  QRgb colorOf(std::uint32_t cell, const TraceArray& array) const;
  void paintSmall(QPainter& painter, const CellGrid& grid);
  void paintLarge(QPainter& painter, const CellGrid& grid, const QRectF& exposed);
  void paintLines(QPainter& painter, const CellGrid& grid, const QRectF& exposed);
  void paintTouched(QPainter& painter);
  void paintTexts(QPainter& painter);
  QString describeAccess(std::int32_t access) const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
  const TraceCursor* cursor_ = nullptr;
  MemoryLayout layout_;
  std::array<QRgb, kMostLevels> ground_{};                          ///< per level
  std::array<std::array<QRgb, kAges>, 2> ink_{};                    ///< for large cells: read, written; per age
  std::array<std::array<std::array<QRgb, kAges>, 2>, kMostLevels> mixed_{}; ///< for small ones
};

/// The color of what a level has; `level` may be that of memory.
QColor levelColor(const Theme& theme, std::size_t level, std::size_t levels);
QColor readColor(const Theme& theme);
QColor writeColor(const Theme& theme);

} // namespace polyloom
