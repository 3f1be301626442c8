#include "models/training/checkpoint.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace polyloom {

namespace {

using nlohmann::json;

/// FNV-1a over the bytes of numbers and texts.
class Hash {
public:
  void add(std::string_view text) {
    for (const char letter : text)
      value_ = (value_ ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    value_ = (value_ ^ 0xffU) * 0x100000001b3U;
  }
  void add(double number) { add(fmt::format("{}", number)); }
  std::string text() const { return fmt::format("{:016x}", value_); }

private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

json toJson(const EpochReport& r) {
  return {r.member, r.epoch, r.epochs, r.trainingLoss, r.validationLoss, r.validationMape, r.learningRate, r.secondsLeft,
          r.isBest};
}

EpochReport reportFrom(const json& row) {
  return {.member = row.at(0), .epoch = row.at(1), .epochs = row.at(2), .trainingLoss = row.at(3),
          .validationLoss = row.at(4), .validationMape = row.at(5), .learningRate = row.at(6), .secondsLeft = row.at(7),
          .isBest = row.at(8)};
}

Result<TrainingState> stateFrom(WeightsFile file, const std::string& path) {
  TrainingState state;
  try { // the library reports wrong kinds by throwing
    const json facts = json::parse(file.metadata["state"]);
    state.member = facts.at("member");
    state.epoch = facts.at("epoch");
    state.steps = facts.at("steps");
    state.best = facts.at("best").is_null() ? state.best : facts.at("best").get<double>();
    state.sinceBest = facts.at("since_best");
    for (const json& row : facts.at("curve"))
      state.curve.push_back(reportFrom(row));
  } catch (const json::exception&) {
    return failure("bad-weights", fmt::format("{} is no checkpoint of a training", path), {.file = path});
  }
  state.weights = std::move(file);
  return state;
}

} // namespace

std::string fingerprintOf(const TrainingSet& set, const Split& parts, const std::string& schema,
                          const TrainingOptions& options) {
  Hash hash;
  hash.add(schema);
  hash.add(toJson(options.network).dump());
  const LossWeights& loss = options.loss;
  for (const double value : {static_cast<double>(options.members), static_cast<double>(options.epochs),
                             static_cast<double>(options.batch), static_cast<double>(options.perProgram),
                             options.learningRate, options.weightDecay, options.relativeShare, loss.distance, loss.relative,
                             loss.smooth, loss.spread, loss.absolute, loss.ranking, static_cast<double>(options.patience)})
    hash.add(value);
  hash.add(nameOf(options.curriculum));
  hash.add(fmt::format("{}", options.seed));
  for (const std::vector<int>* part : {&parts.training, &parts.validation})
    for (const int program : *part) {
      const LabeledProgram& labeled = set.programs[static_cast<std::size_t>(program)];
      hash.add(labeled.name);
      hash.add(labeled.seconds);
      for (const LabeledSchedule& schedule : labeled.schedules)
        hash.add(schedule.speedup);
    }
  return hash.text();
}

Result<void> writeCheckpoint(const std::string& path, const std::string& fingerprint, TrainingState state) {
  json curve = json::array();
  for (const EpochReport& report : state.curve)
    curve.push_back(toJson(report));
  const json facts = {{"member", state.member}, {"epoch", state.epoch}, {"steps", state.steps}, {"best", state.best},
                      {"since_best", state.sinceBest}, {"curve", std::move(curve)}};
  state.weights.metadata = {{"format", "polyloom-checkpoint-1"}, {"fingerprint", fingerprint}, {"state", facts.dump()}};
  return writeWeights(path, state.weights);
}

Result<std::optional<TrainingState>> readCheckpoint(const std::string& path, const std::string& fingerprint) {
  if (!std::filesystem::exists(path))
    return std::optional<TrainingState>();
  Result<WeightsFile> file = readWeights(path);
  if (!file)
    return std::unexpected(file.error());
  if (file->metadata["fingerprint"] != fingerprint)
    return failure("other-checkpoint", fmt::format("{} belongs to a training with other data or options", path),
                   {.file = path}, {"name another file, or remove this one"});
  Result<TrainingState> state = stateFrom(std::move(*file), path);
  if (!state)
    return std::unexpected(state.error());
  return std::optional(std::move(*state));
}

} // namespace polyloom
