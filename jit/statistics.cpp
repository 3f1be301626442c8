#include "jit/statistics.h"

#include "core/base/check.h"
#include "jit/random.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace polyloom {

namespace {

constexpr double kTail = 0.025;
constexpr std::size_t kResamples = 2000;
constexpr double kFenceRanges = 1.5;
constexpr std::size_t kFewestForFences = 8;

double medianOf(std::vector<double>& samples) {
  if (samples.empty())
    return 0;
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::ranges::nth_element(samples, middle);
  if (samples.size() % 2 == 1)
    return *middle;
  return (*std::max_element(samples.begin(), middle) + *middle) / 2;
}

/// The largest k such that at most kTail of the binomial distribution (n, 1/2) lies below k; 0 if none.
std::size_t lowerRank(std::size_t n) {
  double probability = std::pow(0.5, static_cast<double>(n));
  double below = 0;
  std::size_t rank = 0;
  while (rank < n && below + probability <= kTail) {
    below += probability;
    probability *= static_cast<double>(n - rank) / static_cast<double>(rank + 1);
    ++rank;
  }
  return rank;
}

} // namespace

double quantile(std::span<const double> sorted, double share) {
  if (sorted.empty())
    return 0;
  const double position = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(position))];
}

double median(std::span<const double> samples) {
  std::vector<double> copy(samples.begin(), samples.end());
  return medianOf(copy);
}

Interval medianInterval(std::span<const double> samples) {
  if (samples.empty())
    return {};
  std::vector<double> sorted(samples.begin(), samples.end());
  std::ranges::sort(sorted);
  const std::size_t rank = std::max<std::size_t>(lowerRank(sorted.size()), 1);
  return {sorted[rank - 1], sorted[sorted.size() - rank]};
}

std::size_t countOutliers(std::span<const double> samples) {
  if (samples.size() < kFewestForFences)
    return 0;
  std::vector<double> sorted(samples.begin(), samples.end());
  std::ranges::sort(sorted);
  const double lower = quantile(sorted, 0.25);
  const double upper = quantile(sorted, 0.75);
  const double reach = kFenceRanges * (upper - lower);
  return static_cast<std::size_t>(std::ranges::count_if(
      sorted, [&](double sample) { return sample < lower - reach || sample > upper + reach; }));
}

Ratio ratioOfMedians(std::span<const double> numerator, std::span<const double> denominator, std::uint64_t seed) {
  POLYLOOM_CHECK(numerator.size() == denominator.size());
  const std::size_t count = numerator.size();
  if (count == 0)
    return {};
  std::vector<double> ratios;
  std::vector<double> above(count), below(count);
  std::uint64_t state = scramble(seed);
  for (std::size_t resample = 0; resample < kResamples; ++resample) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t round = scramble(state++) % count;
      above[i] = numerator[round];
      below[i] = denominator[round];
    }
    ratios.push_back(medianOf(above) / medianOf(below));
  }
  std::ranges::sort(ratios);
  return {median(numerator) / median(denominator), {quantile(ratios, kTail), quantile(ratios, 1 - kTail)}};
}

Ratio ratioOfFastest(std::span<const double> numerator, std::span<const double> denominator, std::size_t parts) {
  POLYLOOM_CHECK(numerator.size() == denominator.size() && parts > 0);
  const std::size_t count = numerator.size();
  if (count == 0)
    return {};
  const auto ratioOf = [&](std::size_t first, std::size_t end) {
    return std::ranges::min(numerator.subspan(first, end - first)) / std::ranges::min(denominator.subspan(first, end - first));
  };
  parts = std::min(parts, count);
  Ratio ratio{ratioOf(0, count), {}};
  ratio.interval = {ratio.value, ratio.value};
  for (std::size_t part = 0; part < parts; ++part) {
    const double here = ratioOf(part * count / parts, (part + 1) * count / parts);
    ratio.interval = {std::min(ratio.interval.low, here), std::max(ratio.interval.high, here)};
  }
  return ratio;
}

} // namespace polyloom
