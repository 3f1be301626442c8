#include "models/training/losses.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace polyloom {

namespace {

at::Tensor distance(const at::Tensor& errors, double smooth) {
  return at::smooth_l1_loss(errors, at::zeros_like(errors), at::Reduction::Mean, smooth);
}

/// |predicted - measured| / measured.
at::Tensor relativeError(const NetworkOutput& output, const at::Tensor& logMeasured) {
  constexpr double kFar = 4; // predictions 50 times too high are left to the distance: their gradients would drown all others
  if (output.rawSpeedup.defined())
    return (output.rawSpeedup * at::exp(-logMeasured) - 1).abs().mean();
  return ((output.logSpeedup - logMeasured).clamp_max(kFar).exp() - 1).abs().mean();
}

/// The Laplace distribution's negative log-likelihood, without its constant.
at::Tensor spreadLoss(const at::Tensor& errors, const at::Tensor& logScale) {
  return (errors.detach().abs() * at::exp(-logScale) + logScale).mean();
}

/// Of schedules of one program that stand 1, 2, 4 or 8 apart in the batch.
at::Tensor rankingLoss(const at::Tensor& predicted, const BatchLabels& labels) {
  constexpr double kSame = 0.05; // closer ones are noise
  at::Tensor sum = at::zeros({}, predicted.options()), count = at::ones({}, predicted.options());
  const std::int64_t size = predicted.size(0);
  for (const std::int64_t apart : {1, 2, 4, 8}) {
    if (apart >= size)
      break;
    const auto step = [&](const at::Tensor& values) { return values.narrow(0, apart, size - apart) - values.narrow(0, 0, size - apart); };
    const at::Tensor measured = step(labels.logSpeedup);
    const at::Tensor counts = ((step(labels.programs) == 0) & (measured.abs() > kSame)).to(at::kFloat);
    sum = sum + (at::softplus(-measured.sign() * step(predicted)) * counts).sum();
    count = count + counts.sum();
  }
  return sum / count;
}

} // namespace

BatchLabels::BatchLabels(const TrainingSet& set, std::span<const SampleId> samples, const at::Device& device) {
  std::array<std::vector<float>, 3> logs;
  std::vector<std::int64_t> numbers;
  for (const SampleId sample : samples) {
    const LabeledSchedule& label = scheduleOf(set, sample);
    logs[0].push_back(static_cast<float>(std::log(label.speedup)));
    logs[1].push_back(static_cast<float>(std::log(label.seconds)));
    logs[2].push_back(static_cast<float>(std::log(programOf(set, sample).seconds)));
    numbers.push_back(sample.program);
  }
  const auto count = static_cast<std::int64_t>(samples.size());
  logSpeedup = tensorOf(logs[0], {count}).to(device);
  logSeconds = tensorOf(logs[1], {count}).to(device);
  logOriginalSeconds = tensorOf(logs[2], {count}).to(device);
  programs = tensorOf(numbers).to(device);
}

at::Tensor lossOf(const NetworkOutput& output, const BatchLabels& labels, const LossWeights& weights, bool isRelative) {
  const at::Tensor errors = output.logSpeedup - labels.logSpeedup;
  at::Tensor loss = weights.spread * spreadLoss(errors, output.logScale);
  if (weights.distance > 0)
    loss = loss + weights.distance * distance(errors, weights.smooth);
  if (isRelative)
    loss = loss + weights.relative * relativeError(output, labels.logSpeedup);
  if (weights.absolute > 0 && output.logSeconds.defined())
    loss = loss + weights.absolute * (distance(output.logSeconds - labels.logSeconds, weights.smooth) +
                                      distance(output.logOriginalSeconds - labels.logOriginalSeconds, weights.smooth));
  if (weights.ranking > 0)
    loss = loss + weights.ranking * rankingLoss(output.logSpeedup, labels);
  return loss;
}

} // namespace polyloom
