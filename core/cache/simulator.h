// Caches of several levels, simulated access by access.
#pragma once

#include "core/cache/hierarchy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace polyloom {

/// What happened at one level. Hits and misses are of the accesses that reached it: the misses of the level before.
struct LevelCounts {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t writebacks = 0; ///< lines that left it changed
  friend bool operator==(const LevelCounts&, const LevelCounts&) = default;
};

/// Set-associative levels with least-recently-used replacement, write-allocate, write-back, inclusive: what an outer
/// level evicts leaves the inner ones, too. A hit does not refresh the levels further out, which do not see it. No
/// prefetching, and addresses are the physical ones.
///
/// An access lies within one line: cells are aligned to their size. Cost: some nanoseconds for a hit in the first level.
class CacheSimulator {
public:
  /// The caches are possible (`whyImpossible`).
  explicit CacheSimulator(const CacheHierarchy& caches);

  /// Returns the index of the level that had the line; `levels()` where memory had to give it.
  std::size_t access(std::uint64_t address, bool isWrite) {
    Level& nearest = levels_.front();
    const std::uint64_t line = address >> nearest.shift;
    std::uint64_t& recent = nearest.entries[nearest.setOf(line) * nearest.ways];
    if ((recent >> 1) != line)
      return fetch(0, address, isWrite);
    recent |= static_cast<std::uint64_t>(isWrite);
    ++nearest.counts.hits;
    return 0;
  }

  /// The nearest level that has the address's line; `levels()` where none has.
  std::size_t holderOf(std::uint64_t address) const;
  /// Where a level would have to make room for the address: the beginning of the line that would have to go.
  std::optional<std::uint64_t> victimOf(std::size_t level, std::uint64_t address) const;

  std::size_t levels() const { return levels_.size(); }
  const LevelCounts& counts(std::size_t level) const { return levels_[level].counts; }

private:
  /// Entries of a set stand side by side, the most recently used one first, free ones last: line * 2 + is changed.
  struct Level {
    explicit Level(const CacheLevel& level);
    std::uint64_t setOf(std::uint64_t line) const { return isMasked ? line & (sets - 1) : line % sets; }
    const std::uint64_t* find(std::uint64_t line) const; ///< null: it is not here
    std::uint64_t* find(std::uint64_t line) { return const_cast<std::uint64_t*>(std::as_const(*this).find(line)); }

    unsigned shift = 6;
    bool isMasked = true; ///< the number of sets is a power of two
    std::uint64_t sets = 1;
    std::uint64_t ways = 1;
    std::vector<std::uint64_t> entries;
    LevelCounts counts;
  };

  std::size_t fetch(std::size_t level, std::uint64_t address, bool isWrite);
  void writeBack(std::size_t level, std::uint64_t address);
  bool drop(std::size_t level, std::uint64_t address, std::uint64_t bytes);

  std::vector<Level> levels_;
};

} // namespace polyloom
