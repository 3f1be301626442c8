// Finding loops in a schedule tree, and making changed copies of it.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule_tree.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// The nodes from the root down to the loop of that name, the loop last; empty if there is none.
std::vector<TreePtr> pathToLoop(const ScheduleTree& tree, const std::string& name);

/// The path, or a refusal that lists the loops there are.
Result<std::vector<TreePtr>> requireLoop(const ScheduleTree& tree, const std::string& name);

/// Refuses the name of no statement, with the statements there are.
std::optional<Diagnostic> refuseUnknownStatement(const Scop& scop, const std::string& name);

/// All loop names, in depth-first order.
std::vector<std::string> loopNames(const ScheduleTree& tree);

/// Names of the statements that have instances below a node, in the program's order.
std::vector<std::string> statementsBelow(const TreeNode& node, const Scop& scop);

/// The place of the first child of a sequence that holds instances of the statement; past the end where none does.
std::size_t firstHolder(const TreeNode& sequence, const std::string& statement);

/// The tree with one node (found by identity) replaced; the replacement has the same domain.
ScheduleTree replaceNode(const ScheduleTree& tree, const TreeNode* old, const TreePtr& replacement);

/// A copy of a loop with other children.
TreePtr withChild(const TreeNode& loop, TreePtr child);

/// The loop with some of its instances left, those of `children` (in their order), and a name.
TreePtr loopOver(const TreeNode& loop, const std::string& name, const std::vector<TreePtr>& children);

/// A sequence of the children; children that are sequences dissolve, a single child stands for itself.
TreePtr makeSequence(const std::vector<TreePtr>& children);

/// `wanted` if it is free in the tree and not in `taken`, else with the next free of the suffixes _2, _3 …
std::string freshName(const ScheduleTree& tree, const std::string& wanted, const std::set<std::string>& taken = {});

/// "t, i and j".
std::string joinWords(const std::vector<std::string>& words, const std::string& last = "and");

/// The loops of `names` as nodes, outermost first in the order given: each the only child of the one before.
/// Refuses a name that stands twice, a wrong order, and loops with something between them (says what).
Result<std::vector<TreePtr>> requireDirectNest(const ScheduleTree& tree, const std::vector<std::string>& names,
                                               const Scop& scop);

} // namespace polyloom
