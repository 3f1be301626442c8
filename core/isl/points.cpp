#include "core/isl/points.h"

#include "core/base/check.h"
#include "core/isl/managed.h"
#include "core/isl/sets.h"

#include <isl/aff.h>
#include <isl/constraint.h>
#include <isl/local_space.h>
#include <isl/set.h>
#include <isl/val.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <numeric>

namespace polyloom {

namespace {

/// A coefficient as a fraction.
struct Fraction {
  std::int64_t numerator = 0, denominator = 1;
};

Fraction fractionOf(const isl::val& value) { return {isl_val_get_num_si(value.get()), isl_val_get_den_si(value.get())}; }

/// Fractions over one denominator; the constant comes last.
PlainSum sumOf(const std::vector<Fraction>& terms) {
  PlainSum sum;
  for (const Fraction& term : terms)
    sum.denominator = std::lcm(sum.denominator, term.denominator);
  for (const Fraction& term : terms)
    sum.coefficients.push_back(term.numerator * (sum.denominator / term.denominator));
  sum.constant = sum.coefficients.back();
  sum.coefficients.pop_back();
  return sum;
}

PlainSum sumOf(const isl::aff& aff) {
  std::vector<Fraction> terms;
  for (const isl_dim_type type : {isl_dim_param, isl_dim_in, isl_dim_div})
    for (isl_size d = 0; d < isl_aff_dim(aff.get(), type); ++d)
      terms.push_back(fractionOf(managed(aff.ctx(), isl_aff_get_coefficient_val(aff.get(), type, d))));
  terms.push_back(fractionOf(managed(aff.ctx(), isl_aff_get_constant_val(aff.get()))));
  return sumOf(terms);
}

PlainSum sumOf(isl::ctx ctx, isl_constraint* constraint) {
  std::vector<Fraction> terms;
  for (const isl_dim_type type : {isl_dim_param, isl_dim_set, isl_dim_div})
    for (isl_size d = 0; d < isl_constraint_dim(constraint, type); ++d)
      terms.push_back(fractionOf(managed(ctx, isl_constraint_get_coefficient_val(constraint, type, d))));
  terms.push_back(fractionOf(managed(ctx, isl_constraint_get_constant_val(constraint))));
  return sumOf(terms);
}

/// isl's C++ has neither local spaces nor constraints.
template <typename T> using Held = std::unique_ptr<T, T* (*)(T*)>;

std::vector<PlainSum> floorsOf(const isl::basic_set& set) {
  const Held<isl_local_space> space(isl_basic_set_get_local_space(set.get()), isl_local_space_free);
  std::vector<PlainSum> floors;
  for (isl_size d = 0; d < isl_local_space_dim(space.get(), isl_dim_div); ++d)
    floors.push_back(sumOf(managed(set.ctx(), isl_local_space_get_div(space.get(), d))));
  return floors;
}

PlainPiece pieceOf(const isl::basic_set& set) {
  const Held<isl_constraint_list> constraints(isl_basic_set_get_constraint_list(set.get()), isl_constraint_list_free);
  if (constraints == nullptr)
    isl::exception::throw_last_error(set.ctx());
  PlainPiece piece{.floors = floorsOf(set), .equalities = {}, .inequalities = {}};
  for (isl_size c = 0; c < isl_constraint_list_size(constraints.get()); ++c) {
    const Held<isl_constraint> constraint(isl_constraint_list_get_at(constraints.get(), c), isl_constraint_free);
    const bool isEquality = managed(set.ctx(), isl_constraint_is_equality(constraint.get()));
    (isEquality ? piece.equalities : piece.inequalities).push_back(sumOf(set.ctx(), constraint.get()));
  }
  return piece;
}

std::int64_t divideFloor(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/// A point with room for its floors.
class Variables {
public:
  explicit Variables(std::span<const std::int64_t> point) : count_(point.size()) {
    POLYLOOM_CHECK(count_ < values_.size());
    std::ranges::copy(point, values_.begin());
  }

  std::int64_t sum(const PlainSum& sum) const {
    std::int64_t result = sum.constant;
    const std::size_t known = std::min(count_, sum.coefficients.size());
    for (std::size_t k = 0; k < known; ++k)
      result += sum.coefficients[k] * values_[k];
    return result;
  }

  void addFloors(const std::vector<PlainSum>& floors) {
    POLYLOOM_CHECK(count_ + floors.size() <= values_.size());
    for (const PlainSum& floor : floors) {
      values_[count_] = divideFloor(sum(floor), floor.denominator);
      ++count_;
    }
  }

private:
  std::array<std::int64_t, 64> values_;
  std::size_t count_;
};

bool holds(const PlainPiece& piece, std::span<const std::int64_t> point) {
  Variables variables(point);
  variables.addFloors(piece.floors);
  return std::ranges::all_of(piece.equalities, [&](const PlainSum& sum) { return variables.sum(sum) == 0; }) &&
         std::ranges::all_of(piece.inequalities, [&](const PlainSum& sum) { return variables.sum(sum) >= 0; });
}

} // namespace

PointSet::PointSet(const isl::set& set, const std::vector<std::string>& parameters) {
  const isl::set aligned = alignParameters(set, parameters);
  const isl::set explicitSet = managed(set.ctx(), isl_set_compute_divs(aligned.copy()));
  explicitSet.foreach_basic_set([&](const isl::basic_set& basic) { pieces_.push_back(pieceOf(basic)); });
}

bool PointSet::contains(std::span<const std::int64_t> point) const {
  return std::ranges::any_of(pieces_, [&](const PlainPiece& piece) { return holds(piece, point); });
}

PointFunction::PointFunction(const isl::pw_aff& function, const std::vector<std::string>& parameters) {
  const isl::pw_multi_aff aligned(alignParameters(function, parameters));
  aligned.foreach_piece([&](const isl::set& domain, const isl::multi_aff& values) {
    const isl::aff value = values.at(0);
    const bool isEverywhere = managed(domain.ctx(), isl_set_plain_is_universe(domain.get()));
    Piece piece{PointSet(domain, parameters), isEverywhere, {}, sumOf(value)};
    for (isl_size d = 0; d < isl_aff_dim(value.get(), isl_dim_div); ++d)
      piece.floors.push_back(sumOf(managed(value.ctx(), isl_aff_get_div(value.get(), d))));
    pieces_.push_back(std::move(piece));
  });
}

std::optional<std::int64_t> PointFunction::at(std::span<const std::int64_t> point) const {
  for (const Piece& piece : pieces_) {
    if (!piece.isEverywhere && !piece.where.contains(point))
      continue;
    Variables variables(point);
    variables.addFloors(piece.floors);
    const std::int64_t numerator = variables.sum(piece.value);
    POLYLOOM_CHECK(numerator % piece.value.denominator == 0);
    return numerator / piece.value.denominator;
  }
  return std::nullopt;
}

} // namespace polyloom
