// From a schedule to its run, access by access.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/step.h"
#include "core/snapshot/cache_choice.h"
#include "core/snapshot/execution_trace.h"
#include "core/snapshot/snapshot.h"

#include <stop_token>

namespace polyloom {

class Schedule;

struct TraceOptions {
  CacheChoice caches;
  std::size_t limit = 200'000; ///< accesses; whole instances are recorded
  std::stop_token stop = {};   ///< ends it early, truncated
};

/// Runs the schedule's code at the space's parameter values, without executing it; instances are found in the space's
/// clouds. Refuses, in the trace's own sentence, what has no code or no accesses, and arrays of more than a few million
/// cells. Cost: the code generator's milliseconds, and about a microsecond per access.
ExecutionTrace makeExecutionTrace(const Schedule& schedule, const SpaceSnapshot& space, const CacheHierarchy& caches,
                                  const TraceOptions& options);

/// The original order and the one that the recipe leads to, in the same caches: those that fit the original arrays.
ExecutionTraces makeExecutionTraces(const ScopPtr& scop, const Recipe& recipe, const SpaceSnapshot& space,
                                    const TraceOptions& options);

} // namespace polyloom
