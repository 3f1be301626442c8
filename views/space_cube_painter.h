// Paints three dimensions of the iteration space: box, polyhedra, points by depth, arrows.
#pragma once

#include "views/space_scene.h"
#include "views/space_solid.h"
#include "views/space_wires.h"

#include <QPointF>

#include <cstddef>
#include <cstdint>
#include <vector>

class QImage;
class QPainter;

namespace polyloom {

/// What a cube is painted from. Keeps references.
struct CubePicture {
  const SpaceScene& scene;
  const SolidData& solid;
  const std::vector<Wire>& wires;
  SolidView view;
  ClipBox whole; ///< the box of all points
  ClipBox clip;
  const std::vector<std::uint32_t>* steps = nullptr; ///< per point, when a run executes it; null: no run
  std::size_t done = 0; ///< so many steps have been executed: the other points are hollow
};

/// How much is painted: less while the picture turns.
struct CubeQuality {
  std::size_t points = 0; ///< at most; 0: all
  std::size_t arrows = 2400;
  bool smooth = true;
};

/// Fills the image. Returns one in how many arrows is painted.
int paintCube(QImage& image, const CubePicture& picture, const CubeQuality& quality);

/// A ring around the instance that a run has executed last.
void paintCubeRing(QPainter& painter, const CubePicture& picture, const InstanceId& instance);

/// A ring around a point, and the arrows that begin or end there.
void paintCubeFocus(QPainter& painter, const CubePicture& picture, const InstanceId& instance, bool strong);

} // namespace polyloom
