#include "core/snapshot/cache_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace polyloom {

namespace {

constexpr std::uint64_t kToyLine = 32; ///< four doubles
constexpr std::uint64_t kFewLines = 64;

std::string describeLevel(const CacheLevel& level) {
  const std::uint64_t lines = level.sets() * level.ways;
  if (lines > kFewLines)
    return toText(level);
  const std::string sets = level.sets() == 1 ? "" : fmt::format("{} sets of ", level.sets());
  return fmt::format("L{}: {}{} line{} of {} bytes", level.level, sets, level.ways, level.ways == 1 ? "" : "s", level.lineBytes);
}

} // namespace

CacheHierarchy toyCaches(std::uint64_t lineBytes, std::uint64_t sets, std::uint64_t ways, int levels) {
  CacheHierarchy caches;
  for (int level = 1; level <= levels; ++level, sets *= 4)
    caches.levels.push_back({.level = level, .bytes = lineBytes * sets * ways, .ways = ways, .lineBytes = lineBytes});
  return caches;
}

std::vector<NamedCaches> cacheChoices() {
  const auto own = [](CacheHierarchy caches) { return CacheChoice{CacheChoice::Kind::Own, std::move(caches)}; };
  return {{"fitting the arrays", {}},
          {"this machine's", {CacheChoice::Kind::Machine, {}}},
          {"8 lines of 4 doubles", own(toyCaches(kToyLine, 1, 8))},
          {"8 lines, then 32", own(toyCaches(kToyLine, 2, 4, 2))},
          {"8 lines, one place each", own(toyCaches(kToyLine, 8, 1))},
          {"32 lines of 8 doubles", own(toyCaches(64, 4, 8))}};
}

CacheHierarchy chosenCaches(const CacheChoice& choice, std::uint64_t arrayBytes) {
  const CacheHierarchy toy = toyCaches(kToyLine, 1, 8);
  if (choice.kind == CacheChoice::Kind::Own)
    return whyImpossible(choice.own) ? toy : choice.own;
  CacheHierarchy machine = machineCaches();
  const bool isUseful = choice.kind == CacheChoice::Kind::Machine || machine.levels.front().bytes < arrayBytes;
  return isUseful ? machine : toy;
}

std::string describeCaches(const CacheHierarchy& caches) {
  std::vector<std::string> levels;
  for (const CacheLevel& level : caches.levels)
    levels.push_back(describeLevel(level));
  return fmt::format("{}", fmt::join(levels, "; "));
}

} // namespace polyloom
