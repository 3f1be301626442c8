#include "models/program/training_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr double kMostMembers = 16;

/// Reads members of an object and remembers the first that is not as wanted.
class Reader {
public:
  explicit Reader(const json& object) : object_(object) {
    if (!object.is_null() && !object.is_object())
      wrong_ = "the options are no object";
  }

  template <typename Number> void number(const char* key, Number& value, double least, double most) {
    const json* const found = find(key);
    if (found == nullptr)
      return;
    const bool isRight = std::is_integral_v<Number> ? found->is_number_integer() : found->is_number();
    if (!isRight || !(found->get<double>() >= least && found->get<double>() <= most))
      wrong_ = wrong_.empty() ? fmt::format("{} is not a number from {} to {}", key, least, most) : wrong_;
    else
      value = found->get<Number>();
  }

  void text(const char* key, std::string& value) {
    const json* const found = find(key);
    if (found != nullptr && found->is_string())
      value = found->get<std::string>();
    else if (found != nullptr)
      wrong_ = wrong_.empty() ? fmt::format("{} is no text", key) : wrong_;
  }

  Result<void> done() const { return wrong_.empty() ? Result<void>() : failure("bad-option", wrong_); }

private:
  const json* find(const char* key) const {
    const auto found = object_.is_object() ? object_.find(key) : object_.end();
    return found == object_.end() ? nullptr : &*found;
  }

  const json& object_;
  std::string wrong_;
};

} // namespace

Result<TrainingOptions> optionsFrom(const json& object) {
  Reader reader(object);
  std::string network = "loop-tree", curriculum = "shuffled";
  reader.text("network", network);
  reader.text("curriculum", curriculum);
  if (network != "loop-tree" && network != "looper")
    return failure("bad-option", fmt::format("there is no network {}; wanted loop-tree or looper", network));
  TrainingOptions options = network == "looper" ? looperOptions() : TrainingOptions();
  const Result<Curriculum> order = curriculumFrom(curriculum);
  if (!order)
    return std::unexpected(order.error());
  options.curriculum = *order;
  reader.number("width", options.network.width, 8, 1024);
  reader.number("heads", options.network.heads, 1, 64);
  reader.number("path_layers", options.network.pathLayers, 1, 8);
  reader.number("tree_layers", options.network.treeLayers, 1, 8);
  reader.number("dropout", options.network.dropout, 0, 0.9);
  reader.number("members", options.members, 1, kMostMembers);
  reader.number("epochs", options.epochs, 1, 100000);
  reader.number("batch", options.batch, 1, 65536);
  reader.number("per_program", options.perProgram, 1, 65536);
  reader.number("learning_rate", options.learningRate, 1e-9, 1);
  reader.number("weight_decay", options.weightDecay, 0, 10);
  reader.number("relative_share", options.relativeShare, 0, 1);
  reader.number("ranking", options.loss.ranking, 0, 100);
  reader.number("patience", options.patience, 0, 100000);
  reader.number("seed", options.seed, 0, 9007199254740992.0);
  reader.number("threads", options.threads, 1, 256);
  reader.text("checkpoint", options.checkpoint);
  if (const Result<void> done = reader.done(); !done)
    return std::unexpected(done.error());
  return options;
}

Result<std::pair<SplitShares, std::uint64_t>> splitFrom(const json& object) {
  Reader reader(object);
  SplitShares shares;
  std::uint64_t seed = kUsualSplitSeed;
  reader.number("validation", shares.validation, 0, 1);
  reader.number("test", shares.test, 0, 1);
  reader.number("seed", seed, 0, 9007199254740992.0);
  if (const Result<void> done = reader.done(); !done)
    return std::unexpected(done.error());
  if (shares.validation + shares.test > 1)
    return failure("bad-option", "validation and test together are more than all");
  return std::pair(shares, seed);
}

json toJson(const EpochReport& r) {
  return {{"member", r.member}, {"epoch", r.epoch}, {"epochs", r.epochs}, {"training_loss", r.trainingLoss},
          {"validation_loss", r.validationLoss}, {"validation_mape", r.validationMape}, {"learning_rate", r.learningRate},
          {"seconds_left", r.secondsLeft}, {"best", r.isBest}};
}

} // namespace polyloom
