// What a cost model says about one schedule.
#pragma once

namespace polyloom {

/// A speedup over the original with its 90 % interval, and the modelled time where the model has one.
struct Prediction {
  double speedup = 1;
  double low = 1, high = 1; ///< as wide as says the model's own spread, scaled until 90 % of validation's labels lay within
  double seconds = 0;       ///< 0: the model knows speedups only
};

/// Whether all of it is positive and finite, and the interval holds the speedup (up to rounding).
bool isSound(const Prediction& prediction);

} // namespace polyloom
