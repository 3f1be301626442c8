#include "models/evaluation/calibration.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

double calibrationFactor(std::vector<double> ratios, double coverage) {
  constexpr double kLeast = 1e-6;
  if (ratios.empty())
    return 1;
  std::ranges::sort(ratios);
  const double place = std::ceil((static_cast<double>(ratios.size()) + 1) * coverage);
  const std::size_t index = std::min(ratios.size(), static_cast<std::size_t>(place)) - 1;
  return std::max(kLeast, ratios[index]);
}

} // namespace polyloom
