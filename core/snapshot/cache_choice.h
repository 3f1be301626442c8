// Which caches the scrubber simulates: the machine's, or toys small enough for small pictures.
#pragma once

#include "core/cache/hierarchy.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// The reader's choice.
struct CacheChoice {
  enum class Kind { Fitting, Machine, Own };
  /// Fitting: the machine's where the arrays are larger than its first level, else a toy that they are larger than.
  Kind kind = Kind::Fitting;
  CacheHierarchy own = {}; ///< of Kind::Own
  friend bool operator==(const CacheChoice& a, const CacheChoice& b) {
    return a.kind == b.kind && a.own.levels == b.own.levels;
  }
};

struct NamedCaches {
  std::string name;
  CacheChoice choice;
};

/// `levels` levels of lines of `lineBytes`, each with four times as many sets as the one before.
CacheHierarchy toyCaches(std::uint64_t lineBytes, std::uint64_t sets, std::uint64_t ways, int levels = 1);

/// What there is to choose from; the first one is the default.
std::vector<NamedCaches> cacheChoices();

/// The caches for arrays of so many bytes. Sizes that are impossible give the toy.
CacheHierarchy chosenCaches(const CacheChoice& choice, std::uint64_t arrayBytes);

/// "L1: 8 lines of 32 bytes; L2: 4 sets of 8 lines of 32 bytes": by lines where they are few, else by bytes.
std::string describeCaches(const CacheHierarchy& caches);

} // namespace polyloom
