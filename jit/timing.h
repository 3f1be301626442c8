// From samples to what is said about them.
#pragma once

#include "jit/measure.h"

namespace polyloom {

/// Median, interval and outliers of these samples, one per round.
Timing timingOf(std::vector<double> samples);

/// Gives the variant its times, and its speedup over the original's; both have one sample per round.
void addTimes(VariantReport& variant, std::span<const double> original, std::vector<double> samples);

} // namespace polyloom
