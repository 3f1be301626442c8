// How fast the iteration space follows the hand.
#pragma once

#include "core/snapshot/snapshot.h"

#include <memory>

namespace polyloom {

struct FrameRate {
  double panFramesPerSecond = 0;
  double zoomFramesPerSecond = 0;
  double turnFramesPerSecond = 0;      ///< in three dimensions
  double firstDrawingMilliseconds = 0; ///< both pictures, from the snapshot to the screen
  double repaintMilliseconds = 0; ///< one picture painted from nothing
  double slowestFrameMilliseconds = 0;
  std::size_t points = 0;
  std::size_t arrows = 0;
};

/// A program and a tiled schedule with about `points` instances and half as many flow arrows, made up for measuring.
std::shared_ptr<const ProgramSnapshot> makeBenchmarkProgram();
std::shared_ptr<const ScheduleSnapshot> makeBenchmarkSchedule(int points);

/// Pans, zooms and turns pictures of `points` instances for `frames` frames each, painting every frame.
FrameRate measureFramesPerSecond(int points, int frames = 120);

} // namespace polyloom
