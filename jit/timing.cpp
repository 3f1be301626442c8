#include "jit/timing.h"

#include <utility>

namespace polyloom {

Timing timingOf(std::vector<double> samples) {
  const double middle = median(samples);
  const Interval interval = medianInterval(samples);
  const std::size_t outliers = countOutliers(samples);
  return {middle, interval, outliers, std::move(samples)};
}

void addTimes(VariantReport& variant, std::span<const double> original, std::vector<double> samples) {
  const Ratio ratio = ratioOfMedians(original, samples);
  variant.timing = timingOf(std::move(samples));
  variant.speedup = ratio.value;
  variant.speedupInterval = ratio.interval;
}

} // namespace polyloom
