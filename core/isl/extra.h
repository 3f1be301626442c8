// The few isl operations that the C++ bindings of isl 0.25 leave out.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// isl's notation.
std::string islText(const isl::set& set);
std::string islText(const isl::map& map);
std::string islText(const isl::pw_aff& aff);
std::string islText(const isl::schedule& schedule);

/// Pairs x -> y with left(x) < right(y), left(x) > right(y), left(x) = right(y).
isl::map lessMap(const isl::pw_aff& left, const isl::pw_aff& right);
isl::map greaterMap(const isl::pw_aff& left, const isl::pw_aff& right);
isl::map equalMap(const isl::pw_aff& left, const isl::pw_aff& right);

/// The function that is `first` on the domain of `first` and `second` on that of `second`; the domains are disjoint.
isl::pw_aff joinPieces(const isl::pw_aff& first, const isl::pw_aff& second);

/// `schedule` under one more outermost band.
isl::schedule insertPartialSchedule(const isl::schedule& schedule, const isl::multi_union_pw_aff& band);
/// `schedule` under an outermost mark; its text may be any, where isl's own constructor takes one word.
isl::schedule insertMark(const isl::schedule& schedule, const std::string& text);
/// First all of `first`, then all of `second`.
isl::schedule sequence(const isl::schedule& first, const isl::schedule& second);

/// { x -> [v1(x), v2(x), …] : x in domain }.
isl::map mapToVector(const isl::set& domain, const isl::pw_aff_list& values);

/// { x -> y } for all x and y of two sets.
isl::map allPairs(const isl::set& from, const isl::set& to);

/// The part of a function over several tuples that is for this one; defined nowhere where there is none.
isl::pw_aff valueOn(const isl::union_pw_aff& values, const isl::space& domain);

/// { S[x1, …, xn, i, j] -> S[i, j] } for a set { S[i, j] } and `count` new dimensions, everywhere.
isl::pw_multi_aff dropLeadingDimensions(const isl::set& set, unsigned count);

/// Names of a set's dimensions; unnamed ones are empty.
std::vector<std::string> dimensionNames(const isl::set& set);
unsigned dimensionCount(const isl::set& set);
unsigned dimensionCount(const isl::space& setSpace);
unsigned parameterCount(const isl::set& set);
std::string parameterName(const isl::set& set, unsigned position);
std::string tupleName(const isl::set& set);
std::string tupleName(const isl::space& setSpace);

/// `set` with a parameter fixed to a value; a parameter that the set does not have changes nothing.
isl::set fixParameter(const isl::set& set, const std::string& parameter, std::int64_t value);
isl::map fixParameter(const isl::map& map, const std::string& parameter, std::int64_t value);

/// `set` with -bound <= p <= bound for all of its parameters.
isl::set boundParameters(const isl::set& set, std::int64_t bound);

/// The parameters as the first dimensions of a flat set without a name: [N] -> { S[i] } becomes { [N, i] }.
/// Takes a set of parameters, too.
isl::set parametersFirst(const isl::set& set);

/// Coordinates of a point of the set, the lexicographically smallest one; the set must not be empty nor parametric.
std::vector<std::int64_t> lexminPoint(const isl::set& set);

/// The one point of a set's space with these coordinates.
isl::set pointSet(const isl::space& space, const std::vector<std::int64_t>& values);

/// A point's coordinates.
std::vector<std::int64_t> coordinates(const isl::point& point);

/// The value of parameter `name`, and a constant, as functions on `space` (a set's, or a parameter space).
isl::pw_aff parameterAff(const isl::space& space, const std::string& name);
isl::pw_aff constantAff(const isl::space& space, std::int64_t value);

/// An expression { S[i, j] -> [(i)] } that reads dimension `position` of every point of `space`.
isl::pw_aff dimensionAff(const isl::space& space, unsigned position);

} // namespace polyloom
