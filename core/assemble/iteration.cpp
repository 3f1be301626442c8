#include "core/assemble/iteration.h"

#include "core/isl/sets.h"

namespace polyloom {

namespace {

/// The values at or after one of `stops`, in the direction of the step.
isl::set from(const isl::set& stops, const std::string& iterator, std::int64_t step) {
  const isl::ctx ctx = stops.ctx();
  const isl::map later(ctx, step > 0 ? "{ [u] -> [v] : v >= u }" : "{ [u] -> [v] : v <= u }");
  const isl::multi_id dimension = tupleOf(ctx, "", {iterator});
  return stops.unbind_params(dimension).apply(later).bind(dimension);
}

/// init, init + step, init + 2 step, …
isl::set grid(const LoopHead& head) {
  const isl::pw_aff value = parameterValue(head.condition.ctx(), head.iterator);
  const isl::set direction = head.step > 0 ? value.ge_set(head.init) : value.le_set(head.init);
  const std::int64_t stride = head.step > 0 ? head.step : -head.step;
  if (stride == 1)
    return direction;
  const isl::pw_aff offset = value.sub(head.init).mod(static_cast<long>(stride));
  return direction.intersect(offset.eq_set(constantValue(head.condition.ctx(), 0)));
}

} // namespace

std::optional<Iterations> iterationsOf(const LoopHead& head, const isl::set& outer,
                                       const std::vector<std::string>& outerIterators) {
  const isl::set candidates = grid(head).intersect(outer);
  const isl::set stops = candidates.subtract(head.condition);
  isl::set values = candidates.intersect(head.condition);
  const isl::set skipped = from(stops, head.iterator, head.step).intersect(values);
  if (!skipped.is_empty())
    values = values.subtract(skipped);
  values = values.coalesce();

  std::vector<std::string> iterators = outerIterators;
  iterators.push_back(head.iterator);
  if (isBounded(toDimensions(values, "", iterators)))
    return Iterations{values, std::nullopt};

  const isl::set terminates = projectOut(stops, {head.iterator});
  values = values.intersect(terminates).coalesce();
  if (values.is_empty() || !isBounded(toDimensions(values, "", iterators)))
    return std::nullopt;
  // An outer instance in which the condition fails at once runs nothing, so `stops` has it, too.
  return Iterations{values, terminates.coalesce()};
}

isl::multi_id tupleOf(isl::ctx ctx, const std::string& tuple, const std::vector<std::string>& dimensions) {
  isl::id_list ids(ctx, static_cast<int>(dimensions.size()));
  for (const std::string& name : dimensions)
    ids = ids.add(isl::id(ctx, name));
  const auto size = static_cast<unsigned>(dimensions.size());
  const isl::space unit = isl::space::unit(ctx);
  return isl::multi_id(tuple.empty() ? unit.add_unnamed_tuple(size) : unit.add_named_tuple(tuple, size), ids);
}

isl::set toDimensions(const isl::set& params, const std::string& tuple, const std::vector<std::string>& dimensions) {
  return params.unbind_params(tupleOf(params.ctx(), tuple, dimensions));
}

isl::set projectOut(const isl::set& set, const std::vector<std::string>& names) {
  isl::set projected = set;
  for (const std::string& name : names)
    projected = projected.project_out_param(name);
  return projected;
}

isl::pw_aff parameterValue(isl::ctx ctx, const std::string& name) {
  return isl::pw_aff::param_on_domain(allParameters(ctx), isl::id(ctx, name));
}

isl::pw_aff constantValue(isl::ctx ctx, std::int64_t value) {
  return allParameters(ctx).pw_aff_on_domain(isl::val(ctx, static_cast<long>(value)));
}

isl::set allParameters(isl::ctx ctx) {
  return isl::set::universe(isl::space::unit(ctx));
}

} // namespace polyloom
