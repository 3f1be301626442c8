// Misses of simulated caches beside measured times.
#pragma once

#include "app/jobs/measuring.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace polyloom {

/// What `measure` adds when asked for it.
struct SimulatedMisses {
  nlohmann::json json; ///< {sentence, original, schedules}; null in place of what was not measured
  std::string text;
};

/// Simulates the orders that were measured, at the same values. Where the processor has counted the misses nothing is
/// simulated, and the sentence says so.
Result<SimulatedMisses> simulateMisses(const ScopPtr& scop, std::span<const std::string> recipes,
                                       const MeasureAnswer& measured, const MeasureOptions& options);

} // namespace polyloom
