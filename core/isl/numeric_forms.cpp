#include "core/isl/numeric_forms.h"

#include "core/isl/extra.h"
#include "core/isl/managed.h"

#include <isl/aff.h>
#include <isl/constraint.h>
#include <isl/set.h>
#include <isl/val.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace polyloom {

namespace {

/// isl's C++ has neither constraints nor lists of them.
template <typename T> using Held = std::unique_ptr<T, T* (*)(T*)>;

/// Consumes the value.
double numberOf(isl_val* value) {
  const double number = isl_val_get_d(value);
  isl_val_free(value);
  return number;
}

double valueOf(const char* name, const ParameterPoint& parameters) {
  const auto found = std::ranges::find_if(parameters, [&](const auto& known) { return std::string_view(name) == known.first; });
  return found == parameters.end() ? 0 : static_cast<double>(found->second);
}

/// Coefficients of the dimensions, and the constant with the parameters in it.
void readPlain(isl_aff* aff, const ParameterPoint& parameters, std::vector<double>& coefficients, double& constant) {
  const isl_size dimensions = isl_aff_dim(aff, isl_dim_in), known = isl_aff_dim(aff, isl_dim_param);
  for (isl_size d = 0; d < dimensions; ++d)
    coefficients.push_back(numberOf(isl_aff_get_coefficient_val(aff, isl_dim_in, d)));
  constant = numberOf(isl_aff_get_constant_val(aff));
  for (isl_size p = 0; p < known; ++p)
    if (const double factor = numberOf(isl_aff_get_coefficient_val(aff, isl_dim_param, p)); factor != 0)
      constant += factor * valueOf(isl_aff_get_dim_name(aff, isl_dim_param, static_cast<unsigned>(p)), parameters);
}

/// Adds factor · the unrounded division to coefficients and constant.
void addUnrounded(isl_aff* quotient, double factor, const ParameterPoint& parameters, std::vector<double>& coefficients,
                  double& constant) {
  std::vector<double> own;
  double ownConstant = 0;
  readPlain(quotient, parameters, own, ownConstant);
  for (std::size_t d = 0; d < own.size(); ++d)
    coefficients[d] += factor * own[d];
  constant += factor * ownConstant;
}

NumericForm::Floor floorOf(isl_aff* aff, isl_size position, double factor, const ParameterPoint& parameters, bool& isExact) {
  const Held<isl_aff> quotient(isl_aff_get_div(aff, position), isl_aff_free);
  NumericForm::Floor floor{.factor = factor, .denominator = numberOf(isl_aff_get_denominator_val(quotient.get()))};
  readPlain(quotient.get(), parameters, floor.coefficients, floor.constant);
  for (isl_size d = 0; d < isl_aff_dim(quotient.get(), isl_dim_div); ++d) {
    const double inner = numberOf(isl_aff_get_coefficient_val(quotient.get(), isl_dim_div, d));
    if (inner == 0)
      continue;
    isExact = false;
    const Held<isl_aff> nested(isl_aff_get_div(quotient.get(), d), isl_aff_free);
    addUnrounded(nested.get(), inner, parameters, floor.coefficients, floor.constant);
  }
  for (double& coefficient : floor.coefficients)
    coefficient *= floor.denominator;
  floor.constant *= floor.denominator;
  return floor;
}

std::vector<NumericRow> rowsOf(const isl::basic_set& set, const ParameterPoint& parameters) {
  const Held<isl_constraint_list> constraints(isl_basic_set_get_constraint_list(set.get()), isl_constraint_list_free);
  if (constraints == nullptr)
    isl::exception::throw_last_error(set.ctx());
  std::vector<NumericRow> rows;
  for (isl_size c = 0; c < isl_constraint_list_size(constraints.get()); ++c) {
    const Held<isl_constraint> constraint(isl_constraint_list_get_at(constraints.get(), c), isl_constraint_free);
    NumericRow row;
    for (isl_size d = 0; d < isl_constraint_dim(constraint.get(), isl_dim_set); ++d)
      row.coefficients.push_back(numberOf(isl_constraint_get_coefficient_val(constraint.get(), isl_dim_set, d)));
    row.constant = numberOf(isl_constraint_get_constant_val(constraint.get()));
    for (isl_size p = 0; p < isl_constraint_dim(constraint.get(), isl_dim_param); ++p)
      if (const double factor = numberOf(isl_constraint_get_coefficient_val(constraint.get(), isl_dim_param, p)); factor != 0)
        row.constant += factor * valueOf(isl_constraint_get_dim_name(constraint.get(), isl_dim_param, static_cast<unsigned>(p)), parameters);
    if (row.constant == 0 && std::ranges::all_of(row.coefficients, [](double factor) { return factor == 0; }))
      continue; // a parameter has its value
    rows.push_back(row);
    if (!managed(set.ctx(), isl_constraint_is_equality(constraint.get())))
      continue;
    for (double& coefficient : row.coefficients)
      coefficient = -coefficient;
    row.constant = -row.constant;
    rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace

NumericForm numericForm(const isl::pw_aff& function, const ParameterPoint& parameters) {
  NumericForm form;
  bool isFirst = true;
  isl::pw_multi_aff(function).foreach_piece([&](const isl::set&, const isl::multi_aff& piece) {
    if (!isFirst) {
      form.isExact = false;
      return;
    }
    isFirst = false;
    const isl::aff aff = piece.at(0);
    readPlain(aff.get(), parameters, form.coefficients, form.constant);
    for (isl_size d = 0; d < isl_aff_dim(aff.get(), isl_dim_div); ++d)
      if (const double factor = numberOf(isl_aff_get_coefficient_val(aff.get(), isl_dim_div, d)); factor != 0)
        form.floors.push_back(floorOf(aff.get(), d, factor, parameters, form.isExact));
  });
  return form;
}

NumericSet numericSet(const isl::set& set, const ParameterPoint& parameters) {
  const isl::set fixed = atParameters(set, parameters);
  const isl::set plain = managed(set.ctx(), isl_set_coalesce(isl_set_remove_divs(fixed.copy())));
  NumericSet result;
  fixed.foreach_basic_set([&](const isl::basic_set& piece) {
    result.hasResidues = result.hasResidues || isl_basic_set_dim(piece.get(), isl_dim_div) > 0;
  });
  plain.foreach_basic_set([&](const isl::basic_set& piece) { result.pieces.push_back(rowsOf(piece, parameters)); });
  if (result.pieces.size() == 1)
    result.hull = result.pieces.front();
  if (result.pieces.size() < 2)
    return result;
  result.hull = rowsOf(managed(set.ctx(), isl_set_simple_hull(plain.copy())), parameters);
  result.pieces.clear();
  const isl::set disjoint = managed(set.ctx(), isl_set_make_disjoint(plain.copy()));
  disjoint.foreach_basic_set([&](const isl::basic_set& piece) { result.pieces.push_back(rowsOf(piece, parameters)); });
  return result;
}

} // namespace polyloom
