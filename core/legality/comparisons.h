// How a loop's values order pairs of instances, remembered.
#pragma once

#include "core/isl/extra.h"

#include <isl/cpp.h>

#include <cstddef>
#include <map>
#include <utility>

namespace polyloom {

/// Comparisons of values that were made before. A tree shares its loops' values with the trees that it was made from, so
/// that judging a neighbor in a search asks for little that is new. One thread, one context.
class Comparisons {
public:
  /// Pairs of instances by the values that the loop has at each. The reference holds until the next call.
  const Comparison& of(const isl::pw_aff& source, const isl::pw_aff& sink);

private:
  struct Known {
    isl::pw_aff source, sink; ///< keep the addresses taken
    Comparison comparison;
  };
  std::map<std::pair<const isl_pw_aff*, const isl_pw_aff*>, Known> known_; ///< by identity
};

} // namespace polyloom
