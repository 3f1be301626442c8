// How far a run is at each spot of a picture.
#pragma once

#include "core/snapshot/execution_trace.h"
#include "views/space_scene.h"

#include <cstdint>
#include <optional>
#include <vector>

class QPainter;
class QPointF;

namespace polyloom {

/// All drawn instances of a statement on one spot.
struct ExecutedSpot {
  std::size_t step = 0; ///< one of them
  int statement = 0;
  PlanePoint place; ///< in the world of the plot
  int steps = 0, done = 0;

  double filled() const { return static_cast<double>(done) / steps; }
};

/// Statements have marks of their own, and stand apart: spots are where one statement's points fall on each other.
class ExecutedSpots {
public:
  ExecutedSpots() = default;
  /// Of the run of the scene's clouds, as the scene's projection shows them.
  ExecutedSpots(const ExecutionTrace& trace, const SpaceScene& scene);

  /// So many steps have been executed.
  void count(std::size_t done);
  const std::vector<ExecutedSpot>& spots() const { return spots_; }
  /// Of a step's instance; null where it is not drawn.
  const ExecutedSpot* of(std::size_t step) const;

private:
  std::vector<ExecutedSpot> spots_;
  std::vector<std::int32_t> spotOf_; ///< per step; -1: not drawn
};

/// Takes the filling out of a point's mark, as far as its spot has not been executed.
void paintVeil(QPainter& painter, const QPointF& place, const ExecutedSpot& spot, double radius, const Theme& theme);
/// Around the instance executed last.
void paintExecutedRing(QPainter& painter, const QPointF& place, double radius, const Theme& theme);

} // namespace polyloom
