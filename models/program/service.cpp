#include "models/program/service.h"

#include "models/data/data_file.h"
#include "models/evaluation/evaluation.h"
#include "models/program/predicting.h"
#include "models/program/training_json.h"
#include "models/training/training.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr int kProtocol = 1;

struct DividedData {
  TrainingSet set;
  Split parts;
};

Result<DividedData> dataFrom(const json& request, const FeatureTable& table, InputKinds wanted) {
  Result<TrainingSet> set = readDataFiles(request.at("data").get<std::vector<std::string>>(), table, wanted);
  if (!set)
    return std::unexpected(set.error());
  const auto shares = splitFrom(request.value("split", json::object()));
  if (!shares)
    return std::unexpected(shares.error());
  Split parts = split(*set, shares->first, shares->second);
  return DividedData{*std::move(set), std::move(parts)};
}

json pointsOf(const TrainingSet& set, std::span<const SampleId> samples, std::span<const Prediction> predictions) {
  json points = json::array();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    json point = toJson(predictions[i]);
    point["program"] = programOf(set, samples[i]).name;
    point["recipe"] = scheduleOf(set, samples[i]).recipe;
    point["measured"] = scheduleOf(set, samples[i]).speedup;
    points.push_back(std::move(point));
  }
  return points;
}

} // namespace

ModelService::ModelService(FeatureTable table) : table_(std::move(table)) {}
ModelService::~ModelService() = default;

Result<const CostModel*> ModelService::modelAt(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error).time_since_epoch().count();
  const std::string stamp = error ? std::string() : fmt::format("{}", time);
  if (model_ == nullptr || path != path_ || stamp != stamp_ || stamp.empty()) {
    Result<CostModel> model = CostModel::load(path, table_);
    if (!model)
      return std::unexpected(model.error());
    model_ = std::make_unique<CostModel>(std::move(*model));
    path_ = path;
    stamp_ = stamp;
  }
  return model_.get();
}

Result<json> ModelService::hello(const json& request) {
  json features = json::object();
  for (const FeatureKind kind : kAllFeatureKinds)
    features[nameOf(kind)] = table_.names(kind);
  json result = {{"program", "polyloom-model"}, {"protocol", kProtocol}, {"version", POLYLOOM_VERSION},
                 {"schema", table_.schema()}, {"features", std::move(features)},
                 {"looper", {{"schema", looperSchema()}, {"computation", kLooperComputation}, {"loop", kLooperLoop}}},
                 {"networks", {"loop-tree", "looper"}},
                 {"jobs", {"hello", "predict", "features", "train", "evaluate"}},
                 {"limits", {{"schedules", kMostSchedules}, {"statements", kMostStatements}, {"path", kLongestPath},
                             {"accesses", kMostAccesses}, {"members", CostModel::kMostMembers}}}};
  if (!request.contains("model"))
    return result;
  const Result<const CostModel*> model = modelAt(request.at("model"));
  if (!model)
    return std::unexpected(model.error());
  result["model"] = {{"network", toJson((*model)->spec())}, {"members", (*model)->size()},
                     {"parameters", (*model)->parameters()}, {"facts", (*model)->facts()}};
  return result;
}

Result<json> ModelService::predict(const json& request) {
  const Result<const CostModel*> model = modelAt(request.at("model"));
  if (!model)
    return std::unexpected(model.error());
  setModelThreads(std::clamp(request.value("threads", 1), 1, 256));
  return predictionsFor(request, **model, table_);
}

Result<json> ModelService::train(const json& request, const Send& send, const std::stop_token& stop) {
  const auto out = request.at("out").get<std::string>();
  const Result<TrainingOptions> options = optionsFrom(request.value("options", json::object()));
  if (!options)
    return std::unexpected(options.error());
  const Result<DividedData> data = dataFrom(request, table_, inputsOf(options->network.kind));
  if (!data)
    return std::unexpected(data.error());
  const auto& [set, parts] = *data;
  const auto tell = [&](const EpochReport& report) { send({{"id", request.value("id", json())}, {"progress", toJson(report)}}); };
  Result<TrainedModel> trained = polyloom::train(set, parts, table_, *options, tell, stop);
  if (!trained)
    return std::unexpected(trained.error());
  const json facts = request.value("facts", json::object()); // items() refers to it
  for (const auto& [word, text] : facts.items())
    trained->model.setFact(word, text.is_string() ? text.get<std::string>() : text.dump());
  if (const Result<void> saved = trained->model.save(out); !saved)
    return std::unexpected(saved.error());
  json curve = json::array();
  for (const EpochReport& report : trained->curve)
    curve.push_back(toJson(report));
  return json{{"out", out}, {"curve", std::move(curve)}, {"facts", trained->model.facts()}};
}

Result<json> ModelService::evaluate(const json& request) {
  const Result<const CostModel*> model = modelAt(request.at("model"));
  if (!model)
    return std::unexpected(model.error());
  InputKinds wanted = inputsOf((*model)->spec().kind);
  wanted.tree = true; // the modelled time stands beside the model
  const Result<DividedData> data = dataFrom(request, table_, wanted);
  if (!data)
    return std::unexpected(data.error());
  const auto& [set, parts] = *data;
  const Result<std::vector<SampleId>> samples = samplesOfPart(set, parts, request.value("part", "test"));
  if (!samples)
    return std::unexpected(samples.error());
  const Result<std::vector<Prediction>> predictions = (*model)->predict(pairsOf(set, *samples));
  if (!predictions)
    return std::unexpected(predictions.error());
  const Result<Evaluation> evaluation = polyloom::evaluate(set, parts, *samples, *predictions, table_);
  if (!evaluation)
    return std::unexpected(evaluation.error());
  json result = toJson(*evaluation);
  if (request.value("points", false))
    result["points"] = pointsOf(set, *samples, *predictions);
  return result;
}

Result<json> ModelService::dispatch(const json& request, const Send& send, const std::stop_token& stop) {
  const auto job = request.at("job").get<std::string>();
  if (job == "hello")
    return hello(request);
  if (job == "predict")
    return predict(request);
  if (job == "features")
    return featuresFor(request, table_);
  if (job == "train")
    return train(request, send, stop);
  if (job == "evaluate")
    return evaluate(request);
  return failure("unknown-job", fmt::format("\"{}\" is not a job; there are hello, predict, features, train and evaluate", job));
}

json ModelService::serve(const json& request, const Send& send, const std::stop_token& stop) {
  json answer = {{"id", request.is_object() ? request.value("id", json()) : json()}};
  try {
    if (!request.is_object())
      throw json::other_error::create(501, "a request is one JSON object a line", nullptr);
    Result<json> result = dispatch(request, send, stop);
    if (result)
      answer["result"] = std::move(*result);
    else
      answer["error"] = errorOf(result.error());
  } catch (const json::exception& exception) { // a member is missing, or of another kind
    answer["error"] = {{"code", "bad-request"}, {"message", exception.what()}};
  } catch (const std::exception& exception) { // ours, or LibTorch's
    answer["error"] = {{"code", "internal"}, {"message", exception.what()}};
  }
  return answer;
}

} // namespace polyloom
