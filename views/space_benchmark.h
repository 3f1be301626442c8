// How fast the iteration space follows the hand.
#pragma once

#include "core/snapshot/snapshot.h"

#include <functional>
#include <memory>

namespace polyloom {

class IterationSpaceView;

/// How long it takes until both pictures show a space, in milliseconds.
struct DrawingTime {
  double points = 0;       ///< until the points are on the screen
  double all = 0;          ///< and all arrows
  double longestBlock = 0; ///< that the event loop did not run meanwhile
};

struct FrameRate {
  double panFramesPerSecond = 0;
  double zoomFramesPerSecond = 0;
  double turnFramesPerSecond = 0; ///< in three dimensions
  DrawingTime drawing;            ///< from the snapshot on
  double repaintMilliseconds = 0;      ///< one picture painted from nothing
  double closeRepaintMilliseconds = 0; ///< the same, so close that its arrows are told apart
  double slowestFrameMilliseconds = 0;
  std::size_t points = 0;
  std::size_t arrows = 0;
};

/// Calls `begin` and runs the event loop until `isGiven` and all that the view was given is drawn. The view must be visible.
DrawingTime measureDrawing(IterationSpaceView& view, const std::function<void()>& begin, const std::function<bool()>& isGiven);

/// A program and a tiled schedule with about `points` instances and half as many flow arrows, made up for measuring.
std::shared_ptr<const ProgramSnapshot> makeBenchmarkProgram();
std::shared_ptr<const ScheduleSnapshot> makeBenchmarkSchedule(int points);

/// Pans, zooms and turns pictures of `points` instances for `frames` frames each, painting every frame.
FrameRate measureFramesPerSecond(int points, int frames = 120);

} // namespace polyloom
