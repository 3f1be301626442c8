#include "models/training/training.h"

#include "models/training/member_trainer.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

namespace polyloom {

namespace {

using Clock = std::chrono::steady_clock;

std::unexpected<Diagnostic> noData(const char* part) {
  return failure("no-data", fmt::format("there is no schedule to {} on", part));
}

std::vector<const ModelInput*> inputsOf(const TrainingSet& set, std::span<const int> programs) {
  std::vector<const ModelInput*> inputs;
  for (const int p : programs) {
    const LabeledProgram& program = set.programs[static_cast<std::size_t>(p)];
    inputs.push_back(&program.original);
    for (const LabeledSchedule& schedule : program.schedules)
      inputs.push_back(&schedule.input);
  }
  return inputs;
}

/// In the order of inputsOf.
std::vector<double> secondsOf(const TrainingSet& set, std::span<const int> programs) {
  std::vector<double> seconds;
  for (const int p : programs) {
    const LabeledProgram& program = set.programs[static_cast<std::size_t>(p)];
    seconds.push_back(program.seconds);
    for (const LabeledSchedule& schedule : program.schedules)
      seconds.push_back(schedule.seconds);
  }
  return seconds;
}

/// LOOPer's vectors are as long as the data's.
void takeLengths(const TrainingSet& set, const Split& parts, NetworkSpec& spec) {
  const LooperFeatures& first = set.programs[static_cast<std::size_t>(parts.training.front())].original.looper;
  if (spec.computation == 0 && !first.computations.empty())
    spec.computation = static_cast<std::int64_t>(first.computations.front().vector.size());
  if (spec.loop == 0)
    spec.loop = first.loops.empty() ? static_cast<std::int64_t>(kLooperLoop)
                                    : static_cast<std::int64_t>(first.loops.front().vector.size());
}

/// Trains all members one after another.
class Trainer {
public:
  Trainer(const TrainingSet& set, const Split& parts, const TrainingOptions& options, std::string fingerprint,
          CostModel& model, const TrainingProgress& progress, const std::stop_token& stop)
      : set_(set), parts_(parts), options_(options), fingerprint_(std::move(fingerprint)), model_(model),
        progress_(progress), stop_(stop) {}

  Result<LearningCurve> run() {
    if (!options_.checkpoint.empty()) {
      Result<std::optional<TrainingState>> kept = readCheckpoint(options_.checkpoint, fingerprint_);
      if (!kept)
        return std::unexpected(kept.error());
      isResumed_ = kept->has_value();
      state_ = std::move(*kept).value_or(TrainingState());
    }
    for (std::size_t m = 0; m < state_.member && m < model_.size(); ++m)
      if (const Result<void> taken = model_.member(m).parameters().take(state_.weights, fmt::format("done{}.", m)); !taken)
        return std::unexpected(taken.error());
    for (; state_.member < model_.size(); ++state_.member)
      if (const Result<void> trained = trainMember(model_.member(state_.member)); !trained)
        return std::unexpected(trained.error());
    if (std::error_code ignored; !options_.checkpoint.empty())
      std::filesystem::remove(options_.checkpoint, ignored);
    return std::move(state_.curve);
  }

private:
  Result<void> trainMember(CostNetwork& network) {
    network.fitNormalization(inputsOf(set_, parts_.training), secondsOf(set_, parts_.training));
    network.parameters().moveTo(options_.mayUseGpu && at::hasCUDA() ? at::Device(at::kCUDA) : at::Device(at::kCPU));
    MemberTrainer trainer(set_, parts_, options_, network);
    if (std::exchange(isResumed_, false))
      if (const Result<void> resumed = trainer.resume(state_); !resumed)
        return resumed;
    const Clock::time_point start = Clock::now();
    const int first = state_.epoch;
    while (state_.epoch < options_.epochs && (options_.patience == 0 || state_.sinceBest < options_.patience)) {
      const std::optional<MemberTrainer::Loss> loss =
          trainer.runEpoch(state_.epoch, options_.seed + 7919 * state_.member, stop_);
      if (!loss)
        return failure("cancelled", "the training was cancelled");
      const double spent = std::chrono::duration<double>(Clock::now() - start).count();
      if (const Result<void> ended = endEpoch(trainer, *loss, spent / (state_.epoch + 1 - first)); !ended)
        return ended;
    }
    trainer.takeBest();
    network.parameters().moveTo(at::kCPU);
    finishMember(network);
    return {};
  }

