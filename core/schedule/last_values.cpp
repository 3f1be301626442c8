#include "core/schedule/last_values.h"

#include "core/program/order.h"

namespace polyloom {

std::optional<LastValues> lastValuesOf(const Scop& scop, int array, const LoopValues& values) {
  isl::union_map written = isl::union_map::empty(scop.ctx());
  isl::union_map value = isl::union_map::empty(scop.ctx());
  for (const Statement& statement : scop.statements)
    for (const Access& access : statement.accesses)
      if (access.isWrite && access.array == array) {
        written = written.unite(isl::union_map(access.relation.intersect_params(scop.context)));
        value = value.unite(isl::union_map(values.at(statement.name).as_map().intersect_domain(statement.domain)));
      }
  const isl::union_map order = originalOrder(scop);
  const isl::union_map writers = written.reverse();
  const isl::union_map latest = writers.apply_range(order).lexmax();
  const isl::union_map last = latest.apply_range(order.reverse()).intersect(writers);
  if (last.is_empty())
    return std::nullopt;
  const isl::map lastValue = last.apply_range(value).as_map().coalesce();
  return LastValues{lastValue.domain(), lastValue.as_pw_multi_aff().at(0)};
}

} // namespace polyloom
