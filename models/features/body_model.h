// How one iteration of an innermost loop runs: which instructions, and what they wait for.
#pragma once

#include "models/features/access_moves.h"
#include "models/features/machine_facts.h"

#include <vector>

namespace polyloom {

/// What an access does from one iteration of a loop to the next.
enum class StrideClass { Still, Unit, Small, Large };

/// Small: within the same or the next line.
StrideClass strideClass(double bytes, double elementBytes);

/// A statement below its innermost loop that is neither unrolled completely nor a group of lanes.
struct BodyShape {
  int body = -1;        ///< position of that loop among the statement's; -1: there is none
  double lanes = 1;     ///< of explicit vectors
  double copies = 1;    ///< jammed iterations
  double unrolled = 1;  ///< iterations of short loops
  int laneLoop = -1;    ///< position of the lane loop
};
BodyShape bodyShape(const OutlineStatement& statement, const NestOutline& outline);

/// Cycles per instance of a statement, data in the first level.
struct InstanceCost {
  double arithmetic = 0;
  double loads = 0, stores = 0;
  double latency = 0; ///< of what one iteration needs from an earlier one
  double compilerLanes = 1; ///< > 1: a compiler makes vectors of this loop by itself
  bool carriesSum = false;  ///< the innermost loop adds up one cell
  bool carriesFlow = false; ///< an iteration reads what an earlier one wrote elsewhere

  double cycles() const;
};

/// One entry per statement of the outline.
std::vector<InstanceCost> instanceCosts(const NestOutline& outline, const std::vector<std::vector<GroupMoves>>& moves,
                                        const MachineFacts& machine);

} // namespace polyloom
