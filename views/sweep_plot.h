// A sweep as a picture: a curve over one number, a map over two.
#pragma once

#include "views/sweep_data.h"
#include "views/theme.h"

#include <QWidget>

#include <optional>

class QCPAxis;
class QCPPainter;
class QCustomPlot;
class QPaintDevice;

namespace polyloom {

/// Speedups over the original order with their intervals. Counts stand on a logarithmic axis. What is not legal is hatched, the best
/// has a star, what cannot be told apart from it a ring, the present value a dotted line (in a map: a frame).
/// A click takes a point; so do Return and Space at the one that the arrow keys have gone to.
class SweepPlot : public QWidget {
  Q_OBJECT

public:
  explicit SweepPlot(QWidget* parent = nullptr);
  ~SweepPlot() override;

  void setTheme(const Theme& theme);
  void setData(const SweepData& data);
  /// The point that the recipe has now.
  void setCurrent(std::optional<std::size_t> point);
  std::optional<std::size_t> cursor() const { return cursor_; }
  void setCursorPoint(std::optional<std::size_t> point);
  /// Where a point stands, and which one a place belongs to.
  QPointF placeOf(std::size_t point) const;
  std::optional<std::size_t> pointAt(QPointF place) const;
  /// The picture alone, of this size, from the device's origin on.
  void paintTo(QPaintDevice& device, QSize size) const;
  QSize minimumSizeHint() const override { return {120, 84}; }

Q_SIGNALS:
  void taken(std::size_t point);
  /// The pointer or the keys have gone to another point.
  void cursorMoved();

protected:
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

private:
  void rebuild();
  void showHint();
  void drawCurve();
  void drawSource(const std::string& source, int index);
  void markPoints(const std::string& source);
  void drawBands();
  void drawMap();
  void drawCell(std::size_t point, double least, double most);
  void drawCursor();
  void styleAxis(QCPAxis& axis, std::size_t number, bool isWide);
  void fitSpeedups();
  double keyOf(std::size_t axis, std::size_t index) const;
  std::size_t columnOf(std::size_t point) const;
  std::size_t rowOf(std::size_t point) const;
  void moveCursor(int columns, int rows);
  QColor hatchOf(const SweepPoint& point) const;

  SweepData data_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  QCustomPlot* plot_;
  std::optional<std::size_t> current_, cursor_;
};

} // namespace polyloom
