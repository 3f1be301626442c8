// How far apart the two sides of pairs are, and the linear combinations of such distances that are never negative.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace polyloom {

/// A function's value for the source and for the sink of a pair.
struct SidedValue {
  isl::pw_aff source;
  isl::pw_aff sink;
};

/// { [sink1 - source1, sink2 - source2, …] : source -> sink in pairs }, for all parameter values together.
isl::set distanceSet(const isl::map& pairs, const std::vector<SidedValue>& values);

/// The smallest sink - source as a function of the pairs' parameters; nothing where they do not bound it.
std::optional<isl::pw_aff> smallestDistance(const isl::map& pairs, const SidedValue& value);

/// The smallest (largest) value of a dimension over a set that is not empty; nothing where there is none.
std::optional<std::int64_t> minimumOf(const isl::set& set, unsigned dimension);
std::optional<std::int64_t> maximumOf(const isl::set& set, unsigned dimension);

/// Integers f, one per dimension but the last, for which last + Σ f[k]·d[k] >= least on the whole set; of all such the ones
/// with the smallest sum of magnitudes. Nothing where there are none.
///
/// Farkas' lemma: a linear form is nonnegative on a polyhedron iff it is a nonnegative combination of its constraints,
/// which makes the condition linear in f (P. Feautrier, Some efficient solutions to the affine scheduling problem, 1992).
/// Divisions in the set are dropped first, so that the answer is always sufficient and without them also necessary.
std::optional<std::vector<std::int64_t>> factorsToReach(std::int64_t least, const isl::set& distances);

/// For distances in two dimensions: the integers f with last + f·first >= 0 on the whole set, as their least and largest
/// (absent: no bound). Nothing where there are none. Sufficient, and necessary without divisions, as above.
std::optional<std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>>
factorRange(const isl::set& distances);

} // namespace polyloom
