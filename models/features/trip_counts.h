// How often the loops around a statement run, estimated from its domain and the loops' values.
#pragma once

#include "models/features/polyhedron.h"

#include <span>
#include <vector>

namespace polyloom {

/// factor · floor(form), where `lost` is the most that the floor takes away: (s - 1) / s for x / s.
struct FloorPart {
  double factor = 1;
  LinearForm form;
  double lost = 0;
};

/// A loop's value for one statement: a linear form rounded to an integer. The value lies between form - above and
/// form + below: both are 0 for a plain loop; floor(x / s) has the form x / s and (s - 1) / s above.
struct LoopForm {
  LinearForm value;
  std::vector<FloorPart> floors = {}; ///< what is rounded in it
  double above = 0, below = 0;
  double stride = 1; ///< distance of neighboring values

  bool isRounded() const { return above > 0 || below > 0; }
};

/// How many iterations of `inner` one value of `outer` holds; 0 where it does not confine them: where the two do not run in
/// one direction.
double iterationsWithin(const LoopForm& outer, const LoopForm& inner);

/// The instances of a statement as conditions of the form value >= 0.
struct InstanceSet {
  std::size_t dimensions = 0;
  std::vector<LinearForm> conditions;
};

/// Per loop, in how many iterations of it (and those around it) some instance lies: the number of different values of
/// the loops up to this one. Exact for boxes under loops that each follow one dimension; where conditions or values tie
/// dimensions together, the mean over `samples` walks from the outside in, each of which multiplies the numbers of
/// iterations that it finds (Knuth, Estimating the efficiency of backtrack programs, 1975).
std::vector<double> iterationCounts(const InstanceSet& set, std::span<const LoopForm> loops, int samples);

} // namespace polyloom
