// isl's scheduler as a place to start from.
#pragma once

#include "core/base/diagnostic.h"
#include "core/isl/scheduling.h"
#include "core/program/dependences.h"
#include "core/schedule/step.h"

#include <string>
#include <vector>

namespace polyloom {

/// A recipe that leads to the schedule that isl found.
struct IslRecipe {
  std::vector<Step> steps;
  bool isDecomposed = true; ///< false: it is one `schedule` step, the last resort
};

/// Lets isl schedule the program under its dependences (validity, distances and coincidence of all of them; S. Verdoolaege,
/// Scheduling for PPCG, 2017) and takes the result apart into steps that replay to the same order, which is compared
/// pair by pair. Only statements that isl places in a loop that is none of theirs leave it where the dependences allow (see
/// pull_out.h). What cannot be taken apart is one `schedule` step, with isl's very order. Fails where isl needs more than `maxOperations`.
/// Cost: milliseconds for a nest, seconds for the largest kernels.
Result<IslRecipe> recipeFromIsl(const ScopPtr& scop, const Dependences& dependences, const SchedulingOptions& options,
                                unsigned long maxOperations = 100'000'000);

} // namespace polyloom
