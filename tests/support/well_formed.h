// What a schedule tree promises, checked.
#pragma once

#include "core/schedule/schedule.h"

#include <string>

namespace polyloom::test {

/// The first broken promise of a well-formed tree (see schedule_tree.h) in words; empty where it keeps them all.
/// The root has to hold exactly the program's instances.
std::string defectOf(const ScheduleTree& tree, const Scop& scop);

/// The union of the leaves' domains.
isl::union_set leafDomain(const ScheduleTree& tree);

} // namespace polyloom::test
