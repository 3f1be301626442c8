#include "models/training/optimizer.h"

#include <torch/optim/adamw.h>
#include <torch/nn/utils/clip_grad.h> // behind the other: it does not include all that it uses

#include <fmt/format.h>

namespace polyloom {

struct Optimizer::Impl {
  torch::optim::AdamW adam;
};

namespace {

constexpr double kMostGradient = 1;

std::string keyOf(const at::Tensor& tensor) { return c10::guts::to_string(tensor.unsafeGetTensorImpl()); }

} // namespace

Optimizer::Optimizer(Parameters& parameters, double weightDecay)
    : parameters_(parameters), impl_(std::make_unique<Impl>(Impl{torch::optim::AdamW(
                                   parameters.learned(), torch::optim::AdamWOptions(1e-3).weight_decay(weightDecay))})) {}

Optimizer::~Optimizer() = default;

void Optimizer::step(const at::Tensor& loss, double learningRate) {
  for (torch::optim::OptimizerParamGroup& group : impl_->adam.param_groups())
    static_cast<torch::optim::AdamWOptions&>(group.options()).lr(learningRate);
  impl_->adam.zero_grad();
  loss.backward();
  torch::nn::utils::clip_grad_norm_(parameters_.learned(), kMostGradient);
  impl_->adam.step();
  ++steps_;
}

std::vector<NamedTensor> Optimizer::state(const std::string& prefix) const {
  std::vector<NamedTensor> kept;
  for (const Parameters::Entry& entry : parameters_.all()) {
    const auto found = impl_->adam.state().find(keyOf(entry.tensor));
    if (found == impl_->adam.state().end())
      continue;
    const auto& state = static_cast<const torch::optim::AdamWParamState&>(*found->second);
    const std::vector<std::int64_t> shape = entry.tensor.sizes().vec();
    kept.push_back({prefix + entry.name + ".first", shape, valuesOf(state.exp_avg())});
    kept.push_back({prefix + entry.name + ".second", shape, valuesOf(state.exp_avg_sq())});
  }
  return kept;
}

Result<void> Optimizer::resume(const WeightsFile& file, const std::string& prefix, std::int64_t steps) {
  for (const Parameters::Entry& entry : parameters_.all()) {
    const NamedTensor* const first = file.find(prefix + entry.name + ".first");
    const NamedTensor* const second = file.find(prefix + entry.name + ".second");
    if (first == nullptr && second == nullptr)
      continue; // fixed, or never reached by a gradient
    const std::vector<std::int64_t> shape = entry.tensor.sizes().vec();
    if (first == nullptr || second == nullptr || first->shape != shape || second->shape != shape)
      return failure("bad-weights", fmt::format("the checkpoint does not fit the network at {}", entry.name));
    auto state = std::make_unique<torch::optim::AdamWParamState>();
    state->step(steps);
    state->exp_avg(tensorOf(first->values, shape).to(entry.tensor.device()));
    state->exp_avg_sq(tensorOf(second->values, shape).to(entry.tensor.device()));
    impl_->adam.state()[keyOf(entry.tensor)] = std::move(state);
  }
  steps_ = steps;
  return {};
}

} // namespace polyloom
