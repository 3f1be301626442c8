#include "core/isl/sets.h"

#include "core/isl/managed.h"

#include <isl/aff.h>
#include <isl/map.h>
#include <isl/point.h>
#include <isl/set.h>
#include <isl/val.h>

#include <algorithm>

namespace polyloom {

namespace {

isl_space* parameterSpace(isl::ctx ctx, const std::vector<std::string>& names) {
  isl_space* space = isl_space_params_alloc(ctx.get(), static_cast<unsigned>(names.size()));
  for (std::size_t k = 0; k < names.size(); ++k)
    space = isl_space_set_dim_name(space, isl_dim_param, static_cast<unsigned>(k), names[k].c_str());
  return space;
}

} // namespace

bool isBounded(const isl::set& set) {
  return managed(set.ctx(), isl_set_is_bounded(set.get()));
}

bool involvesDimension(const isl::pw_aff& value, unsigned position) {
  return managed(value.ctx(), isl_pw_aff_involves_dims(value.get(), isl_dim_in, position, 1));
}

bool isConstant(const isl::pw_aff& value) {
  return managed(value.ctx(), isl_pw_aff_is_cst(value.get()));
}

std::int64_t constantTerm(const isl::pw_aff& value) {
  if (!value.isa_aff())
    return 0;
  const isl::val constant = value.as_aff().constant_val();
  return constant.is_int() ? constant.num_si() : 0;
}

isl::set nameDimensions(const isl::set& set, const std::vector<std::string>& names) {
  isl_set* named = set.copy();
  for (std::size_t k = 0; k < names.size(); ++k)
    named = isl_set_set_dim_name(named, isl_dim_set, static_cast<unsigned>(k), names[k].c_str());
  return managed(set.ctx(), named);
}

isl::map nameInputs(const isl::map& map, const std::vector<std::string>& names) {
  isl_map* named = map.copy();
  for (std::size_t k = 0; k < names.size(); ++k)
    named = isl_map_set_dim_name(named, isl_dim_in, static_cast<unsigned>(k), names[k].c_str());
  return managed(map.ctx(), named);
}

isl::pw_aff nameInputs(const isl::pw_aff& value, const std::vector<std::string>& names) {
  isl_pw_aff* named = value.copy();
  for (std::size_t k = 0; k < names.size(); ++k) {
    isl_id* id = isl_id_alloc(value.ctx().get(), names[k].c_str(), nullptr);
    named = isl_pw_aff_set_dim_id(named, isl_dim_in, static_cast<unsigned>(k), id);
  }
  return managed(value.ctx(), named);
}

isl::set alignParameters(const isl::set& set, const std::vector<std::string>& names) {
  return managed(set.ctx(), isl_set_align_params(set.copy(), parameterSpace(set.ctx(), names)));
}

isl::map alignParameters(const isl::map& map, const std::vector<std::string>& names) {
  return managed(map.ctx(), isl_map_align_params(map.copy(), parameterSpace(map.ctx(), names)));
}

isl::pw_aff alignParameters(const isl::pw_aff& value, const std::vector<std::string>& names) {
  return managed(value.ctx(), isl_pw_aff_align_params(value.copy(), parameterSpace(value.ctx(), names)));
}

isl::map mapToPoint(const isl::set& domain, const std::string& tuple) {
  isl_space* space = isl_space_set_alloc(domain.ctx().get(), 0, 0);
  space = isl_space_set_tuple_name(space, isl_dim_set, tuple.c_str());
  return managed(domain.ctx(), isl_map_from_domain_and_range(domain.copy(), isl_set_universe(space)));
}

isl::set atParameters(const isl::set& set, const ParameterPoint& values) {
  isl_set* fixed = set.copy();
  for (const auto& [name, value] : values) {
    const int position = isl_set_find_dim_by_name(fixed, isl_dim_param, name.c_str());
    if (position < 0)
      continue;
    isl_val* exact = isl_val_int_from_si(set.ctx().get(), value);
    fixed = isl_set_fix_val(fixed, isl_dim_param, static_cast<unsigned>(position), exact);
  }
  return managed(set.ctx(), fixed);
}

double valueAt(const isl::pw_aff& value, const ParameterPoint& values) {
  const isl::pw_aff fixed = value.intersect_domain(atParameters(value.domain(), values));
  if (fixed.domain().is_empty())
    return 0;
  return isl_val_get_d(managed(value.ctx(), isl_pw_aff_max_val(fixed.copy())).get());
}

double countPoints(const isl::set& set) {
  // isl counts parameters like dimensions, so a fixed parameter leaves the number as it is.
  return isl_val_get_d(managed(set.ctx(), isl_set_count_val(set.get())).get());
}

std::int64_t parameterOf(const isl::point& point, const std::string& name, std::int64_t otherwise) {
  isl_space* space = isl_point_get_space(point.get());
  const int position = isl_space_find_dim_by_name(space, isl_dim_param, name.c_str());
  isl_space_free(space);
  if (position < 0)
    return otherwise;
  isl_val* value = isl_point_get_coordinate_val(point.get(), isl_dim_param, position);
  const std::int64_t number = isl_val_get_num_si(value);
  isl_val_free(value);
  return number;
}

} // namespace polyloom
