// Runs of the sample program, made by hand. For tests of views.
#pragma once

#include "core/snapshot/execution_trace.h"
#include "core/snapshot/snapshot.h"

#include <memory>
#include <string>
#include <vector>

namespace polyloom::samples {

/// jacobi-1d's run in its own order, and in the order of the schedule's space; the clouds are those of the space.
/// Simulated caches: 8 lines of 4 doubles.
ExecutionTracesPtr traces(const ScheduleSnapshot& schedule);

/// A run that reads each cell of arrays of these extents once, an instance per cell, without a space.
ExecutionTrace sweep(const std::vector<std::pair<std::string, std::vector<std::int64_t>>>& arrays);

/// Both orders are this one.
ExecutionTracesPtr both(const ExecutionTrace& trace);

} // namespace polyloom::samples
