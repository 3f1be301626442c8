// What the loops of an order do along a dependence.
#pragma once

#include "core/program/dependences.h"
#include "core/schedule/schedule_tree.h"
#include "core/snapshot/mathematics.h"

#include <vector>

namespace polyloom {

/// A leaf of a tree with the loops around it, outermost first.
struct PlacedLeaf {
  const TreeNode* leaf = nullptr;
  std::vector<const TreeNode*> loops;
};

/// The leaves that hold instances of a statement, in the order of the tree.
std::vector<PlacedLeaf> leavesOf(const ScheduleTree& tree, const Statement& statement);

/// One vector for each pair of leaves that has pairs of the dependence; `scop` knows its statements. Exact, but where isl
/// needs more work than `maxOperations` allow for one of them, that one is not known.
std::vector<DirectionVector> directionVectors(const ScheduleTree& tree, const Dependence& dependence, const Scop& scop,
                                              unsigned long maxOperations = 300'000);

} // namespace polyloom
