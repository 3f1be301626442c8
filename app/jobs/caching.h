// What simulated caches see of recipes, beside the original order.
#pragma once

#include "core/base/diagnostic.h"
#include "core/cache/simulation.h"
#include "core/program/scop.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Simulates as many accesses of each order, unless told otherwise: some seconds.
inline constexpr std::uint64_t kSimulatedAccesses = 200'000'000;

struct CachingOptions {
  std::map<std::string, std::int64_t> parameters; ///< by name; the others keep the program's defaults
  bool reassociate = false;
  SimulationOptions simulation = {.caches = machineCaches(), .limit = kSimulatedAccesses};
};

/// One recipe. An illegal order can be looked at, so it is simulated, too.
struct CachedSchedule {
  std::string recipe;
  bool isLegal = false;
  std::string message; ///< the verdict where it is not legal, or why there is no simulation
  std::optional<Simulation> simulation;
};

struct CacheAnswer {
  CacheHierarchy caches;
  std::uint64_t limit = 0; ///< 0: none
  Simulation original;
  std::vector<CachedSchedule> schedules; ///< one per recipe
};

/// Simulates the original order and each recipe's. A recipe that is refused appears without a simulation. Refuses
/// programs that cannot be executed ("no-value") and values that break an assumption ("broken-assumption"); fails as
/// `simulateCaches` does.
Result<CacheAnswer> simulateRecipes(const ScopPtr& scop, std::span<const std::string> recipes,
                                    const CachingOptions& options);

/// Which part of its accesses a simulation saw: "all 4 096 accesses", "the first 10 of 4 096 accesses (0.24 %)".
std::string shareSentence(const Simulation& simulation);

/// "simulated, not counted: one thread, …": what holds for every figure.
std::string simulatedSentence();

/// caches {machine, levels}, limit, sentence, original, schedules; each with accesses, total_accesses, share, levels,
/// arrays, loops, reuse.
nlohmann::json cacheToJson(const CacheAnswer& answer);

/// Misses of the first and the last level alone, for `measure`: {l1d_misses, llc_misses, share}.
nlohmann::json missesToJson(const Simulation& simulation);

} // namespace polyloom
