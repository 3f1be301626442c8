// The worker's jobs on sweeps.
#pragma once

#include "app/jobs/place.h"
#include "core/base/diagnostic.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace polyloom {

/// What a recipe's numbers are, and the values worth trying: {"numbers": […]}.
Result<nlohmann::json> sweepNumbersJob(const nlohmann::json& request);

/// Judges and measures all choices. Streams {"id", "partial": {"points": […]}} as points change, and
/// {"id", "partial": {"measured": …}} with the answer of `measure` for each batch; answers {"points": […]}.
Result<nlohmann::json> sweepJob(const nlohmann::json& request, const std::function<void(const nlohmann::json&)>& send,
                                Place& place);

} // namespace polyloom
