// Two children of one sequence, named by statements.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule_tree.h"

#include <cstddef>
#include <string>

namespace polyloom {

/// Places in the innermost sequence that has both.
struct SharedBody {
  TreePtr sequence;
  std::size_t first = 0, second = 0; ///< different children
};

/// Where two different statements meet below a node: each stands for the child that contains it. Refuses a statement
/// that is not there and one with copies in several children; the message is its name.
Result<SharedBody> findSharedBody(const TreePtr& scope, const std::string& first, const std::string& second);

/// "reorder S1 S0" or "reorder S1 S0 in i": the step that brings child `first` of a sequence directly before `second`.
/// Empty where no two names tell the children apart.
std::string reorderText(const ScheduleTree& tree, const SharedBody& places, const Scop& scop);

} // namespace polyloom
