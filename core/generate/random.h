// Random choices that are the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace polyloom {

/// A stream of choices, fixed by its seed. The standard fixes std::mt19937_64 but leaves its distributions to each
/// library, hence the distributions of our own.
class Random {
public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// A number in [0, count), each equally likely; count > 0.
  std::uint64_t below(std::uint64_t count) {
    // The numbers beyond the last full round of `count` would favor the small results: draw again.
    const std::uint64_t rest = (UINT64_MAX % count + 1) % count;
    std::uint64_t number = engine_();
    while (number > UINT64_MAX - rest)
      number = engine_();
    return number % count;
  }

  /// A number in [low, high].
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1));
  }

  /// True once in `count` times.
  bool oneIn(std::uint64_t count) { return below(count) == 0; }

  template <typename T> const T& pick(const std::vector<T>& from) { return from[below(from.size())]; }

private:
  std::mt19937_64 engine_;
};

} // namespace polyloom
