// The dependences of a program after a change of storage.
#pragma once

#include "core/program/dependences.h"
#include "core/schedule/schedule.h"

#include <cstddef>
#include <optional>

namespace polyloom {

/// Of stage number `stage`; schedule.finishedStages().size() is the running one. `source`: those of the program as it
/// was read.
///
/// Arrays that kept their cells keep their dependences. In the first stage the others get theirs by dataflow analysis
/// (`expand`); later ones have all pairs of accesses to one cell, in the order that the stage began with. Flow on a
/// buffer never leaves one filling of it; for a buffer's first stage see dependencesOnNewBuffer. Remembered with the stage.
/// Cost: for each pair of accesses one walk down the tree. isl's exceptions pass through.
Dependences dependencesOf(const Schedule& schedule, std::size_t stage, const Dependences& source);

/// Of the running stage. The source's own where no step has changed storage.
Dependences currentDependences(const Schedule& schedule, const Dependences& source);

/// The pairs { S0[…] -> S1[…] } whose first instance the tree runs before the second one; parallel and lane loops in
/// the order of their values.
isl::map orderedPairs(const ScheduleTree& tree, const isl::map& pairs);

} // namespace polyloom
