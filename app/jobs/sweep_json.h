// Sweeps as JSON: requests of the worker, and answers that the worker and the command line share.
#pragma once

#include "core/snapshot/sweep.h"

#include <nlohmann/json.hpp>

#include <span>
#include <vector>

namespace polyloom {

/// {step, parameter, place, values}. Throws json's own exceptions where keys are missing.
SweepAxis sweepAxisFrom(const nlohmann::json& wire);
nlohmann::json sweepAxisToJson(const SweepAxis& axis);

/// {step, parameter, place, line, open, loop, value, is_count, candidates, coarse}.
nlohmann::json sweepNumberToJson(const SweepNumber& number);

/// {index, values, recipe, verdict, message, same_as (null: none), figures}; a figure is {source, speedup, speedup_interval,
/// median_s, stored}, all but the first null where there is none, and message.
nlohmann::json sweepPointToJson(const SweepPoint& point, std::size_t index);

/// "waiting", "legal", "illegal", "unknown", "refused".
const char* wordOf(SweepVerdict verdict);

} // namespace polyloom
