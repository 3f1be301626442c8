// The part of a plot's picture that stays while the view moves.
#pragma once

#include "views/space_scene.h"

#include <QImage>
#include <QRectF>

namespace polyloom {

/// Grid, tiles, hulls, arrows and points, as seen through one viewport.
struct SpaceLayer {
  QImage picture;
  Viewport view;
  int arrowStep = 1; ///< see SpacePainter::paintArrows
};

/// Paints what lies in `covered`, `ratio` device pixels each; without arrows in a third of the time. Any thread may do so.
/// Cost: some 90 ms for 100 000 points.
SpaceLayer paintLayer(const SpaceScene& scene, const Viewport& view, const QRectF& covered, double ratio, bool withArrows = true);

/// Whether placing and painting so many points and arrows takes longer than the window's thread may stay away.
bool isLarge(const ScheduleSnapshot* schedule);

} // namespace polyloom
