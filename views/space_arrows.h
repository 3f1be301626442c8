// The look of one arrow: its kind in color and head, what becomes of it in dash and ornament.
#pragma once

#include "views/space_scene.h"

class QPainter;

namespace polyloom {

struct ArrowLook {
  DependenceInfo::Kind kind = DependenceInfo::Kind::Flow;
  ArrowState state = ArrowState::Carried;
  double width = 1.1;
  double opacity = 1;
  double head = 6; ///< the head's length
};

/// From `start` to `tip`. Flow has a filled head, anti an open one, output a diamond. Carried: a solid line. Kept
/// in one iteration: dots, from a small ball. Violated: dashes in the color of violations, two heads and a cross.
void drawArrow(QPainter& painter, const Theme& theme, const QPointF& start, const QPointF& tip, const ArrowLook& look);

/// Both ends on one spot: the dependence lies along dimensions that are not shown.
void drawArrowRing(QPainter& painter, const Theme& theme, const QPointF& center, double radius, const ArrowLook& look);

} // namespace polyloom
