// Traces for tests.
#pragma once

#include "core/program/dependences.h"
#include "core/snapshot/make_execution_trace.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/support/named_programs.h"

#include <string>
#include <vector>

namespace polyloom::test {

/// Lines of four doubles.
inline const CacheHierarchy kSmallCaches = toyCaches(32, 1, 8);

inline Recipe recipeOf(const Schedule& schedule) {
  Recipe recipe;
  recipe.steps = schedule.recipe();
  return recipe;
}

inline SpaceSnapshot spaceOf(const Schedule& schedule, const ParameterValues& values) {
  const ScopPtr& scop = schedule.source();
  return makeSpaceSnapshot(scop, computeDependences(*scop), recipeOf(schedule), values, 100000);
}

inline ExecutionTrace traceFor(const Schedule& schedule, const ParameterValues& values,
                               const CacheHierarchy& caches = kSmallCaches, const TraceOptions& options = {}) {
  return makeExecutionTrace(schedule, spaceOf(schedule, values), caches, options);
}

} // namespace polyloom::test
