// The variables of a region as parameters, data scalars and arrays.
#pragma once

#include "core/frontend/affine.h"
#include "core/frontend/facts.h"
#include "core/frontend/source_map.h"
#include "core/program/scop.h"

#include <map>
#include <optional>
#include <vector>

namespace polyloom {

/// What each variable became. Extents that the source does not declare are inferred later, from the accesses.
struct Variables {
  std::vector<Parameter> parameters;
  std::vector<DataScalar> scalars;
  std::vector<Array> arrays;
  std::vector<int> inferred; ///< arrays whose outermost extent is not declared
  std::map<const clang::VarDecl*, int> arrayOf;
  std::map<const clang::VarDecl*, int> scalarOf;
};

/// Refuses types that a region cannot hold ("unsupported-type") and extents that are not affine.
Result<Variables> declareVariables(const SourceMap& source, const RegionFacts& facts, AffineReader& affine);

/// The type of a value that a region may hold, or nothing.
std::optional<ElementType> elementTypeOf(clang::QualType type);

/// Whether the variable is a `const` floating-point number with a constant initializer, and which.
std::optional<double> floatingConstantOf(const clang::VarDecl* variable);

} // namespace polyloom
