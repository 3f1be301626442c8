#include "core/isl/constraints.h"

#include "core/base/check.h"
#include "core/isl/managed.h"

#include <isl/map.h>
#include <isl/mat.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>

#include <memory>

namespace polyloom {

namespace {

using Matrix = std::unique_ptr<isl_mat, decltype(&isl_mat_free)>;

Matrix owned(isl::ctx ctx, isl_mat* matrix) {
  if (matrix == nullptr)
    isl::exception::throw_last_error(ctx);
  return {matrix, isl_mat_free};
}

unsigned sizeOf(isl_size size) {
  POLYLOOM_CHECK(size >= 0);
  return static_cast<unsigned>(size);
}

std::int64_t elementOf(const Matrix& matrix, unsigned row, unsigned column) {
  return managed(isl_mat_get_ctx(matrix.get()), isl_mat_get_element_val(matrix.get(), static_cast<int>(row), static_cast<int>(column))).num_si();
}

void addRows(const Matrix& matrix, bool areEqualities, ConstraintSystem& system) {
  const unsigned rows = sizeOf(isl_mat_rows(matrix.get()));
  const unsigned columns = sizeOf(isl_mat_cols(matrix.get()));
  for (unsigned r = 0; r < rows; ++r) {
    Constraint constraint{.isEquality = areEqualities, .coefficients = {}};
    for (unsigned c = 0; c < columns; ++c)
      constraint.coefficients.push_back(elementOf(matrix, r, c));
    system.constraints.push_back(std::move(constraint));
  }
}

ConstraintSystem systemOf(const isl::basic_map& relation) {
  const auto size = [&](isl_dim_type type) { return sizeOf(isl_basic_map_dim(relation.get(), type)); };
  ConstraintSystem system{size(isl_dim_out), size(isl_dim_in), size(isl_dim_div), size(isl_dim_param)};
  const isl::ctx ctx = relation.ctx();
  const Matrix equalities = owned(ctx, isl_basic_map_equalities_matrix(relation.get(), isl_dim_out, isl_dim_in,
                                                                       isl_dim_div, isl_dim_param, isl_dim_cst));
  const Matrix inequalities = owned(ctx, isl_basic_map_inequalities_matrix(relation.get(), isl_dim_out, isl_dim_in,
                                                                           isl_dim_div, isl_dim_param, isl_dim_cst));
  addRows(equalities, true, system);
  addRows(inequalities, false, system);
  return system;
}

/// The system's equalities, or its inequalities, as isl wants them.
isl_mat* matrixOf(isl::ctx ctx, const ConstraintSystem& system, bool equalities) {
  unsigned rows = 0;
  for (const Constraint& constraint : system.constraints)
    rows += constraint.isEquality == equalities ? 1U : 0U;
  isl_mat* matrix = isl_mat_alloc(ctx.get(), rows, static_cast<unsigned>(system.columns()));
  int row = 0;
  for (const Constraint& constraint : system.constraints) {
    if (constraint.isEquality != equalities)
      continue;
    POLYLOOM_CHECK(constraint.coefficients.size() == system.columns());
    for (std::size_t c = 0; c < constraint.coefficients.size(); ++c) {
      isl_val* value = isl_val_int_from_si(ctx.get(), constraint.coefficients[c]);
      matrix = isl_mat_set_element_val(matrix, row, static_cast<int>(c), value);
    }
    ++row;
  }
  return matrix;
}

isl_space* spaceOf(isl::ctx ctx, const std::vector<std::string>& parameters, const std::string& domainTuple,
                   const std::string& rangeTuple, unsigned inputs, unsigned outputs) {
  isl_space* space = isl_space_alloc(ctx.get(), static_cast<unsigned>(parameters.size()), inputs, outputs);
  for (std::size_t p = 0; p < parameters.size(); ++p)
    space = isl_space_set_dim_name(space, isl_dim_param, static_cast<unsigned>(p), parameters[p].c_str());
  if (!domainTuple.empty())
    space = isl_space_set_tuple_name(space, isl_dim_in, domainTuple.c_str());
  if (!rangeTuple.empty())
    space = isl_space_set_tuple_name(space, isl_dim_out, rangeTuple.c_str());
  return space;
}

} // namespace

std::vector<ConstraintSystem> constraintsOf(const isl::map& relation) {
  std::vector<ConstraintSystem> systems;
  relation.foreach_basic_map([&](const isl::basic_map& part) { systems.push_back(systemOf(part)); });
  return systems;
}

std::vector<ConstraintSystem> constraintsOf(const isl::set& set) {
  isl_set* plain = managed(set.ctx(), isl_set_is_params(set.get())) ? isl_set_from_params(set.copy()) : set.copy();
  return constraintsOf(managed(set.ctx(), isl_map_from_range(plain)));
}

isl::map relationOf(isl::ctx ctx, std::span<const ConstraintSystem> systems, const std::vector<std::string>& parameters,
                    const std::string& domainTuple, const std::string& rangeTuple, unsigned inputs, unsigned outputs) {
  isl_space* space = spaceOf(ctx, parameters, domainTuple, rangeTuple, inputs, outputs);
  isl_map* relation = isl_map_empty(isl_space_copy(space));
  for (const ConstraintSystem& system : systems) {
    POLYLOOM_CHECK(system.inputs == inputs && system.outputs == outputs && system.parameters == parameters.size());
    isl_basic_map* part = isl_basic_map_from_constraint_matrices(
        isl_space_copy(space), matrixOf(ctx, system, true), matrixOf(ctx, system, false), isl_dim_out, isl_dim_in,
        isl_dim_div, isl_dim_param, isl_dim_cst);
    relation = isl_map_union(relation, isl_map_from_basic_map(part));
  }
  isl_space_free(space);
  return managed(ctx, relation);
}

} // namespace polyloom
