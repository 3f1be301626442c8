// Simulated caches as tables.
#pragma once

#include "app/jobs/caching.h"

#include <span>
#include <string>

namespace polyloom {

/// The original's figures and those of each recipe in columns; the loops of each order below. `names` are the recipes'.
std::string cacheText(const CacheAnswer& answer, std::span<const std::string> names);

} // namespace polyloom
