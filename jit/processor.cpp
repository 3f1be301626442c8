#include "jit/processor.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace polyloom {

namespace {

constexpr std::uint64_t kAssumedCache = 32 << 20;

/// "32768K", as the system writes it; 0 where there is no such file.
std::uint64_t bytesIn(const std::string& path) {
  std::uint64_t number = 0;
  char unit = 'B';
  std::ifstream stream(path);
  if (!(stream >> number))
    return 0;
  stream >> unit;
  return unit == 'K' ? number << 10 : unit == 'M' ? number << 20 : unit == 'G' ? number << 30 : number;
}

} // namespace

std::uint64_t lastLevelCacheBytes() {
  std::uint64_t largest = 0;
  for (int index = 0; index < 8; ++index)
    largest = std::max(largest, bytesIn("/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/size"));
  if (largest == 0)
    largest = static_cast<std::uint64_t>(std::max(sysconf(_SC_LEVEL3_CACHE_SIZE), sysconf(_SC_LEVEL2_CACHE_SIZE)));
  return static_cast<std::int64_t>(largest) > 0 ? largest : kAssumedCache;
}

int memoryNodes() {
  int nodes = 0;
  while (std::filesystem::exists("/sys/devices/system/node/node" + std::to_string(nodes)))
    ++nodes;
  return std::max(nodes, 1);
}

} // namespace polyloom
