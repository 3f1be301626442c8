#include "core/isl/points.h"

#include "core/base/check.h"
#include "core/isl/sets.h"

#include <isl/aff.h>
#include <isl/constraint.h>
#include <isl/local_space.h>
#include <isl/set.h>
#include <isl/val.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace polyloom {

namespace {

/// A coefficient as a fraction.
struct Fraction {
  std::int64_t numerator = 0, denominator = 1;
};

Fraction take(isl_val* value) {
  POLYLOOM_CHECK(value != nullptr);
  const Fraction result{isl_val_get_num_si(value), isl_val_get_den_si(value)};
  isl_val_free(value);
  return result;
}

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

PlainSum sumOf(isl_aff* aff) {
  POLYLOOM_CHECK(aff != nullptr);
  std::vector<Fraction> terms;
  for (const isl_dim_type type : {isl_dim_param, isl_dim_in, isl_dim_div})
    for (isl_size d = 0; d < isl_aff_dim(aff, type); ++d)
      terms.push_back(take(isl_aff_get_coefficient_val(aff, type, d)));
  terms.push_back(take(isl_aff_get_constant_val(aff)));
  isl_aff_free(aff);
  return sumOf(terms);
}

PlainSum sumOf(isl_constraint* constraint) {
  std::vector<Fraction> terms;
  for (const isl_dim_type type : {isl_dim_param, isl_dim_set, isl_dim_div})
    for (isl_size d = 0; d < isl_constraint_dim(constraint, type); ++d)
      terms.push_back(take(isl_constraint_get_coefficient_val(constraint, type, d)));
  terms.push_back(take(isl_constraint_get_constant_val(constraint)));
  return sumOf(terms);
}

PlainPiece pieceOf(isl_basic_set* set) {
  PlainPiece piece;
  isl_local_space* space = isl_basic_set_get_local_space(set);
  for (isl_size d = 0; d < isl_local_space_dim(space, isl_dim_div); ++d)
    piece.floors.push_back(sumOf(isl_local_space_get_div(space, d)));
  isl_local_space_free(space);
  isl_basic_set_foreach_constraint(
      set,
      [](isl_constraint* constraint, void* user) {
        auto& into = *static_cast<PlainPiece*>(user);
        (isl_constraint_is_equality(constraint) == isl_bool_true ? into.equalities : into.inequalities)
            .push_back(sumOf(constraint));
        isl_constraint_free(constraint);
        return isl_stat_ok;
      },
      &piece);
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
  isl_set* explicitSet = isl_set_compute_divs(alignParameters(set, parameters).release());
  isl_set_foreach_basic_set(
      explicitSet,
      [](isl_basic_set* basic, void* user) {
        static_cast<std::vector<PlainPiece>*>(user)->push_back(pieceOf(basic));
        isl_basic_set_free(basic);
        return isl_stat_ok;
      },
      &pieces_);
  isl_set_free(explicitSet);
}

bool PointSet::contains(std::span<const std::int64_t> point) const {
  return std::ranges::any_of(pieces_, [&](const PlainPiece& piece) { return holds(piece, point); });
}

PointFunction::PointFunction(const isl::pw_aff& function, const std::vector<std::string>& parameters) {
  struct Target {
    std::vector<Piece>& pieces;
    const std::vector<std::string>& parameters;
  } target{pieces_, parameters};
  const isl::pw_aff aligned = alignParameters(function, parameters);
  isl_pw_aff_foreach_piece(
      aligned.get(),
      [](isl_set* where, isl_aff* value, void* user) {
        auto& into = *static_cast<Target*>(user);
        const isl::set domain = isl::manage(where);
        Piece piece{PointSet(domain, into.parameters), isl_set_plain_is_universe(domain.get()) == isl_bool_true, {}, {}};
        for (isl_size d = 0; d < isl_aff_dim(value, isl_dim_div); ++d)
          piece.floors.push_back(sumOf(isl_aff_get_div(value, d)));
        piece.value = sumOf(value);
        into.pieces.push_back(std::move(piece));
        return isl_stat_ok;
      },
      &target);
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
