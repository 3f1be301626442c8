// A schedule's loops as LOOPer counts them: each together with its tiles, strips and lanes.
#pragma once

#include "core/schedule/schedule.h"
#include "models/features/nest_outline.h"

#include <cstddef>
#include <vector>

namespace polyloom {

/// Loops around a computation that run in one direction. `tile i j by 32 64` makes four loops, and two of these.
struct LooperIterator {
  std::vector<std::size_t> steps; ///< into OutlineStatement::steps, from the outermost to the innermost
  std::vector<double> sizes;      ///< per step: iterations of the loop itself that one of its iterations holds; 1: the loop itself
  std::size_t own = 0;            ///< the step that stands for all: the innermost one that is neither strip nor lanes
  bool isSum = false;             ///< none of them has values that are not divided: a sum of tile loops

  std::vector<double> row; ///< the loop's values per iterator of the source (with sums: its direction)
  double shift = 0;        ///< the value of the instance 0
  double stride = 1;       ///< distance of neighboring values
  std::vector<double> move; ///< per dimension, how the instance moves with an iteration of the loop itself
  int dimension = -1;      ///< which iterator of the source it carries, from 0; -1: none
  double lanes = 0, jam = 0;          ///< iterations that run together; 0: none
  double tile = 0, largestTile = 0;   ///< sizes; 0: no tiles
};

/// Which of the schedule's loops LOOPer's tree has, and what each of its computations sees of them.
///
/// Strips and lanes are no loops of the tree: the loop over the groups stands for them. A tile loop is one only where its
/// points are no single loop: where they are several, or where a buffer is filled inside. So the tree is the source's as
/// long as steps are LOOPer's.
struct LooperNest {
  /// How a loop of the tree differs from the source's.
  struct Sharing {
    bool isFused = false;       ///< loops of the source meet in it
    bool isDistributed = false; ///< some statement of its loop of the source runs elsewhere
    bool isSplit = false;       ///< other iterations of one of its statements run elsewhere
  };

  std::vector<std::vector<LooperIterator>> iterators; ///< per statement of the outline, by their own steps from the outside in
  std::vector<int> standIn;      ///< per loop of the outline: the loop that stands for it in the tree; itself if it is there
  std::vector<Sharing> sharing;  ///< per loop of the outline

  bool isThere(std::size_t loop) const { return standIn[loop] == static_cast<int>(loop); }
};

/// Iterations that a step has unrolled into one, all of them where it dissolved the loop; 0: none.
double unrollFactor(const OutlineLoop& loop);

/// `outline` is the schedule's.
LooperNest looperNest(const Schedule& schedule, const NestOutline& outline);

/// Per dimension of a statement's instances: -1 where its loop of the source counts down, else 1.
std::vector<double> sourceSigns(const Scop& program, const OutlineStatement& statement);

} // namespace polyloom
