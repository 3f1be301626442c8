// How the loops around a statement move its accesses through their arrays.
#pragma once

#include "models/features/nest_outline.h"

#include <vector>

namespace polyloom {

/// A group of accesses (AccessGroup) under the loops around its statement.
struct GroupMoves {
  const AccessGroup* group = nullptr;
  const ArrayFacts* array = nullptr;
  std::size_t rank = 0;
  std::vector<double> steps;  ///< per loop and dimension: cells by which one iteration of the loop moves
  std::vector<double> spans;  ///< per loop and dimension: cells that all of its iterations move over
  std::vector<double> bytes;  ///< per loop: of one iteration, with its sign
  std::vector<double> trips;  ///< per loop: 1 where it moves nothing
  std::vector<double> origin; ///< per dimension: the cell of the group's first access where all loops have the value 0

  double step(std::size_t loop, std::size_t dimension) const { return steps[loop * rank + dimension]; }
  double span(std::size_t loop, std::size_t dimension) const { return spans[loop * rank + dimension]; }
  bool movesAlong(std::size_t loop) const { return trips[loop] > 1 || bytes[loop] != 0; }

  /// Blocks of `lineBytes` that the loops from number `from` on (inner ones follow) touch in one execution, those further
  /// out standing still: no more than the box of the spans holds, and no more than the cells that are visited.
  double lines(std::size_t from, double lineBytes) const;
  /// Different cells, likewise.
  double cells(std::size_t from) const;
};

/// One entry per group of the statement's facts.
std::vector<GroupMoves> movesOf(const OutlineStatement& statement, const NestOutline& outline);

} // namespace polyloom
