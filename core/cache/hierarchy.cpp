#include "core/cache/hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <fstream>

namespace polyloom {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kKibi = 1024;

std::string wordIn(const fs::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

/// "64", "32K", "1M"; 0 for anything else.
std::uint64_t numberFrom(const std::string& word) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const std::string unit(end, word.data() + word.size());
  if (error != std::errc{} || number > (std::uint64_t{1} << 40))
    return 0;
  if (unit == "K")
    return number * kKibi;
  if (unit == "M")
    return number * kKibi * kKibi;
  return unit.empty() ? number : 0;
}

/// Nothing for a cache of instructions.
std::optional<CacheLevel> levelFrom(const fs::path& folder) {
  const std::string type = wordIn(folder / "type");
  if (type != "Data" && type != "Unified")
    return std::nullopt;
  CacheLevel level{.level = static_cast<int>(numberFrom(wordIn(folder / "level"))),
                   .bytes = numberFrom(wordIn(folder / "size")),
                   .ways = numberFrom(wordIn(folder / "ways_of_associativity")),
                   .lineBytes = numberFrom(wordIn(folder / "coherency_line_size"))};
  if (level.ways == 0 && level.lineBytes != 0) // a single set
    level.ways = level.bytes / level.lineBytes;
  return level;
}

} // namespace

CacheHierarchy assumedCaches() {
  return {.levels = {{.level = 1, .bytes = 32 * kKibi, .ways = 8},
                     {.level = 2, .bytes = 512 * kKibi, .ways = 8},
                     {.level = 3, .bytes = 8 * kKibi * kKibi, .ways = 16}}};
}

CacheHierarchy machineCaches(const fs::path& folder) {
  CacheHierarchy caches{.isMachines = true};
  for (int index = 0; fs::exists(folder / fmt::format("index{}", index)); ++index)
    if (const std::optional<CacheLevel> level = levelFrom(folder / fmt::format("index{}", index)))
      caches.levels.push_back(*level);
  std::ranges::sort(caches.levels, {}, &CacheLevel::level);
  return whyImpossible(caches) || caches.levels.front().level != 1 ? assumedCaches() : caches;
}

std::optional<Diagnostic> whyImpossible(const CacheHierarchy& caches) {
  if (caches.levels.empty())
    return Diagnostic{"bad-caches", "there is no cache"};
  std::uint64_t shortest = 1;
  for (const CacheLevel& level : caches.levels) {
    if (!std::has_single_bit(level.lineBytes) || level.lineBytes < shortest)
      return Diagnostic{"bad-caches", fmt::format("lines of L{} have {} bytes; wanted is a power of two, no less than "
                                                  "the level before has", level.level, level.lineBytes)};
    if (level.ways == 0 || level.bytes == 0 || level.bytes % (level.ways * level.lineBytes) != 0)
      return Diagnostic{"bad-caches", fmt::format("the {} bytes of L{} are no whole number of sets of {} lines of {} bytes",
                                                  level.bytes, level.level, level.ways, level.lineBytes)};
    shortest = level.lineBytes;
  }
  return std::nullopt;
}

std::string toText(const CacheLevel& level) {
  return fmt::format("L{} {}, {} ways, {}-byte lines", level.level, byteText(level.bytes), level.ways, level.lineBytes);
}

std::string byteText(std::uint64_t bytes) {
  const auto number = static_cast<double>(bytes);
  if (bytes >= kKibi * kKibi * kKibi)
    return fmt::format("{:.4g} GiB", number / static_cast<double>(kKibi * kKibi * kKibi));
  if (bytes >= kKibi * kKibi)
    return fmt::format("{:.4g} MiB", number / static_cast<double>(kKibi * kKibi));
  return bytes >= kKibi ? fmt::format("{:.4g} KiB", number / static_cast<double>(kKibi)) : fmt::format("{} bytes", bytes);
}

} // namespace polyloom
