#include "core/legality/pending.h"

#include "core/isl/extra.h"
#include "core/program/reduction.h"
#include "core/schedule/values.h"

#include <set>

namespace polyloom {

namespace {

bool isOwnReduction(const Scop& scop, const Dependence& dependence) {
  const Statement& statement = scop.statements[static_cast<std::size_t>(dependence.from)];
  return dependence.from == dependence.to && statement.accesses.front().array == dependence.array &&
         isReduction(statement);
}

/// The pairs that `node` lets pass to its child `next`.
isl::map passing(const TreeNode& node, const TreeNode& next, const PendingPairs& pending) {
  if (node.isLoop()) {
    const SidedValue values = sidesOf(node, pending);
    return pending.pairs.intersect(equalMap(values.source, values.sink));
  }
  const isl::set sources = next.domain.extract_set(pending.pairs.space().domain());
  const isl::set sinks = next.domain.extract_set(pending.pairs.space().range());
  return pending.pairs.intersect_domain(sources).intersect_range(sinks);
}

} // namespace

std::vector<PendingPairs> pendingAt(const Schedule& schedule, const Dependences& dependences,
                                    const std::vector<TreePtr>& path, bool reassociate) {
  const Scop& scop = schedule.program();
  const std::set<std::string> below = statementsIn(path.back()->domain);
  std::vector<PendingPairs> result;
  for (std::size_t d = 0; d < dependences.all().size(); ++d) {
    const Dependence& dependence = dependences.all()[d];
    PendingPairs pending{static_cast<int>(d), scop.statements[static_cast<std::size_t>(dependence.from)].name,
                         scop.statements[static_cast<std::size_t>(dependence.to)].name, dependence.relation};
    if (!below.contains(pending.source) || !below.contains(pending.sink))
      continue;
    if (reassociate && isOwnReduction(scop, dependence))
      pending.pairs = pending.pairs.subtract(
          updatesOfOneCell(scop.statements[static_cast<std::size_t>(dependence.from)], pending.pairs));
    for (std::size_t k = 0; k + 1 < path.size() && !pending.pairs.is_empty(); ++k)
      pending.pairs = passing(*path[k], *path[k + 1], pending);
    if (!pending.pairs.is_empty())
      result.push_back(std::move(pending));
  }
  return result;
}

SidedValue sidesOf(const TreeNode& loop, const PendingPairs& pairs) {
  return {loop.values.at(pairs.source), loop.values.at(pairs.sink)};
}

isl::set distancesAt(const std::vector<TreePtr>& loops, const std::vector<PendingPairs>& pending) {
  isl::set all;
  for (const PendingPairs& pairs : pending) {
    std::vector<SidedValue> values;
    for (const TreePtr& loop : loops)
      values.push_back(sidesOf(*loop, pairs));
    const isl::set distances = distanceSet(pairs.pairs, values);
    all = all.is_null() ? distances : all.unite(distances);
  }
  return all;
}

} // namespace polyloom
