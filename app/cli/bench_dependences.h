// How long the dependences of kernels take.
#pragma once

#include "app/cli/session.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace polyloom {

/// Computes each file's dependences `runs` times, each time in a context of its own, and prints the median (as text, or
/// as the result's rows with --json), then their sum. Time is this process's own on the processor: what else the
/// machine does is not in it. A file that cannot be opened is a row with its error.
nlohmann::json benchDependences(const std::vector<std::string>& files, int runs, const CommonOptions& common);

} // namespace polyloom
