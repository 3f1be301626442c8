// A schedule as dates: the form of OpenScop's scattering relations.
#pragma once

#include "core/schedule/schedule.h"

#include <isl/cpp.h>

#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// The dates of a schedule's instances, places in sequences and values of loops in turn: { S0[t, i] -> [0, t, 0, i, 0] }.
/// Lexicographic order of the dates, shorter ones followed by zeros, is the order of the schedule's tree. A tile loop's
/// value is a quotient, floor(t / 4). Attributes (parallel, vectorize, unroll) are no part of it.
struct Scattering {
  std::map<std::string, isl::map> dates; ///< per statement; a union where the statement lives in several places
  std::vector<std::string> names;        ///< per dimension: b0, the first loop there, b1, …
};

Scattering scatteringOf(const Schedule& schedule);

} // namespace polyloom
