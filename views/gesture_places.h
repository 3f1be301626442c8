// Points that a lasso has caught, and the loop nests that a shape can be dragged between.
#pragma once

#include "views/gesture_meaning.h"
#include "views/gesture_shape.h"

#include <cstdint>
#include <vector>

namespace polyloom {

/// Places of the present order that are to run at once.
struct LassoedPlaces {
  std::vector<PlanePoint> marks; ///< all points inside
  QStringList loops;             ///< on the axes, the outer one first
  std::vector<std::vector<std::int64_t>> rows; ///< their values of `loops`, each row once
  QString problem;               ///< why nothing can be asked about them; empty: it can
};

LassoedPlaces placesInside(const SpaceScene& scene, const std::vector<PlanePoint>& lasso);

/// A rectangle that splits or tiles: of the statement that has most points inside; none: -1.
int statementInside(const SpaceScene& scene, PlanePoint a, PlanePoint b);

/// Drop a statement's shape at a place of the plot: on a shape in other loops it fuses with these, beside its own
/// coordinate system it gets a loop of its own.
GestureMeaning meaningOfDrop(const SpaceScene& scene, const std::vector<HullShape>& hulls, int statement, PlanePoint at);

} // namespace polyloom
