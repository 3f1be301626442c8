#include "core/program/live_in.h"

#include "core/program/dependences.h"
#include "core/program/order.h"

namespace polyloom {

isl::union_map readsFromBefore(const Scop& scop, int array) {
  isl::union_map reads = isl::union_map::empty(scop.ctx());
  isl::union_map writes = reads;
  for (const Statement& statement : scop.statements) {
    reads = reads.unite(accessesOf(scop, statement, array, false));
    writes = writes.unite(accessesOf(scop, statement, array, true));
  }
  if (reads.is_empty() || writes.is_empty())
    return reads;
  const isl::union_map order = originalOrder(scop).intersect_domain(reads.unite(writes).domain().universe());
  return isl::union_access_info(reads).set_must_source(writes).set_schedule_map(order).compute_flow().must_no_source();
}

} // namespace polyloom
