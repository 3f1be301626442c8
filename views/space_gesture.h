// The seam between a plot and gestures on it: what lies under the pointer, who takes the mouse, what is painted above.
#pragma once

#include "views/space_scene.h"

#include <QPointF>

#include <optional>

class QPainter;
class QRectF;

namespace polyloom {

/// Everything that a place on a plot means.
struct SpaceHit {
  QPointF position;            ///< on the widget, in pixels
  PlanePoint world;            ///< on the plane, in loop values
  LatticePoint lattice;        ///< the closest integer values
  InstanceId instance;         ///< under the pointer, or invalid
  std::optional<HullHit> hull; ///< the part of a statement's hull, whether or not hulls are painted
  Qt::KeyboardModifiers modifiers = {};
};

/// Takes part in a plot's mouse and painting. The plot asks on each press; who says yes gets what follows, until the
/// button is released or Escape ends it, and the plot neither pans nor selects meanwhile.
class SpaceGesture {
public:
  virtual ~SpaceGesture() = default;

  virtual bool press(const SpaceHit& hit, Qt::KeyboardModifiers modifiers) = 0;
  virtual void move(const SpaceHit& hit) = 0;
  /// Returns whether it was more than a click, which the plot takes as its own.
  virtual bool release(const SpaceHit& hit) = 0;
  virtual void cancel() = 0;

  /// The pointer moves with no button down. Returns its shape here; nothing: the plot's own.
  virtual std::optional<Qt::CursorShape> hover(const SpaceHit& hit) = 0;
  /// The pointer is no longer on the plot.
  virtual void leave() {}
  /// Ghosts and handles, above points and below the note. The painter is clipped to `area`; called in every frame.
  virtual void paint(QPainter& painter, const SpaceScene& scene, const Viewport& view, const QRectF& area) const = 0;
};

} // namespace polyloom
