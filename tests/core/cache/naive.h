// Caches and stacks as their definitions have them, for comparing.
#pragma once

#include "core/cache/simulator.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <vector>

namespace polyloom::test {

/// Inclusive levels of least-recently-used sets, each set a list.
class NaiveCaches {
public:
  explicit NaiveCaches(const CacheHierarchy& caches) : levels_(caches.levels), sets_(caches.levels.size()),
                                                       counts(caches.levels.size()) {}

  std::size_t access(std::uint64_t address, bool isWrite) {
    std::size_t source = 0;
    while (source < levels_.size() && !has(source, address))
      ++source;
    for (std::size_t level = 0; level < levels_.size() && level <= source; ++level)
      ++(level == source ? counts[level].hits : counts[level].misses);
    for (std::size_t level = source; level-- > 0;) // from memory towards the processor
      insert(level, address);
    if (source < levels_.size())
      refresh(source, address);
    find(0, address)->isChanged |= isWrite;
    return source;
  }

  /// The nearest level that has the address; their number for none.
  std::size_t holderOf(std::uint64_t address) {
    std::size_t level = 0;
    while (level < levels_.size() && !has(level, address))
      ++level;
    return level;
  }

private:
  struct Line {
    std::uint64_t number = 0;
    bool isChanged = false;
  };
  using Set = std::list<Line>; ///< the most recently used line first

  std::uint64_t lineOf(std::size_t level, std::uint64_t address) const { return address / levels_[level].lineBytes; }
  Set& setOf(std::size_t level, std::uint64_t address) {
    return sets_[level][lineOf(level, address) % levels_[level].sets()];
  }
  Set::iterator find(std::size_t level, std::uint64_t address) {
    return std::ranges::find(setOf(level, address), lineOf(level, address), &Line::number);
  }
  bool has(std::size_t level, std::uint64_t address) { return find(level, address) != setOf(level, address).end(); }
  void refresh(std::size_t level, std::uint64_t address) {
    Set& set = setOf(level, address);
    set.splice(set.begin(), set, find(level, address));
  }
  void insert(std::size_t level, std::uint64_t address) {
    Set& set = setOf(level, address);
    if (set.size() == levels_[level].ways)
      remove(level, set.back().number * levels_[level].lineBytes);
    set.push_front({lineOf(level, address)});
  }
  /// Inner copies leave first; what any of them changed is handed outwards. True where the line was changed.
  bool remove(std::size_t level, std::uint64_t address) {
    bool isChanged = find(level, address)->isChanged;
    if (level > 0)
      for (std::uint64_t byte = 0; byte < levels_[level].lineBytes; byte += levels_[level - 1].lineBytes)
        if (has(level - 1, address + byte))
          isChanged |= remove(level - 1, address + byte);
    setOf(level, address).erase(find(level, address));
    if (isChanged) {
      ++counts[level].writebacks;
      if (level + 1 < levels_.size())
        find(level + 1, address)->isChanged = true;
    }
    return isChanged;
  }

  std::vector<CacheLevel> levels_;
  std::vector<std::map<std::uint64_t, Set>> sets_;

public:
  std::vector<LevelCounts> counts;
};

/// Mattson's stack: the line touched last on top.
class NaiveStack {
public:
  /// Nothing for a line's first touch.
  std::optional<std::uint64_t> touch(std::uint32_t line) {
    const auto found = std::ranges::find(stack_, line);
    std::optional<std::uint64_t> depth;
    if (found != stack_.end()) {
      depth = static_cast<std::uint64_t>(std::distance(stack_.begin(), found));
      stack_.erase(found);
    }
    stack_.push_front(line);
    return depth;
  }

private:
  std::list<std::uint32_t> stack_;
};

} // namespace polyloom::test
