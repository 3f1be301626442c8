// Schedules of a request: read, and predicted.
#pragma once

#include "models/networks/cost_model.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

inline constexpr std::size_t kMostSchedules = 65536;

/// {"predictions": [{"speedup", …} or {"error": …}]} for "original" and "schedules", or for "program" and "recipes".
Result<nlohmann::json> predictionsFor(const nlohmann::json& request, const CostModel& model, const FeatureTable& table);

/// {"original": INPUT, "schedules": [INPUT or {"error": …}]} for "program" and "recipes", with the features that "inputs"
/// names.
Result<nlohmann::json> featuresFor(const nlohmann::json& request, const FeatureTable& table);

nlohmann::json errorOf(const Diagnostic& diagnostic);

} // namespace polyloom
