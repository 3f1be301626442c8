#include "models/training/learning_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polyloom {

double learningRateAt(double progress, double highest) {
  constexpr double kRise = 0.3, kStart = 25, kEnd = 1e4;
  const double first = highest / kStart, last = first / kEnd;
  const double at = std::clamp(progress, 0.0, 1.0);
  const auto between = [](double from, double to, double share) {
    return to + (from - to) * (1 + std::cos(std::numbers::pi * share)) / 2;
  };
  return at < kRise ? between(first, highest, at / kRise) : between(highest, last, (at - kRise) / (1 - kRise));
}

} // namespace polyloom
