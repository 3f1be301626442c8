// The dependences on a buffer that `pack` has just made.
#pragma once

#include "core/program/dependences.h"
#include "core/schedule/stage.h"

#include <vector>

namespace polyloom {

/// Those of the stage's newest buffer, in the order that the stage begins with: its loops' iterations are the fillings.
///
/// Within one filling the statements of the stage before keep the dependences `before` that they had on the packed
/// array, the copy in comes first and the copy out last. One filling runs as a whole before the next, so that what was
/// between two accesses of a cell is in their filling, too. Between fillings only the reuse of cells counts, all pairs of
/// it: where each thread has the buffer for itself, some pairs no longer hold, and others cannot stand for them.
/// `firstStage`: the program whose own order `before` has where it is not complete.
/// Cost: for each pair of statements an intersection per loop around the filling. isl's exceptions pass through.
std::vector<Dependence> dependencesOnNewBuffer(const Stage& stage, const Dependences& before, const Scop& firstStage);

} // namespace polyloom
