#include "models/training/member_trainer.h"

#include "core/base/check.h"
#include "models/training/learning_rate.h"
#include "models/training/losses.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr std::size_t kValidationBatch = 512;

void copyWith(const WeightsFile& from, const std::string& prefix, std::vector<NamedTensor>& to) {
  for (const NamedTensor& tensor : from.tensors)
    if (tensor.name.starts_with(prefix))
      to.push_back({tensor.name.substr(prefix.size()), tensor.shape, tensor.values});
}

} // namespace

MemberTrainer::MemberTrainer(const TrainingSet& set, const Split& parts, const TrainingOptions& options,
                             CostNetwork& network)
    : set_(set), parts_(parts), options_(options), network_(network),
      optimizer_(network.parameters(), options.weightDecay), validation_(samplesOf(set, parts.validation)) {
  keepBest();
}

Result<void> MemberTrainer::resume(const TrainingState& state) {
  if (const Result<void> taken = network_.parameters().take(state.weights, "now."); !taken)
    return taken;
  best_.clear();
  copyWith(state.weights, "best.", best_);
  return optimizer_.resume(state.weights, "adam.", state.steps);
}

bool MemberTrainer::isRelative(int epoch) const {
  return epoch >= static_cast<int>(std::lround(options_.epochs * (1 - options_.relativeShare)));
}

std::optional<MemberTrainer::Loss> MemberTrainer::runEpoch(int epoch, std::uint64_t seed, const std::stop_token& stop) {
  at::manual_seed(seed + static_cast<std::uint64_t>(epoch)); // what drops units out
  const std::vector<int> programs =
      programsOfEpoch(set_, parts_.training, options_.curriculum, epoch, options_.epochs, seed);
  const std::vector<std::vector<SampleId>> batches =
      batchesOf(set_, programs, options_.batch, options_.perProgram, seed + static_cast<std::uint64_t>(epoch));
  Loss loss;
  for (std::size_t b = 0; b < batches.size(); ++b) {
    if (stop.stop_requested())
      return std::nullopt;
    const double done = (epoch + static_cast<double>(b) / static_cast<double>(batches.size())) / options_.epochs;
    loss.learningRate = learningRateAt(done, options_.learningRate);
    const NetworkOutput output = network_.forward(pairsOf(set_, batches[b]), true);
    const at::Tensor value = lossOf(output, BatchLabels(set_, batches[b], network_.device()), options_.loss, isRelative(epoch));
    optimizer_.step(value, loss.learningRate);
    loss.training += value.item<double>() / static_cast<double>(batches.size());
  }
  return loss;
}

MemberTrainer::Error MemberTrainer::validate() const {
  const at::NoGradGuard noGradients;
  Error error;
  const auto count = static_cast<double>(validation_.size());
  for (std::size_t at = 0; at < validation_.size(); at += kValidationBatch) {
    const std::span<const SampleId> part = std::span(validation_).subspan(at, std::min(kValidationBatch, validation_.size() - at));
    const std::vector<float> logs = valuesOf(network_.forward(pairsOf(set_, part), false).logSpeedup);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const double off = logs[i] - std::log(scheduleOf(set_, part[i]).speedup);
      error.distance += std::abs(off) / count;
      error.mape += 100 * std::abs(std::expm1(off)) / count;
    }
  }
  return error;
}

void MemberTrainer::keep(TrainingState& state) const {
  std::erase_if(state.weights.tensors, [](const NamedTensor& tensor) { return !tensor.name.starts_with("done"); });
  std::vector<NamedTensor>& kept = state.weights.tensors;
  for (std::vector<NamedTensor>& more : std::array{network_.parameters().values("now."), optimizer_.state("adam.")})
    kept.insert(kept.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  for (const NamedTensor& tensor : best_)
    kept.push_back({"best." + tensor.name, tensor.shape, tensor.values});
  state.steps = optimizer_.steps();
}

void MemberTrainer::takeBest() {
  const Result<void> taken = network_.parameters().take(WeightsFile{.metadata = {}, .tensors = best_}, "");
  POLYLOOM_CHECK(taken.has_value());
}

} // namespace polyloom
