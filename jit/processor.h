// This machine's caches and memory.
#pragma once

#include <cstdint>
#include <string>

namespace polyloom {

/// The size of the largest cache of the first processor; 32 MiB where the system does not tell.
std::uint64_t lastLevelCacheBytes();

/// How many memories the processors are at different distances from (NUMA nodes); 1 where the system does not tell.
int memoryNodes();

} // namespace polyloom
