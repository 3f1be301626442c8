#include "models/program/service.h"

#include "models/data/data_file.h"
#include "models/program/predicting.h"
#include "models/program/training_json.h"
#include "models/training/training.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
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
  TrainingSet set;
  for (const std::string& path : request.at("data").get<std::vector<std::string>>())
    if (const Result<void> read = readData(path, table, set, wanted); !read)
      return std::unexpected(read.error());
  if (const Result<void> checked = checkLabels(set); !checked)
    return std::unexpected(checked.error());
  const auto shares = splitFrom(request.value("split", json::object()));
  if (!shares)
    return std::unexpected(shares.error());
  Split parts = split(set, shares->first, shares->second);
  return DividedData{std::move(set), std::move(parts)};
}

/// What the features' own model says.
Result<std::vector<Prediction>> modelledPredictions(const TrainingSet& set, std::span<const SampleId> samples,
                                                    const FeatureTable& table) {
  const Result<std::size_t> place = table.find(FeatureKind::Program, kModelledSpeedup);
  if (!place)
    return std::unexpected(place.error());
  std::vector<Prediction> predictions;
  for (const SampleId sample : samples) {
    const std::vector<float>& row = scheduleOf(set, sample).input.tree.rows[0];
    const double speedup = row.size() > *place ? std::exp2(static_cast<double>(row[*place])) : 1;
    predictions.push_back({.speedup = speedup, .low = speedup, .high = speedup});
  }
  return predictions;
}

json named(const std::string& name, const Metrics& metrics) {
  json row = toJson(metrics);
  row["name"] = name;
  return row;
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

Result<std::vector<SampleId>> partNamed(const std::string& part, const TrainingSet& set, const Split& parts) {
  if (part == "test")
    return samplesOf(set, parts.test);
  if (part == "validation")
    return samplesOf(set, parts.validation);
  if (part == "training")
    return samplesOf(set, parts.training);
  if (part != "all")
    return failure("bad-option", fmt::format("there is no part {}; wanted training, validation, test or all", part));
  std::vector<SampleId> all;
  for (const std::vector<int>* programs : {&parts.training, &parts.validation, &parts.test})
    for (const SampleId sample : samplesOf(set, *programs))
      all.push_back(sample);
  return all;
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
  const Result<std::vector<SampleId>> samples = partNamed(request.value("part", "test"), set, parts);
  if (!samples)
    return std::unexpected(samples.error());
  const Result<std::vector<Prediction>> predictions = (*model)->predict(pairsOf(set, *samples));
  if (!predictions)
    return std::unexpected(predictions.error());
  const Result<std::vector<Prediction>> modelled = modelledPredictions(set, *samples, table_);
  if (!modelled)
    return std::unexpected(modelled.error());
  const double constant = Baselines::bestConstant(set, samplesOf(set, parts.training));
  json rows = {named("model", metricsOf(set, *samples, *predictions)),
               named("modelled time", metricsOf(set, *samples, *modelled)),
               named("constant", metricsOf(set, *samples, Baselines::constant(constant, samples->size()))),
               named("label noise", metricsOf(set, *samples, Baselines::labelNoise(set, *samples, 1)))};
  json slices = json::array();
  for (const SliceRow& row : slicesOf(set, *samples, *predictions, usualSlices(set, *samples)))
    slices.push_back(named(row.name, row.metrics));
  json result = {{"rows", std::move(rows)}, {"slices", std::move(slices)}};
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
