#include "views/space_layer.h"

#include "views/space_painter.h"

#include <QPainter>

namespace polyloom {

namespace {

constexpr std::size_t kMuch = 40000; ///< points and arrows

} // namespace

SpaceLayer paintLayer(const SpaceScene& scene, const Viewport& view, const QRectF& covered, double ratio, bool withArrows) {
  SpaceLayer layer{QImage((covered.size() * ratio).toSize(), QImage::Format_RGB32), view};
  layer.picture.setDevicePixelRatio(ratio);
  layer.picture.fill(scene.style.theme.panel);
  QPainter painter(&layer.picture);
  painter.translate(-covered.topLeft());
  SpacePainter space(painter, scene, view, covered);
  space.paintGrid();
  space.paintTiles();
  space.paintHulls();
  if (withArrows)
    layer.arrowStep = space.paintArrows();
  space.paintPoints();
  return layer;
}

bool isLarge(const ScheduleSnapshot* schedule) {
  std::size_t much = 0;
  if (schedule) {
    for (const InstanceCloud& cloud : schedule->space.clouds)
      much += cloud.count;
    for (const DependenceArrows& arrows : schedule->space.arrows)
      much += arrows.from.size();
  }
  return much > kMuch;
}

} // namespace polyloom
