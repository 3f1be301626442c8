// The values that a loop's iterator takes. Pure mathematics: free of Clang.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A `for` loop in mathematical terms. While a region is read, iterators are parameters of their sets, like the
/// region's own parameters; only finished domains have them as dimensions.
struct LoopHead {
  std::string iterator; ///< the parameter that stands for the iterator's value
  isl::pw_aff init;     ///< its first value
  isl::set condition;   ///< where the loop goes on, over the iterator and what stands outside
  std::int64_t step = 1;
};

/// The iterator's values within the outer instances `outer`, exactly: a value runs if the condition holds for it and
/// for all values before it.
struct Iterations {
  isl::set values;
  std::optional<isl::set> terminates; ///< the condition on outer values for the loop to end, where it may not
};

/// `outerIterators` are the parameters of `outer` that are iterators. Nothing where the loop is unbounded.
std::optional<Iterations> iterationsOf(const LoopHead& head, const isl::set& outer,
                                       const std::vector<std::string>& outerIterators);

/// { tuple[dims] : … } from a set over parameters, some of which become the dimensions.
isl::set toDimensions(const isl::set& params, const std::string& tuple, const std::vector<std::string>& dimensions);

/// The multi_id that binds `dimensions` to the tuple.
isl::multi_id tupleOf(isl::ctx ctx, const std::string& tuple, const std::vector<std::string>& dimensions);

/// The set without these parameters: whether some value of them is in it.
isl::set projectOut(const isl::set& set, const std::vector<std::string>& names);

/// The value of a parameter.
isl::pw_aff parameterValue(isl::ctx ctx, const std::string& name);
isl::pw_aff constantValue(isl::ctx ctx, std::int64_t value);
isl::set allParameters(isl::ctx ctx);

} // namespace polyloom
