// Questions and constructions on sets that isl's C++ bindings do not offer.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// Names of parameters with values for them.
using ParameterPoint = std::vector<std::pair<std::string, std::int64_t>>;

/// Whether the set has finitely many points for each value of its parameters.
bool isBounded(const isl::set& set);

/// Whether the value, or where it is defined, depends on dimension `position` of its domain.
bool involvesDimension(const isl::pw_aff& value, unsigned position);

/// Whether every piece is a constant.
bool isConstant(const isl::pw_aff& value);

/// The integer in a value like i + 2 or N - 3; 0 where it is not affine.
std::int64_t constantTerm(const isl::pw_aff& value);

/// The set with its dimensions called by these names. Only how it prints changes.
isl::set nameDimensions(const isl::set& set, const std::vector<std::string>& names);
/// The same for the input dimensions of a relation.
isl::map nameInputs(const isl::map& map, const std::vector<std::string>& names);
isl::pw_aff nameInputs(const isl::pw_aff& value, const std::vector<std::string>& names);

/// The same object with exactly these parameters first, in this order.
isl::set alignParameters(const isl::set& set, const std::vector<std::string>& names);
isl::map alignParameters(const isl::map& map, const std::vector<std::string>& names);
isl::pw_aff alignParameters(const isl::pw_aff& value, const std::vector<std::string>& names);

/// { domain -> tuple[] }
isl::map mapToPoint(const isl::set& domain, const std::string& tuple);

/// The set at these values of its parameters; names that it does not know are ignored.
isl::set atParameters(const isl::set& set, const ParameterPoint& values);

/// The value of an expression over parameters at these values; 0 where it is not defined.
double valueAt(const isl::pw_aff& value, const ParameterPoint& values);

/// Number of points of a bounded set without free parameters. Cost: grows with the number of rows.
double countPoints(const isl::set& set);

/// The value of parameter `name` at a point of a parameter set, or `otherwise` where the set does not have it.
std::int64_t parameterOf(const isl::point& point, const std::string& name, std::int64_t otherwise);

} // namespace polyloom
