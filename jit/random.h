// Numbers that look random and are the same on every machine.
#pragma once

#include <cstdint>

namespace polyloom {

/// A bijective scramble of 64 bits (the finalizer of splitmix64): neighbors land far apart.
constexpr std::uint64_t scramble(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

} // namespace polyloom
