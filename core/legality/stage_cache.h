// What legality remembers about a stage of storage.
#pragma once

#include "core/legality/comparisons.h"
#include "core/legality/storage_checks.h"
#include "core/program/dependences.h"
#include "core/schedule/stage.h"

#include <map>
#include <optional>

namespace polyloom {

struct StageCache {
  std::optional<Dependences> dependences;
  std::map<bool, EarlierVerdict> earlier; ///< with and without reassociation
  Comparisons comparisons;
};

/// The stage's own; made where it has none.
inline StageCache& cacheOf(const Stage& stage) {
  if (stage.cache == nullptr)
    stage.cache = std::make_shared<StageCache>();
  return *stage.cache;
}

} // namespace polyloom
