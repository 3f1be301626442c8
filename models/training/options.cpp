#include "models/training/options.h"

namespace polyloom {

TrainingOptions looperOptions() {
  TrainingOptions options;
  options.network.kind = NetworkKind::Looper;
  options.learningRate = 1e-3;
  options.weightDecay = 0.015;
  options.relativeShare = 1;
  options.loss = {.distance = 0, .relative = 1, .spread = 0, .absolute = 0, .ranking = 0};
  return options;
}

} // namespace polyloom
