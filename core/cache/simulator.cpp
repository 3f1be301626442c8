#include "core/cache/simulator.h"

#include "core/base/check.h"

#include <algorithm>
#include <bit>

namespace polyloom {

namespace {

constexpr std::uint64_t kFree = ~std::uint64_t{0};
constexpr std::uint64_t kChanged = 1;

} // namespace

CacheSimulator::Level::Level(const CacheLevel& level)
    : shift(static_cast<unsigned>(std::countr_zero(level.lineBytes))), isMasked(std::has_single_bit(level.sets())),
      sets(level.sets()), ways(level.ways), entries(sets * ways, kFree) {}

const std::uint64_t* CacheSimulator::Level::find(std::uint64_t line) const {
  const std::uint64_t* set = entries.data() + setOf(line) * ways;
  for (std::uint64_t way = 0; way < ways; ++way)
    if ((set[way] >> 1) == line)
      return set + way;
  return nullptr;
}

CacheSimulator::CacheSimulator(const CacheHierarchy& caches) {
  POLYLOOM_CHECK(!whyImpossible(caches));
  for (const CacheLevel& level : caches.levels)
    levels_.emplace_back(level);
}

std::size_t CacheSimulator::holderOf(std::uint64_t address) const {
  std::size_t level = 0;
  while (level < levels_.size() && levels_[level].find(address >> levels_[level].shift) == nullptr)
    ++level;
  return level;
}

std::optional<std::uint64_t> CacheSimulator::victimOf(std::size_t number, std::uint64_t address) const {
  const Level& level = levels_[number];
  const std::uint64_t line = address >> level.shift;
  const std::uint64_t last = level.entries[level.setOf(line) * level.ways + level.ways - 1];
  if (last == kFree || level.find(line) != nullptr)
    return std::nullopt;
  return (last >> 1) << level.shift;
}

/// Outer levels are asked first, so that what they evict has left this one before it makes room.
std::size_t CacheSimulator::fetch(std::size_t number, std::uint64_t address, bool isWrite) {
  Level& level = levels_[number];
  const std::uint64_t line = address >> level.shift;
  std::uint64_t* const set = level.entries.data() + level.setOf(line) * level.ways;
  if (std::uint64_t* found = level.find(line)) {
    ++level.counts.hits;
    const std::uint64_t entry = *found | static_cast<std::uint64_t>(isWrite);
    std::move_backward(set, found, found + 1);
    *set = entry;
    return number;
  }
  ++level.counts.misses;
  const std::size_t source = number + 1 < levels_.size() ? fetch(number + 1, address, false) : levels_.size();
  const std::uint64_t victim = set[level.ways - 1];
  std::move_backward(set, set + level.ways - 1, set + level.ways);
  *set = line << 1 | static_cast<std::uint64_t>(isWrite);
  if (victim == kFree)
    return source;
  const std::uint64_t left = (victim >> 1) << level.shift;
  const bool innerChanged = number > 0 && drop(number - 1, left, std::uint64_t{1} << level.shift);
  if (innerChanged || (victim & kChanged) != 0)
    writeBack(number, left);
  return source;
}

/// The level beyond takes the line's new contents; no access of the program, so it stays as recently used as it was.
void CacheSimulator::writeBack(std::size_t number, std::uint64_t address) {
  ++levels_[number].counts.writebacks;
  if (number + 1 == levels_.size())
    return;
  Level& outer = levels_[number + 1];
  std::uint64_t* entry = outer.find(address >> outer.shift);
  POLYLOOM_CHECK(entry != nullptr); // inclusive
  *entry |= kChanged;
}

/// Takes the lines between the addresses out of a level and those inside it. Whether one of them was changed.
bool CacheSimulator::drop(std::size_t number, std::uint64_t address, std::uint64_t bytes) {
  Level& level = levels_[number];
  bool anyChanged = false;
  for (std::uint64_t line = address >> level.shift; line < (address + bytes) >> level.shift; ++line) {
    std::uint64_t* entry = level.find(line);
    if (entry == nullptr)
      continue; // nor is it further inside
    const bool innerChanged = number > 0 && drop(number - 1, line << level.shift, std::uint64_t{1} << level.shift);
    const bool isChanged = innerChanged || (*entry & kChanged) != 0;
    std::uint64_t* const end = level.entries.data() + (level.setOf(line) + 1) * level.ways;
    std::move(entry + 1, end, entry);
    end[-1] = kFree;
    level.counts.writebacks += isChanged ? 1 : 0;
    anyChanged = anyChanged || isChanged;
  }
  return anyChanged;
}

} // namespace polyloom
