// From a schedule to executable code.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"
#include "core/schedule/schedule.h"

namespace polyloom {

/// Scans the schedule with isl's AST generator. What is emitted is what legality judges: the same tree.
/// Fails only when isl gives up (quota, abort). Cost: milliseconds for a nest.
Result<Kernel> makeKernel(const Schedule& schedule);

} // namespace polyloom
