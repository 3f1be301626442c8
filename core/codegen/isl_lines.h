// A schedule in isl's own forms, line by line.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule.h"
#include "core/snapshot/snapshot.h"

#include <vector>

namespace polyloom {

/// The schedule tree, a node a line; the lines of a loop's mark and band belong to the loop, a filter of one statement to
/// the statement.
std::vector<CodeLine> scheduleLines(const Schedule& schedule);

/// What isl's generator makes of it before anything else is done: its own C, where statements are calls.
/// Fails where isl gives up.
Result<std::vector<CodeLine>> astLines(const Schedule& schedule);

} // namespace polyloom
