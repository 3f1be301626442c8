#include "core/schedule/isl_scheduler.h"

#include "core/isl/context.h"
#include "core/schedule/decompose.h"
#include "core/schedule/from_isl.h"
#include "core/schedule/order_relation.h"
#include "core/schedule/pull_out.h"
#include "core/schedule/schedule.h"
#include "core/schedule/steps/schedule.h"

#include <optional>

namespace polyloom {

namespace {

isl::schedule_constraints constraintsOf(const Scop& scop, const Dependences& dependences) {
  isl::union_map all = isl::union_map::empty(scop.ctx());
  for (const Dependence& dependence : dependences.all())
    all = all.unite(isl::union_map(dependence.relation));
  return isl::schedule_constraints::on_domain(domainOf(scop))
      .set_context(scop.context)
      .set_validity(all)
      .set_proximity(all)
      .set_coincidence(all);
}

/// Steps of our own that lead to the tree's order; nothing where none are found within the bound.
std::optional<std::vector<Step>> takenApart(const ScopPtr& scop, const ScheduleTree& tree,
                                            const Dependences& dependences, unsigned long maxOperations) {
  try {
    const IslQuota quota(scop->ctx(), maxOperations);
    const ScheduleTree target = withoutPlacingLoops(tree, *scop, &dependences);
    const std::optional<std::vector<Step>> steps = decompose(scop, target);
    if (!steps)
      return std::nullopt;
    const Replay replayed = replay(scop, *steps);
    if (!replayed.refusal && haveSameOrder(replayed.schedule.tree(), target, *scop))
      return steps;
  } catch (const isl::exception_quota&) { // the last resort costs nothing
  }
  return std::nullopt;
}

} // namespace

Result<IslRecipe> recipeFromIsl(const ScopPtr& scop, const Dependences& dependences, const SchedulingOptions& options,
                                unsigned long maxOperations) {
  std::optional<isl::schedule> found;
  try {
    const IslQuota quota(scop->ctx(), maxOperations);
    found = computeSchedule(constraintsOf(*scop, dependences), options);
  } catch (const isl::exception_quota&) {
    return failure("too-hard", "isl's scheduler needs more work for this program than it may cost; try another "
                               "algorithm or less fusion");
  }
  const Result<ScheduleTree> tree = treeFromIsl(*found, *scop);
  if (!tree)
    return std::unexpected(tree.error());
  if (std::optional<std::vector<Step>> steps = takenApart(scop, *tree, dependences, maxOperations))
    return IslRecipe{std::move(*steps), true};
  return IslRecipe{{makeScheduleStep(*tree)}, false};
}

} // namespace polyloom
