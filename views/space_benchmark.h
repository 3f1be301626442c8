// How fast the iteration space follows the hand.
#pragma once

#include "core/snapshot/snapshot.h"

#include <memory>

namespace polyloom {

struct FrameRate {
  double panFramesPerSecond = 0;
  double zoomFramesPerSecond = 0;
  double repaintMilliseconds = 0; ///< one picture painted from nothing
  double slowestFrameMilliseconds = 0;
  std::size_t points = 0;
  std::size_t arrows = 0;
};

/// A program and a tiled schedule with about `points` instances and their flow arrows, made up for measuring.
std::shared_ptr<const ProgramSnapshot> makeBenchmarkProgram();
std::shared_ptr<const ScheduleSnapshot> makeBenchmarkSchedule(int points);

/// Pans and zooms a shown plot of `points` instances for `frames` frames each, painting every frame.
FrameRate measureFramesPerSecond(int points, int frames = 120);

} // namespace polyloom
