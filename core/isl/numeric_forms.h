// Functions and sets at fixed parameters, as floating-point rows: for estimates, where isl would be exact and slow.
#pragma once

#include "core/isl/sets.h"

#include <isl/cpp.h>

#include <vector>

namespace polyloom {

/// constant + Σ coefficients·x + Σ factor · floor((constant + Σ coefficients·x) / denominator).
struct NumericForm {
  struct Floor {
    double factor = 1, denominator = 1;
    std::vector<double> coefficients;
    double constant = 0;
    friend bool operator==(const Floor&, const Floor&) = default;
  };
  std::vector<double> coefficients; ///< one per dimension of the domain
  double constant = 0;
  std::vector<Floor> floors;
  bool isExact = true; ///< else one of several pieces, or a floor within a floor was not rounded
};

/// Parameters without a value count as 0. Cost: a microsecond or two.
NumericForm numericForm(const isl::pw_aff& function, const ParameterPoint& parameters);

/// constant + Σ coefficients·x, at least 0.
struct NumericRow {
  std::vector<double> coefficients;
  double constant = 0;
};

/// What a set looks like to estimates: without what ties points to multiples of numbers.
struct NumericSet {
  std::vector<NumericRow> hull;                 ///< conditions that all points meet
  std::vector<std::vector<NumericRow>> pieces; ///< disjoint convex parts; with one part it is the hull
  bool hasResidues = false;                    ///< whether something was left out
};

/// Cost: some ten to a hundred microseconds.
NumericSet numericSet(const isl::set& set, const ParameterPoint& parameters);

} // namespace polyloom
