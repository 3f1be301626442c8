#include "jit/runner/team.h"

#include "jit/runner/sandbox.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace polyloom::runner {

namespace {

std::uint64_t timeOfRegion() {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
#pragma omp parallel
  { asm volatile("" ::: "memory"); } // keeps the empty region
  return static_cast<std::uint64_t>((Clock::now() - start) / std::chrono::nanoseconds(1));
}

template <std::size_t N> std::uint64_t medianOf(std::array<std::uint64_t, N> samples) {
  std::ranges::nth_element(samples, samples.begin() + N / 2);
  return samples[N / 2];
}

} // namespace

std::uint64_t forkJoinNanoseconds() {
  std::array<std::uint64_t, 101> samples = {};
  for (std::uint64_t& sample : samples)
    sample = timeOfRegion();
  return medianOf(samples);
}

std::uint64_t wakeNanoseconds() {
  std::array<std::uint64_t, 5> samples = {};
  for (std::uint64_t& sample : samples) {
    restThreadPool();
    sample = timeOfRegion();
  }
  return medianOf(samples);
}

void touchByTeam(std::span<std::byte> bytes) {
  constexpr std::size_t kPage = 4096;
#pragma omp parallel for schedule(static)
  for (std::size_t at = 0; at < bytes.size(); at += kPage)
    bytes[at] = std::byte{0};
}

void readByTeam(std::span<const std::byte> bytes) {
  constexpr std::size_t kLine = 64;
#pragma omp parallel
  {
    std::byte all{0};
    for (std::size_t at = 0; at < bytes.size(); at += kLine)
      all |= bytes[at];
    asm volatile("" : : "r"(all)); // keeps the reads
  }
}

} // namespace polyloom::runner
