// How much data moves between caches, from the extents of loops and accesses alone.
#pragma once

#include "models/features/access_moves.h"
#include "models/features/machine_facts.h"

#include <array>
#include <vector>

namespace polyloom {

/// Bytes of different lines (or pages) that are touched.
struct WorkingSet {
  double lines = 0; ///< bytes in lines
  double pages = 0; ///< bytes in pages

  double forLevel(std::size_t level) const { return level < kCaches ? lines : pages; }
};

struct LoopTraffic {
  WorkingSet iteration; ///< of one iteration
  WorkingSet execution; ///< of all iterations from entering to leaving
};

/// Of one group of a statement's accesses, over the whole run.
struct GroupTraffic {
  std::array<double, kLevels> lines{}; ///< that come through each level
  double footprint = 0;                ///< bytes of different lines of the whole run
  double stream = 0;                   ///< the share of lines that follow their neighbors, after the first ones of a run
};

struct Traffic {
  std::vector<LoopTraffic> loops; ///< as the outline's
  WorkingSet whole;
  std::vector<std::vector<GroupMoves>> moves;     ///< per statement and group
  std::vector<std::vector<GroupTraffic>> groups;  ///< likewise
};

/// What one loop needs over and over fits a level or not: then its lines come once per execution of the loop around, or
/// once per iteration. The share of a working set that fits falls smoothly around the level's size, because no
/// cache is used whole.
double fitting(double bytes, double levelBytes);

/// For each level, a group's lines come once per execution of the outermost loop of which one iteration fits. Accesses
/// of one array that the loops further out move alike share their lines.
Traffic trafficOf(const NestOutline& outline, const MachineFacts& machine, int threads);

} // namespace polyloom
