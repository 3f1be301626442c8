// Schedules to OpenScop.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule.h"

#include <string>

namespace polyloom {

/// The program in OpenScop's text format, its scattering the schedule's order: what Clan writes for the original order,
/// and what a tool behind it would write for any other. Attributes of loops, element types, extents and default values
/// have no place in the format. readOpenScop gives the program back.
/// Refuses coefficients of more than 64 bits ("too-large"), and changed storage ("changed-storage"): statements travel as
/// the source's text.
Result<std::string> writeOpenScop(const Schedule& schedule);

} // namespace polyloom
