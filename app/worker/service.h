// The worker's jobs: one JSON object in, progress and one result or error out.
#pragma once

#include <nlohmann/json.hpp>

#include <functional>

namespace polyloom {

/// Does one job ("extract", "emit", "measure", "stored"; from another machine "hello", "run") and returns
/// {"id", "result"} or {"id", "error"}. `progress` receives {"id", "progress"} objects meanwhile, from any thread.
nlohmann::json serve(const nlohmann::json& request, const std::function<void(const nlohmann::json&)>& progress);

} // namespace polyloom
