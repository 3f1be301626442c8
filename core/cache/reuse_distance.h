// How many other lines are touched before a line is touched again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace polyloom {

/// Reuse distances by powers of two.
struct ReuseHistogram {
  /// Number 0 counts distance 0; number b distances from 2^(b-1) to 2^b - 1.
  std::array<std::uint64_t, 40> counts = {};
  std::uint64_t firstTouches = 0; ///< of lines that were not touched before

  std::uint64_t total() const;
  /// Accesses at distances below 2^bits lines.
  std::uint64_t below(std::size_t bits) const;
  void add(const ReuseHistogram& other);
};

/// Exact LRU stack distances over numbered lines: an access at distance d hits every fully associative
/// least-recently-used cache of more than d lines, and misses the others (Mattson, Gecsei, Slutz, Traiger: Evaluation
/// techniques for storage hierarchies, IBM Systems Journal 9(2), 1970).
///
/// The distance is the number of lines whose last touch is later than this line's. As in Bennett and Kruskal (LRU stack
/// processing, IBM Journal of Research and Development 19(4), 1975), a bit per time says whether the touch of that time
/// is still its line's last one, and partial sums over the bits count; times are renumbered when they run out (Olken,
/// LBL-12370, 1981). The sums are a Fenwick tree over words of bits. The lines touched last are kept apart in order:
/// most distances are small.
///
/// Cost: a few nanoseconds within the lines touched last, else O(log lines).
class ReuseDistances {
public:
  static constexpr std::uint64_t kFirstTouch = ~std::uint64_t{0};

  /// Of lines 0 … lines - 1.
  explicit ReuseDistances(std::size_t lines);

  /// Touches the line; returns the number of distinct other lines touched since it was touched last.
  std::uint64_t touch(std::uint32_t line) {
    if (recent_[0] == line)
      return 0;
    return touchOther(line);
  }

private:
  static constexpr std::size_t kRecent = 16;
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::uint64_t touchOther(std::uint32_t line);
  void retire(std::uint32_t line);
  void forget(std::uint32_t time);
  std::uint64_t laterThan(std::uint32_t time) const;
  void change(std::size_t word, std::uint32_t amount);
  void renumber();

  std::array<std::uint32_t, kRecent> recent_; ///< the lines touched last, the latest first
  std::vector<std::uint32_t> timeOf_;         ///< per line; kNone: never touched, or among the recent ones
  std::vector<std::uint32_t> lineAt_;         ///< per time
  std::vector<std::uint64_t> isLast_;         ///< per time a bit
  std::vector<std::uint32_t> sums_;           ///< Fenwick tree over the words of bits
  std::vector<bool> isKnown_;                 ///< per line
  std::uint32_t now_ = 0;                     ///< the next time
  std::uint64_t alive_ = 0;                   ///< bits that are set
};

/// The place of a distance in `ReuseHistogram::counts`.
inline std::size_t bucketOf(std::uint64_t distance) {
  return distance == 0 ? 0 : 64 - static_cast<std::size_t>(__builtin_clzll(distance));
}

} // namespace polyloom
