// Expressions of a program text as isl's functions and sets.
#pragma once

#include "core/poly/syntax.h"

#include <isl/cpp.h>

#include <set>
#include <string>

namespace polyloom {

/// Reads what is affine in the known names: integers, sums, products with a number, floor(e / n), e mod n, min, max;
/// conditions are comparisons under and, or, not. Iterators and parameters are parameters of the results.
/// All functions throw BadPoly ("not-affine", "unknown-name").
class PolyAffine {
public:
  PolyAffine(isl::ctx ctx, std::set<std::string> names) : ctx_(ctx), names_(std::move(names)) {}

  isl::pw_aff value(const PolySyntax& syntax) const;
  isl::set condition(const PolySyntax& syntax) const;

  bool knows(const std::string& name) const { return names_.contains(name); }

private:
  isl::pw_aff name(const PolySyntax& syntax) const;
  isl::pw_aff call(const PolySyntax& syntax) const;
  isl::pw_aff binary(const PolySyntax& syntax) const;
  isl::pw_aff product(const PolySyntax& syntax) const;
  /// The value of a literal, possibly negated; fails with the sentence for anything else.
  long number(const PolySyntax& syntax, const char* wanted) const;

  isl::ctx ctx_;
  std::set<std::string> names_;
};

} // namespace polyloom
