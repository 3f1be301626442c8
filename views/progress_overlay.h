// What has been executed, drawn over a plot of the iteration space.
#pragma once

#include "core/snapshot/execution_trace.h"
#include "views/executed_spots.h"
#include "views/theme.h"

#include <QPointF>
#include <QWidget>

#include <memory>
#include <optional>

namespace polyloom {

class SpacePlot;

/// Points to come are hollow and fill in as they are executed; the instance executed last has a ring. Several instances
/// on one spot fill it by degrees. At the end of a run, and without one, the plot looks as ever.
class ProgressOverlay : public QWidget {
  Q_OBJECT

public:
  /// Covers the plot, and goes with it.
  explicit ProgressOverlay(SpacePlot& plot);

  void setTheme(const Theme& theme);
  /// Of the clouds that the plot shows. Null: no run.
  void setTrace(std::shared_ptr<const ExecutionTrace> trace);
  void setDone(std::size_t steps);
  /// How much of the spot of a step's instance has been executed, from 0 to 1; nothing where it is not drawn.
  std::optional<double> filled(std::size_t step);
  /// Where the ring is; nothing where there is none.
  std::optional<QPointF> ring() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  bool isIdle() const;
  void findSpots();
  std::optional<QPointF> positionOf(std::size_t step) const;

  SpacePlot& plot_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  std::shared_ptr<const ExecutionTrace> trace_;
  std::size_t done_ = 0;
  std::optional<ExecutedSpots> spots_;
  int shownX_ = 0, shownY_ = 0;      ///< the projection that the spots are of
};

} // namespace polyloom
