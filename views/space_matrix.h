// All projections at once: a small picture for every pair of dimensions.
#pragma once

#include "views/executed_spots.h"
#include "views/space_scene.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace polyloom {

/// Where the pairs of `dimensions` dimensions stand: outer dimensions grow downwards, inner ones to the right.
struct MatrixCell {
  int outer = 0, inner = 1; ///< outer < inner: the outer one is the vertical axis
  friend bool operator==(const MatrixCell&, const MatrixCell&) = default;
};
std::vector<MatrixCell> matrixCells(int dimensions);

/// Paints cell by cell between events, so that large spaces do not hold up the window. A click, or Enter on the framed
/// cell, chooses its pair.
class SpaceMatrix : public QWidget {
  Q_OBJECT

public:
  explicit SpaceMatrix(SpaceOrder order, QWidget* parent = nullptr);

  void setSpace(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  /// Whose dimensions are shown, from the next setSpace on.
  void setOrder(SpaceOrder order) { order_ = order; }
  void setStyle(const SpaceStyle& style);
  /// The pair that the plane shows now.
  void setCurrent(const Projection& projection);

  const std::vector<MatrixCell>& cells() const { return cells_; }
  /// Where a cell is on the widget.
  QRectF rectOf(const MatrixCell& cell) const;
  bool isComplete() const { return painted_ == cells_.size(); }
  /// A run of the shown order's points, in the order `of`; null: none. Points to come are hollow.
  void setTrace(std::shared_ptr<const ExecutionTrace> trace, SpaceOrder of);
  void setDone(std::size_t steps);
  /// How much of the spot of a step's instance has been executed in a painted cell, from 0 to 1; nothing where it is not drawn.
  std::optional<double> filled(std::size_t cell, std::size_t step) const;
  /// Paints what is left at once.
  void finish();

  QSize sizeHint() const override { return {340, 300}; }
  QSize minimumSizeHint() const override { return {150, 120}; }

Q_SIGNALS:
  void pairChosen(int x, int y);

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

private:
  void startOver();
  void paintNext();
  QPixmap paintCell(const MatrixCell& cell);
  int cellAt(const QPointF& position) const;
  void move(int down, int right);
  void drawLabels(QPainter& painter);
  bool isRunning() const;
  void drawProgress(QPainter& painter, std::size_t cell);

  SpaceOrder order_;
  SpaceScene scene_;
  std::vector<std::string> labels_;
  std::vector<MatrixCell> cells_;
  std::vector<QPixmap> pictures_; ///< of the first cells, as far as they are painted
  /// How far a run is in one painted cell.
  struct CellProgress {
    ExecutedSpots spots;
    Viewport view; ///< within the cell's picture
    double radius = 1;
  };
  std::vector<CellProgress> progress_; ///< of the first cells, where there is a run
  std::shared_ptr<const ExecutionTrace> trace_;
  SpaceOrder traced_ = SpaceOrder::New;
  std::size_t done_ = 0;
  std::size_t painted_ = 0;
  int current_ = -1, framed_ = 0, hovered_ = -1;
  QTimer next_;
};

} // namespace polyloom
