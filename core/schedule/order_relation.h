// The order of a schedule tree as relations, to compare trees that look different.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/schedule_tree.h"

#include <isl/cpp.h>

namespace polyloom {

/// { source[…] -> sink[…] : the source runs before the sink }, concurrent loops from their first value to their last.
isl::map orderBetween(const ScheduleTree& tree, const Statement& source, const Statement& sink);

/// Whether two trees over the same instances run them in the same order. Cost: one relation per pair of statements.
bool haveSameOrder(const ScheduleTree& a, const ScheduleTree& b, const Scop& scop);

} // namespace polyloom
