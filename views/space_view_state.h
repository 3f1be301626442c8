// Everything that a reader chooses in the iteration space, as one plain value.
#pragma once

#include "views/space_scene.h"

#include <array>
#include <set>
#include <string>

namespace polyloom {

enum class SpaceMode { Plane, Solid, Matrix };

/// Names of loops on the axes of one side; "" is the first choice for this schedule.
struct SpaceAxesState {
  std::string x, y, z;
  friend bool operator==(const SpaceAxesState&, const SpaceAxesState&) = default;
};

/// Kept with a session; what it names and a program lacks is ignored.
struct SpaceViewState {
  SpaceMode mode = SpaceMode::Plane;
  ColorBy colorBy = ColorBy::Statement;
  SpaceLayout layout = SpaceLayout::Overlaid;
  std::array<bool, 3> kinds = {true, false, false};
  std::array<bool, 3> states = {true, true, true};
  std::set<std::string> hiddenArrays, hiddenStatements;
  bool tiles = true, hulls = false, legend = true;
  std::array<SpaceAxesState, 2> axes; ///< by SpaceOrder
  double azimuth = -0.55, elevation = 0.35; ///< of the view of three dimensions, in radians
  friend bool operator==(const SpaceViewState&, const SpaceViewState&) = default;
};

} // namespace polyloom
