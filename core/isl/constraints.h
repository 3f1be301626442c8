// Relations as matrices of constraints, as PolyLib and OpenScop write them.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// One affine constraint: the sum of coefficients times dimensions is zero, or not negative.
struct Constraint {
  bool isEquality = false;
  std::vector<std::int64_t> coefficients; ///< of outputs, inputs, locals, parameters; at last the constant
};

/// A conjunction of constraints. A relation is a union of them. A set has outputs only.
struct ConstraintSystem {
  unsigned outputs = 0, inputs = 0;
  unsigned locals = 0; ///< integers of which some must exist
  unsigned parameters = 0;
  std::vector<Constraint> constraints = {};

  std::size_t columns() const { return outputs + inputs + locals + parameters + 1; }
};

/// The relation's disjuncts, over its parameters in its order. Throws isl::exception where a coefficient has more than
/// 64 bits.
std::vector<ConstraintSystem> constraintsOf(const isl::map& relation);
/// A set, or the conditions of a parameter set (no outputs).
std::vector<ConstraintSystem> constraintsOf(const isl::set& set);

/// { domainTuple[…] -> rangeTuple[…] }, the union of the systems; empty without any. All have `inputs` and `outputs`
/// dimensions, one parameter for each name, and rows of columns() coefficients. An empty tuple name stands for none.
isl::map relationOf(isl::ctx ctx, std::span<const ConstraintSystem> systems, const std::vector<std::string>& parameters,
                    const std::string& domainTuple, const std::string& rangeTuple, unsigned inputs, unsigned outputs);

} // namespace polyloom
