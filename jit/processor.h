// What this machine's processor is.
#pragma once

#include <cstdint>
#include <string>

namespace polyloom {

/// The size of the largest cache of the first processor; 32 MiB where the system does not tell.
std::uint64_t lastLevelCacheBytes();

/// The processor's name as the system gives it; "unknown processor" where it does not.
std::string processorModel();

} // namespace polyloom
