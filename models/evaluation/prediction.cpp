#include "models/evaluation/prediction.h"

#include <cmath>

namespace polyloom {

bool isSound(const Prediction& p) {
  constexpr double kRounding = 1e-6;
  return p.low > 0 && std::isfinite(p.high) && p.low <= p.speedup * (1 + kRounding) &&
         p.speedup <= p.high * (1 + kRounding) && p.seconds >= 0 && std::isfinite(p.seconds);
}

} // namespace polyloom
