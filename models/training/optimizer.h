// Steps of gradient descent. For the trainer's files: LibTorch stands in it.
#pragma once

#include "models/networks/parameters.h"

#include <memory>

namespace polyloom {

/// LibTorch's AdamW, with gradients cut at a norm, and with a state that can be kept.
class Optimizer {
public:
  Optimizer(Parameters& parameters, double weightDecay);
  ~Optimizer();

  /// Differentiates the loss and moves the parameters.
  void step(const at::Tensor& loss, double learningRate);

  /// Both moments of every parameter; names begin with `prefix`. Empty before the first step.
  std::vector<NamedTensor> state(const std::string& prefix) const;
  std::int64_t steps() const { return steps_; }
  /// Goes on from a kept state. Fails with "bad-weights".
  Result<void> resume(const WeightsFile& file, const std::string& prefix, std::int64_t steps);

private:
  struct Impl;
  Parameters& parameters_;
  std::unique_ptr<Impl> impl_;
  std::int64_t steps_ = 0;
};

} // namespace polyloom
