#include "models/networks/cost_model.h"

#include "core/base/check.h"
#include "models/evaluation/calibration.h"
#include "models/networks/network.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polyloom {

namespace {

constexpr std::size_t kBatch = 512;

/// Means over the members, and the scale of a Laplace distribution with their common variance.
struct Together {
  std::vector<double> mean, square, variance, seconds;

  void add(const NetworkOutput& output, std::size_t count) {
    for (std::vector<double>* values : {&mean, &square, &variance, &seconds})
      values->resize(count);
    const std::vector<float> logs = valuesOf(output.logSpeedup), scales = valuesOf(output.logScale);
    const std::vector<float> times = output.logSeconds.defined() ? valuesOf(output.logSeconds) : std::vector<float>();
    for (std::size_t i = 0; i < count; ++i) {
      mean[i] += logs[i];
      square[i] += static_cast<double>(logs[i]) * logs[i];
      variance[i] += 2 * std::exp(2.0 * scales[i]);
      seconds[i] += times.empty() ? 0 : times[i];
    }
    hasSeconds = !times.empty();
  }

  Prediction at(std::size_t i, double members, double calibration) const {
    constexpr double kWidest = 20; // exp(20): "anything"
    const double log = mean[i] / members;
    const double between = std::max(0.0, square[i] / members - log * log);
    const double scale = std::sqrt((variance[i] / members + between) / 2);
    const double half = std::min(kWidest, calibration * scale * std::numbers::ln10); // a tenth lies beyond scale · ln 10
    return {.speedup = std::exp(log), .low = std::exp(log - half), .high = std::exp(log + half),
            .seconds = hasSeconds ? std::exp(seconds[i] / members) : 0};
  }

  bool hasSeconds = false;
};

} // namespace

CostModel::CostModel(NetworkSpec spec, FeatureTable table, Members members)
    : spec_(std::move(spec)), table_(std::move(table)), members_(std::move(members)) {
  POLYLOOM_CHECK(!members_.empty());
}
CostModel::CostModel(CostModel&& other) noexcept = default;
CostModel& CostModel::operator=(CostModel&& other) noexcept = default;
CostModel::~CostModel() = default;

Result<CostModel> CostModel::make(const NetworkSpec& spec, const FeatureTable& table, std::size_t members,
                                  std::uint64_t seed) {
  if (members == 0 || members > kMostMembers)
    return failure("bad-network", "a model has 1 to 16 members");
  Members made;
  for (std::size_t m = 0; m < members; ++m) {
    Result<std::unique_ptr<CostNetwork>> network = makeNetwork(spec, table, seed + 1000003 * m);
    if (!network)
      return std::unexpected(network.error());
    made.push_back(std::move(*network));
  }
  return CostModel(spec, table, std::move(made));
}

std::vector<Prediction> CostModel::predictBatch(std::span<const InputPair> pairs) const {
  const at::NoGradGuard noGradients;
  Together together;
  for (const std::unique_ptr<CostNetwork>& member : members_)
    together.add(member->forward(pairs, false), pairs.size());
  std::vector<Prediction> predictions;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    predictions.push_back(together.at(i, static_cast<double>(members_.size()), calibration_));
  return predictions;
}

Result<std::vector<Prediction>> CostModel::predict(std::span<const InputPair> pairs) const {
  std::vector<Prediction> predictions;
  for (std::size_t at = 0; at < pairs.size(); at += kBatch) {
    const std::span<const InputPair> part = pairs.subspan(at, std::min(kBatch, pairs.size() - at));
    for (const InputPair& pair : part)
      for (const ModelInput* input : {pair.schedule, pair.original})
        if (const Result<void> accepted = members_.front()->accepts(*input); !accepted)
          return std::unexpected(accepted.error());
    const std::vector<Prediction> more = predictBatch(part);
    predictions.insert(predictions.end(), more.begin(), more.end());
  }
  return predictions;
}

std::vector<Prediction> CostModel::predict(const TrainingSet& set, std::span<const SampleId> samples) const {
  Result<std::vector<Prediction>> predictions = predict(pairsOf(set, samples));
  POLYLOOM_CHECK(predictions.has_value());
  return std::move(*predictions);
}

void CostModel::calibrate(const TrainingSet& set, std::span<const SampleId> samples) {
  calibration_ = 1;
  std::vector<double> ratios;
  const std::vector<Prediction> predictions = predict(set, samples);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double half = std::log(predictions[i].high / predictions[i].speedup);
    ratios.push_back(std::abs(std::log(scheduleOf(set, samples[i]).speedup / predictions[i].speedup)) / half);
  }
  calibration_ = calibrationFactor(std::move(ratios), 0.9);
}

std::int64_t CostModel::parameters() const {
  std::int64_t count = 0;
  for (const std::unique_ptr<CostNetwork>& member : members_)
    count += member->parameters().learnedCount();
  return count;
}

void setModelThreads(int threads) { at::set_num_threads(std::max(1, threads)); }

} // namespace polyloom
