#include "core/program/dependences.h"

#include "core/base/check.h"
#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/program/order.h"

#include <fmt/format.h>

#include <numeric>

namespace polyloom {

namespace {

/// By all statements.
isl::union_map accessesOf(const Scop& scop, int array, bool isWrite) {
  isl::union_map all = isl::union_map::empty(scop.ctx());
  for (const Statement& statement : scop.statements)
    all = all.unite(accessesOf(scop, statement, array, isWrite));
  return all;
}

int statementOf(const Scop& scop, const isl::set& instances) {
  const std::optional<int> index = findStatement(scop, tupleName(instances));
  POLYLOOM_CHECK(index.has_value());
  return *index;
}

void addAll(const Scop& scop, DependenceKind kind, int array, const isl::union_map& pairs,
            std::vector<Dependence>& result) {
  pairs.coalesce().foreach_map([&](const isl::map& relation) {
    if (relation.is_empty())
      return;
    const int from = statementOf(scop, relation.domain());
    const int to = statementOf(scop, relation.range());
    result.push_back({kind, array, from, to, relation, false});
  });
}

isl::map allPairsOf(const Scop& scop, const Dependence& dependence) {
  const auto accesses = [&](int statement, bool isWrite) {
    return accessesOf(scop, scop.statements[static_cast<std::size_t>(statement)], dependence.array, isWrite);
  };
  const isl::union_map sources = accesses(dependence.from, dependence.kind != DependenceKind::Anti);
  const isl::union_map sinks = accesses(dependence.to, dependence.kind != DependenceKind::Flow);
  const auto flow =
      isl::union_access_info(sinks).set_may_source(sources).set_schedule_map(originalOrder(scop)).compute_flow();
  return flow.may_dependence().extract_map(dependence.relation.space());
}

} // namespace

isl::union_map accessesOf(const Scop& scop, const Statement& statement, int array, bool isWrite) {
  isl::union_map all = isl::union_map::empty(scop.ctx());
  for (const Access& access : statement.accesses)
    if (access.array == array && access.isWrite == isWrite)
      all = all.unite(isl::union_map(access.relation.intersect_params(scop.context)));
  return all;
}

const char* name(DependenceKind kind) {
  switch (kind) {
  case DependenceKind::Flow: return "flow";
  case DependenceKind::Anti: return "anti";
  case DependenceKind::Output: return "output";
  }
  return "";
}

Dependences computeDependences(const Scop& scop) {
  std::vector<int> arrays(scop.arrays.size());
  std::iota(arrays.begin(), arrays.end(), 0);
  return computeDependences(scop, arrays);
}

Dependences computeDependences(const Scop& scop, std::span<const int> arrays) {
  std::vector<Dependence> result;
  const isl::union_map wholeOrder = originalOrder(scop);
  for (const int array : arrays) {
    const isl::union_map reads = accessesOf(scop, array, false);
    const isl::union_map writes = accessesOf(scop, array, true);
    if (writes.is_empty())
      continue;
    // isl turns the order of everything it is given into a schedule: give it the statements that matter.
    const isl::union_map order = wholeOrder.intersect_domain(reads.unite(writes).domain().universe());
    const auto toWrites = isl::union_access_info(writes).set_schedule_map(order);
    if (!reads.is_empty()) {
      const auto flow = isl::union_access_info(reads).set_must_source(writes).set_schedule_map(order).compute_flow();
      addAll(scop, DependenceKind::Flow, array, flow.must_dependence(), result);
      // The next write ends a read's life: later ones are ordered through the output dependences.
      const auto anti = toWrites.set_may_source(reads).set_kill(writes).compute_flow();
      addAll(scop, DependenceKind::Anti, array, anti.may_dependence(), result);
    }
    const auto output = toWrites.set_must_source(writes).compute_flow();
    addAll(scop, DependenceKind::Output, array, output.must_dependence(), result);
  }
  return Dependences(std::move(result));
}

Result<Dependences> boundedDependences(const Scop& scop, unsigned long maxOperations) {
  const IslQuota quota(scop.ctx(), maxOperations);
  try {
    return computeDependences(scop);
  } catch (const isl::exception_quota&) {
    return failure("too-complex",
                   fmt::format("the dependences of {} cannot be computed with reasonable effort; wanted simpler "
                               "subscripts and bounds (fewer divisions and conditions), or fewer statements between "
                               "#pragma scop and #pragma endscop",
                               scop.function),
                   {.file = scop.source.path});
  }
}

const isl::map& Dependences::withPairsAcrossWrites(const Scop& scop, std::size_t number) const {
  std::optional<isl::map>& known = (*complete_)[number];
  const Dependence& dependence = all()[number];
  if (!known)
    known = dependence.isComplete ? dependence.relation : allPairsOf(scop, dependence);
  return *known;
}

} // namespace polyloom
