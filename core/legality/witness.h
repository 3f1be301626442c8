// Why a schedule is illegal: two instances, the cell they share, the smallest case, one sentence.
#pragma once

#include "core/legality/legality.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// An instance pair of a violated dependence at the smallest parameter values that show it.
struct Witness {
  DependenceKind kind = DependenceKind::Flow;
  int array = 0;
  std::vector<std::int64_t> cell; ///< subscripts
  int source = 0, sink = 0;       ///< statements
  std::vector<std::int64_t> sourceInstance, sinkInstance;
  std::vector<std::pair<std::string, std::int64_t>> parameters;
  ScopPtr program; ///< whose statements and arrays these are
  std::string sentence;
};

/// Bounds all parameters by the smallest number that leaves a pair, then takes the lexicographically first values.
/// Cost: a few dozen isl emptiness tests.
Witness findWitness(const Violation& violation);

/// One witness per violated dependence, that of its violation with the smallest case; the smallest case of all first.
std::vector<Witness> findWitnesses(const LegalityReport& report);

} // namespace polyloom
