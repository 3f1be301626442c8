// The caches of a machine, as numbers.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// One level: sets of `ways` lines each.
struct CacheLevel {
  int level = 1;
  std::uint64_t bytes = 0;
  std::uint64_t ways = 1;
  std::uint64_t lineBytes = 64;

  std::uint64_t sets() const { return bytes / (ways * lineBytes); }
  friend bool operator==(const CacheLevel&, const CacheLevel&) = default;
};

/// The levels that data passes through, from the processor outwards.
struct CacheHierarchy {
  std::vector<CacheLevel> levels;
  bool isMachines = false; ///< read from this machine, not assumed
};

/// What is assumed where a machine does not describe its caches: 32 KiB, 512 KiB and 8 MiB.
CacheHierarchy assumedCaches();

/// The data and unified caches that Linux describes below `folder` (index0, index1, …), or the assumed ones where the
/// description is missing or makes no sense.
CacheHierarchy machineCaches(const std::filesystem::path& folder = "/sys/devices/system/cpu/cpu0/cache");

/// Why no cache can be like this: no level, a size that is no whole number of sets, a line that is no power of two or
/// shorter than the level's before ("bad-caches"). Nothing where all is well.
std::optional<Diagnostic> whyImpossible(const CacheHierarchy& caches);

/// "L1 32 KiB, 8 ways, 64-byte lines".
std::string toText(const CacheLevel& level);

/// "32 KiB", "1.5 MiB".
std::string byteText(std::uint64_t bytes);

} // namespace polyloom