  Result<void> endEpoch(MemberTrainer& trainer, const MemberTrainer::Loss& loss, double secondsPerEpoch) {
    const MemberTrainer::Error error = trainer.validate();
    const bool isBest = error.mape < state_.best;
    const auto toDo = static_cast<double>(options_.epochs) * static_cast<double>(model_.size() - state_.member) -
                      (state_.epoch + 1);
    state_.curve.push_back({.member = state_.member, .epoch = state_.epoch, .epochs = options_.epochs,
                            .trainingLoss = loss.training, .validationLoss = error.distance, .validationMape = error.mape,
                            .learningRate = loss.learningRate, .secondsLeft = toDo * secondsPerEpoch, .isBest = isBest});
    state_.best = isBest ? error.mape : state_.best;
    state_.sinceBest = isBest ? 0 : state_.sinceBest + 1;
    ++state_.epoch;
    if (isBest)
      trainer.keepBest();
    if (progress_)
      progress_(state_.curve.back());
    if (options_.checkpoint.empty())
      return {};
    trainer.keep(state_);
    return writeCheckpoint(options_.checkpoint, fingerprint_, state_);
  }

  void finishMember(const CostNetwork& network) {
    std::vector<NamedTensor>& kept = state_.weights.tensors;
    std::erase_if(kept, [](const NamedTensor& tensor) { return !tensor.name.starts_with("done"); });
    for (NamedTensor& tensor : network.parameters().values(fmt::format("done{}.", state_.member)))
      kept.push_back(std::move(tensor));
    state_.epoch = 0;
    state_.steps = 0;
    state_.sinceBest = 0;
    state_.best = TrainingState().best;
  }

  const TrainingSet& set_;
  const Split& parts_;
  const TrainingOptions& options_;
  std::string fingerprint_;
  CostModel& model_;
  const TrainingProgress& progress_;
  const std::stop_token& stop_;
  TrainingState state_;
  bool isResumed_ = false;
};

void setFacts(CostModel& model, const TrainingSet& set, const Split& parts, const TrainingOptions& options) {
  model.setFact("training_programs", fmt::format("{}", parts.training.size()));
  model.setFact("training_schedules", fmt::format("{}", samplesOf(set, parts.training).size()));
  model.setFact("validation_schedules", fmt::format("{}", samplesOf(set, parts.validation).size()));
  model.setFact("epochs", fmt::format("{}", options.epochs));
  model.setFact("seed", fmt::format("{}", options.seed));
  model.setFact("curriculum", nameOf(options.curriculum));
  model.setFact("parameters", fmt::format("{}", model.parameters()));
}

} // namespace

Result<TrainedModel> train(const TrainingSet& set, const Split& parts, const FeatureTable& table, TrainingOptions options,
                           const TrainingProgress& progress, const std::stop_token& stop) {
  if (samplesOf(set, parts.training).empty())
    return noData("train");
  if (samplesOf(set, parts.validation).empty())
    return noData("validate");
  if (const Result<void> checked = checkLabels(set); !checked)
    return std::unexpected(checked.error());
  if (options.epochs < 1 || options.batch < 1 || options.perProgram < 1)
    return failure("bad-option", "epochs and batches have at least one");
  if (options.network.kind == NetworkKind::Looper)
    takeLengths(set, parts, options.network);
  Result<CostModel> model = CostModel::make(options.network, table, options.members, options.seed);
  if (!model)
    return std::unexpected(model.error());
  for (const std::vector<int>* part : {&parts.training, &parts.validation})
    for (const ModelInput* input : inputsOf(set, *part))
      if (const Result<void> accepted = model->member(0).accepts(*input); !accepted)
        return std::unexpected(accepted.error());
  setModelThreads(options.threads);
  Result<LearningCurve> curve =
      Trainer(set, parts, options, fingerprintOf(set, parts, table.schema(), options), *model, progress, stop).run();
  if (!curve)
    return std::unexpected(curve.error());
  model->calibrate(set, samplesOf(set, parts.validation));
  setFacts(*model, set, parts, options);
  return TrainedModel{std::move(*model), std::move(*curve)};
}

} // namespace polyloom
