// Statistics of run times: pure functions of the samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace polyloom {

/// A range of values that holds the true one with 95 % confidence.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// The middle value, or the mean of the two middle ones. 0 without samples.
double median(std::span<const double> samples);

/// The value below which a share of the sorted samples lies, by the nearest rank. 0 without samples.
double quantile(std::span<const double> sorted, double share);

/// The 95 % interval of the median from order statistics: it assumes nothing about how the samples are distributed.
/// With fewer than six samples no such interval exists; the whole range is returned.
Interval medianInterval(std::span<const double> samples);

/// Samples more than 1.5 interquartile ranges below the lower or above the upper quartile (Tukey's inner fences,
/// Exploratory Data Analysis, 1977). 0 of fewer than eight samples: their quartiles mean little.
std::size_t countOutliers(std::span<const double> samples);

/// median(numerator) / median(denominator), with a 95 % interval by bootstrap over rounds: sample i of both comes from
/// the same round, and rounds are drawn together. Both spans have the same size. The same seed gives the same interval.
struct Ratio {
  double value = 0;
  Interval interval;
};
Ratio ratioOfMedians(std::span<const double> numerator, std::span<const double> denominator, std::uint64_t seed = 1);

/// The smallest numerator / the smallest denominator: where whatever disturbs only ever adds time, the least of many
/// times is the one that comes back. The range is that of the same ratio in `parts` consecutive parts of the rounds (fewer
/// where there are fewer rounds), which holds the whole's ratio; it is no confidence interval.
Ratio ratioOfFastest(std::span<const double> numerator, std::span<const double> denominator, std::size_t parts);

} // namespace polyloom
