#include "core/isl/extra.h"

#include <isl/aff.h>
#include <isl/id.h>
#include <isl/map.h>
#include <isl/point.h>
#include <isl/schedule.h>
#include <isl/schedule_node.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>

#include "core/base/check.h"
#include "core/isl/managed.h"

#include <cstdlib>

namespace polyloom {

namespace {

std::string takeText(isl::ctx ctx, char* text) {
  if (text == nullptr)
    isl::exception::throw_last_error(ctx);
  std::string result = text;
  std::free(text);
  return result;
}

} // namespace

std::string islText(const isl::set& set) { return takeText(set.ctx(), isl_set_to_str(set.get())); }
std::string islText(const isl::map& map) { return takeText(map.ctx(), isl_map_to_str(map.get())); }
std::string islText(const isl::pw_aff& aff) { return takeText(aff.ctx(), isl_pw_aff_to_str(aff.get())); }
std::string islText(const isl::schedule& schedule) { return takeText(schedule.ctx(), isl_schedule_to_str(schedule.get())); }

isl::map lessMap(const isl::pw_aff& left, const isl::pw_aff& right) {
  return managed(left.ctx(), isl_pw_aff_lt_map(left.copy(), right.copy()));
}

isl::map greaterMap(const isl::pw_aff& left, const isl::pw_aff& right) {
  return managed(left.ctx(), isl_pw_aff_gt_map(left.copy(), right.copy()));
}

isl::map equalMap(const isl::pw_aff& left, const isl::pw_aff& right) {
  return managed(left.ctx(), isl_pw_aff_eq_map(left.copy(), right.copy()));
}

Comparison compare(const isl::pw_aff& left, const isl::pw_aff& right) {
  isl_pw_aff* first = isl_pw_aff_align_params(left.copy(), isl_pw_aff_get_space(right.get()));
  isl_pw_aff* second = isl_pw_aff_align_params(right.copy(), isl_pw_aff_get_space(first));
  isl_space* pairs = isl_space_map_from_domain_and_range(isl_pw_aff_get_domain_space(first),
                                                         isl_pw_aff_get_domain_space(second));
  first = isl_pw_aff_pullback_multi_aff(first, isl_multi_aff_domain_map(isl_space_copy(pairs)));
  second = isl_pw_aff_pullback_multi_aff(second, isl_multi_aff_range_map(pairs));
  isl_pw_aff* rise = isl_pw_aff_sub(second, first);
  isl_set* less = isl_pw_aff_pos_set(isl_pw_aff_copy(rise));
  isl_set* greater = isl_pw_aff_pos_set(isl_pw_aff_neg(isl_pw_aff_copy(rise)));
  isl_set* equal = isl_pw_aff_zero_set(rise);
  return {managed(left.ctx(), isl_set_unwrap(less)), managed(left.ctx(), isl_set_unwrap(greater)),
          managed(left.ctx(), isl_set_unwrap(equal))};
}

isl::pw_aff joinPieces(const isl::pw_aff& first, const isl::pw_aff& second) {
  return managed(first.ctx(), isl_pw_aff_union_add(first.copy(), second.copy()));
}

isl::schedule insertPartialSchedule(const isl::schedule& schedule, const isl::multi_union_pw_aff& band) {
  return managed(schedule.ctx(), isl_schedule_insert_partial_schedule(schedule.copy(), band.copy()));
}

isl::schedule insertMark(const isl::schedule& schedule, const std::string& text) {
  const isl::id mark = managed(schedule.ctx(), isl_id_alloc(schedule.ctx().get(), text.c_str(), nullptr));
  return schedule.root().child(0).insert_mark(mark).schedule();
}

isl::schedule sequence(const isl::schedule& first, const isl::schedule& second) {
  return managed(first.ctx(), isl_schedule_sequence(first.copy(), second.copy()));
}

isl::map mapToVector(const isl::set& domain, const isl::pw_aff_list& values) {
  isl_space* space = isl_space_from_domain(isl_set_get_space(domain.get()));
  space = isl_space_add_dims(space, isl_dim_out, values.size());
  isl_multi_pw_aff* vector = isl_multi_pw_aff_from_pw_aff_list(space, values.copy());
  return managed(domain.ctx(), isl_map_intersect_domain(isl_map_from_multi_pw_aff(vector), domain.copy()));
}

isl::map allPairs(const isl::set& from, const isl::set& to) {
  return managed(from.ctx(), isl_map_from_domain_and_range(from.copy(), to.copy()));
}

isl::pw_aff valueOn(const isl::union_pw_aff& values, const isl::space& domain) {
  isl_space* space = isl_space_add_dims(isl_space_from_domain(domain.copy()), isl_dim_out, 1);
  return managed(values.ctx(), isl_union_pw_aff_extract_pw_aff(values.get(), space));
}

isl::pw_multi_aff dropLeadingDimensions(const isl::set& set, unsigned count) {
  isl_space* from = isl_space_insert_dims(isl_set_get_space(set.get()), isl_dim_set, 0, count);
  from = isl_space_set_tuple_id(from, isl_dim_set, isl_set_get_tuple_id(set.get()));
  isl_space* space = isl_space_map_from_domain_and_range(from, isl_set_get_space(set.get()));
  isl_multi_aff* drop = isl_multi_aff_zero(isl_space_copy(space));
  isl_local_space* local = isl_local_space_from_space(isl_space_domain(space));
  for (unsigned d = 0; d < dimensionCount(set); ++d)
    drop = isl_multi_aff_set_aff(drop, static_cast<int>(d),
                                 isl_aff_var_on_domain(isl_local_space_copy(local), isl_dim_set, count + d));
  isl_local_space_free(local);
  return managed(set.ctx(), isl_pw_multi_aff_from_multi_aff(drop));
}

std::vector<std::string> dimensionNames(const isl::set& set) {
  std::vector<std::string> names;
  for (unsigned d = 0; d < dimensionCount(set); ++d) {
    const char* name = isl_set_get_dim_name(set.get(), isl_dim_set, d);
    names.emplace_back(name == nullptr ? "" : name);
  }
  return names;
}

unsigned dimensionCount(const isl::space& setSpace) {
  return static_cast<unsigned>(isl_space_dim(setSpace.get(), isl_dim_set));
}

unsigned dimensionCount(const isl::set& set) { return static_cast<unsigned>(isl_set_dim(set.get(), isl_dim_set)); }

unsigned parameterCount(const isl::set& set) { return static_cast<unsigned>(isl_set_dim(set.get(), isl_dim_param)); }

std::string parameterName(const isl::set& set, unsigned position) {
  return isl_set_get_dim_name(set.get(), isl_dim_param, position);
}

std::string tupleName(const isl::set& set) { return tupleName(set.space()); }

std::string tupleName(const isl::space& setSpace) {
  const char* name = isl_space_get_tuple_name(setSpace.get(), isl_dim_set);
  return name == nullptr ? "" : name;
}

isl::set fixParameter(const isl::set& set, const std::string& parameter, std::int64_t value) {
  const int position = isl_set_find_dim_by_name(set.get(), isl_dim_param, parameter.c_str());
  if (position < 0)
    return set;
  isl_val* v = isl_val_int_from_si(set.ctx().get(), value);
  return managed(set.ctx(), isl_set_fix_val(set.copy(), isl_dim_param, static_cast<unsigned>(position), v));
}

isl::map fixParameter(const isl::map& map, const std::string& parameter, std::int64_t value) {
  const int position = isl_map_find_dim_by_name(map.get(), isl_dim_param, parameter.c_str());
  if (position < 0)
    return map;
  isl_val* v = isl_val_int_from_si(map.ctx().get(), value);
  return managed(map.ctx(), isl_map_fix_val(map.copy(), isl_dim_param, static_cast<unsigned>(position), v));
}

isl::set boundParameters(const isl::set& set, std::int64_t bound) {
  isl_set* result = set.copy();
  isl_ctx* ctx = set.ctx().get();
  for (unsigned p = 0; p < parameterCount(set); ++p) {
    result = isl_set_lower_bound_val(result, isl_dim_param, p, isl_val_int_from_si(ctx, -bound));
    result = isl_set_upper_bound_val(result, isl_dim_param, p, isl_val_int_from_si(ctx, bound));
  }
  return managed(set.ctx(), result);
}

isl::set parametersFirst(const isl::set& set) {
  const unsigned count = parameterCount(set);
  const bool isOfParameters = managed(set.ctx(), isl_set_is_params(set.get()));
  isl_set* flat = isOfParameters ? isl_set_from_params(set.copy()) : isl_set_flatten(set.copy());
  return managed(set.ctx(), isl_set_reset_tuple_id(isl_set_move_dims(flat, isl_dim_set, 0, isl_dim_param, 0, count)));
}

std::vector<std::int64_t> lexminPoint(const isl::set& set) {
  std::vector<std::int64_t> smallest;
  set.foreach_basic_set([&](const isl::basic_set& part) { // a lexmin of the union compares the parts symbolically
    const isl::set point = managed(set.ctx(), isl_basic_set_lexmin(part.copy()));
    if (point.is_empty())
      return;
    std::vector<std::int64_t> values = coordinates(managed(set.ctx(), isl_set_sample_point(point.copy())));
    if (smallest.empty() || values < smallest)
      smallest = std::move(values);
  });
  return smallest;
}

isl::set pointSet(const isl::space& space, const std::vector<std::int64_t>& values) {
  isl_set* result = isl_set_universe(isl_space_drop_all_params(space.copy()));
  for (unsigned d = 0; d < values.size(); ++d)
    result = isl_set_fix_val(result, isl_dim_set, d, isl_val_int_from_si(space.ctx().get(), values[d]));
  return managed(space.ctx(), result);
}

std::vector<std::int64_t> coordinates(const isl::point& point) {
  std::vector<std::int64_t> values;
  isl_space* space = isl_point_get_space(point.get());
  const isl_size count = isl_space_dim(space, isl_dim_set);
  isl_space_free(space);
  for (isl_size d = 0; d < count; ++d)
    values.push_back(managed(point.ctx(), isl_point_get_coordinate_val(point.get(), isl_dim_set, d)).num_si());
  return values;
}

isl::pw_aff parameterAff(const isl::space& space, const std::string& name) {
  isl_id* id = isl_id_alloc(space.ctx().get(), name.c_str(), nullptr);
  return managed(space.ctx(), isl_pw_aff_from_aff(isl_aff_param_on_domain_space_id(space.copy(), id)));
}

isl::pw_aff constantAff(const isl::space& space, std::int64_t value) {
  isl_val* v = isl_val_int_from_si(space.ctx().get(), value);
  return managed(space.ctx(), isl_pw_aff_val_on_domain(isl_set_universe(space.copy()), v));
}

isl::pw_aff dimensionAff(const isl::space& space, unsigned position) {
  isl_local_space* local = isl_local_space_from_space(space.copy());
  return managed(space.ctx(), isl_pw_aff_from_aff(isl_aff_var_on_domain(local, isl_dim_set, position)));
}

} // namespace polyloom
