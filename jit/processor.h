// This machine's caches.
#pragma once

#include <cstdint>
#include <string>

namespace polyloom {

/// The size of the largest cache of the first processor; 32 MiB where the system does not tell.
std::uint64_t lastLevelCacheBytes();

} // namespace polyloom
