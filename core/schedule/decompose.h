// From an order back to steps that lead to it.
#pragma once

#include "core/schedule/schedule.h"
#include "core/schedule/step.h"

#include <optional>
#include <vector>

namespace polyloom {

/// Steps from the program's original order to `target` (a tree without loops that only place statements): interchange,
/// reverse, skew, unimodular and shift where loops already hold the right statements; else the loops are distributed,
/// transformed one nest at a time, and fused again. Nothing where that does not lead there: split statements, values
/// with divisions or several pieces, matrices that are not unimodular, an order of statements that needs other steps.
/// A heuristic: the caller compares the orders.
std::optional<std::vector<Step>> decompose(const ScopPtr& scop, const ScheduleTree& target);

} // namespace polyloom
