#include "core/isl/distances.h"

#include "core/isl/extra.h"
#include "core/isl/managed.h"

#include <isl/aff.h>
#include <isl/constraint.h>
#include <isl/mat.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>

#include <utility>

namespace polyloom {

namespace {

/// An extreme value where there is one; consumes it.
std::optional<std::int64_t> finite(isl::ctx ctx, isl_val* value) {
  const isl::val held = managed(ctx, value);
  return held.is_int() ? std::optional<std::int64_t>(held.num_si()) : std::nullopt;
}

isl::map vectorOf(const isl::set& domain, const std::vector<SidedValue>& values, isl::pw_aff SidedValue::* side) {
  isl::pw_aff_list list(domain.ctx(), static_cast<int>(values.size()));
  for (const SidedValue& value : values)
    list = list.add(value.*side);
  return mapToVector(domain, list);
}

/// The tuples [c0, c1, …, cn] for which c0 + Σ ck·dk >= 0 on the whole set, over the integers and without names.
isl::set nonnegativeForms(const isl::set& set) {
  isl_basic_set* forms = isl_set_coefficients(isl_set_remove_divs(set.copy()));
  isl_mat* equalities = isl_basic_set_equalities_matrix(forms, isl_dim_set, isl_dim_param, isl_dim_div, isl_dim_cst);
  isl_mat* inequalities =
      isl_basic_set_inequalities_matrix(forms, isl_dim_set, isl_dim_param, isl_dim_div, isl_dim_cst);
  const isl_size count = isl_basic_set_dim(forms, isl_dim_set);
  isl_basic_set_free(forms);
  isl_space* space = isl_space_set_alloc(set.ctx().get(), 0, count < 0 ? 0 : static_cast<unsigned>(count));
  isl_basic_set* plain = isl_basic_set_from_constraint_matrices(space, equalities, inequalities, isl_dim_set,
                                                                isl_dim_param, isl_dim_div, isl_dim_cst);
  return managed(set.ctx(), isl_set_from_basic_set(plain));
}

/// set ∩ { Σ factor·dimension (=|>=) 0 }
class Constrained {
public:
  explicit Constrained(const isl::set& set)
      : ctx_(set.ctx()), set_(set.copy()), local_(isl_local_space_from_space(isl_set_get_space(set_))) {}
  ~Constrained() {
    isl_local_space_free(local_);
    isl_set_free(set_);
  }
  Constrained(const Constrained&) = delete;
  Constrained& operator=(const Constrained&) = delete;

  struct Term {
    int factor;
    unsigned dimension;
  };
  void add(isl_constraint* constraint, const std::vector<Term>& terms) {
    for (const Term& term : terms)
      constraint =
          isl_constraint_set_coefficient_si(constraint, isl_dim_set, static_cast<int>(term.dimension), term.factor);
    set_ = isl_set_add_constraint(set_, constraint);
  }
  void equal(const std::vector<Term>& terms) { add(isl_constraint_alloc_equality(isl_local_space_copy(local_)), terms); }
  void nonnegative(const std::vector<Term>& terms) {
    add(isl_constraint_alloc_inequality(isl_local_space_copy(local_)), terms);
  }
  void fix(unsigned dimension, int value) { set_ = isl_set_fix_si(set_, isl_dim_set, dimension, value); }
  isl::set take() { return managed(ctx_, std::exchange(set_, nullptr)); }

private:
  isl::ctx ctx_;
  isl_set* set_;
  isl_local_space* local_;
};

} // namespace

isl::set distanceSet(const isl::map& pairs, const std::vector<SidedValue>& values) {
  const isl::map sources = vectorOf(pairs.domain(), values, &SidedValue::source);
  const isl::map sinks = vectorOf(pairs.range(), values, &SidedValue::sink);
  return pairs.apply_domain(sources).apply_range(sinks).deltas().project_out_all_params();
}

std::optional<isl::pw_aff> smallestDistance(const isl::map& pairs, const SidedValue& value) {
  const isl::map sources = vectorOf(pairs.domain(), {value}, &SidedValue::source);
  const isl::map sinks = vectorOf(pairs.range(), {value}, &SidedValue::sink);
  const isl::set distances = pairs.apply_domain(sources).apply_range(sinks).deltas().coalesce();
  if (!managed(distances.ctx(), isl_set_dim_has_lower_bound(distances.get(), isl_dim_set, 0)))
    return std::nullopt;
  return managed(distances.ctx(), isl_pw_aff_coalesce(isl_set_dim_min(distances.copy(), 0)));
}

std::optional<std::int64_t> minimumOf(const isl::set& set, unsigned dimension) {
  return finite(set.ctx(), isl_set_dim_min_val(set.copy(), static_cast<int>(dimension)));
}

std::optional<std::int64_t> maximumOf(const isl::set& set, unsigned dimension) {
  return finite(set.ctx(), isl_set_dim_max_val(set.copy(), static_cast<int>(dimension)));
}

std::optional<std::vector<std::int64_t>> factorsToReach(std::int64_t least, const isl::set& distances) {
  const unsigned count = dimensionCount(distances) - 1;
  // [sum of magnitudes, magnitudes, c0, factors, 1]
  const isl::set forms = nonnegativeForms(distances);
  const isl::set wide = managed(forms.ctx(), isl_set_insert_dims(forms.copy(), isl_dim_set, 0, 1 + count));
  const unsigned constant = 1 + count, firstFactor = constant + 1;
  Constrained factors(wide);
  factors.fix(constant, -static_cast<int>(least));
  factors.fix(firstFactor + count, 1);
  std::vector<Constrained::Term> sum = {{-1, 0}};
  for (unsigned k = 0; k < count; ++k) {
    const unsigned magnitude = 1 + k, factor = firstFactor + k;
    factors.nonnegative({{1, magnitude}, {1, factor}});
    factors.nonnegative({{1, magnitude}, {-1, factor}});
    sum.push_back({1, magnitude});
  }
  factors.equal(sum);
  const isl::set solutions = factors.take();
  if (solutions.is_empty())
    return std::nullopt;
  const std::vector<std::int64_t> best = lexminPoint(solutions);
  return std::vector<std::int64_t>(best.begin() + firstFactor, best.begin() + firstFactor + count);
}

std::optional<std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>>
factorRange(const isl::set& distances) {
  Constrained factors(nonnegativeForms(distances));
  factors.fix(0, 0);
  factors.fix(2, 1);
  const isl::set solutions = factors.take();
  if (solutions.is_empty())
    return std::nullopt;
  return std::pair(minimumOf(solutions, 1), maximumOf(solutions, 1));
}

} // namespace polyloom
