#include "app/jobs/model/predicting.h"

#include "models/data/input_json.h"
#include "models/evaluation/evaluation.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

using nlohmann::json;

/// A request without schedules. The names of the features let a program of others find its way.
json requestFor(const ModelInUse& model, const ModelInput& original, const FeatureTable& table) {
  json request = {{"job", "predict"}, {"original", toJson(original)}, {"schedules", json::array()},
                  {"recipes", json::array()}, {"threads", model.threads}, {"schema", table.schema()},
                  {"features", json::object()}};
  for (const FeatureKind kind : kAllFeatureKinds)
    request["features"][nameOf(kind)] = table.names(kind);
  if (!model.weights.empty())
    request["model"] = model.weights;
  return request;
}

std::unexpected<Diagnostic> badAnswer(const std::string& what) {
  return failure("bad-answer", fmt::format("the model's answer is not understood: {}", what), {},
                 {"models/PROTOCOL.md says what is expected"});
}

Result<std::vector<Prediction>> ask(ModelInUse& model, json request) {
  const std::size_t count = request["schedules"].size();
  if (count == 0)
    return std::vector<Prediction>();
  const Result<json> answer = model.program.ask(std::move(request));
  if (!answer)
    return std::unexpected(answer.error());
  const json list = answer->is_object() ? answer->value("predictions", json()) : json();
  if (!list.is_array() || list.size() != count)
    return badAnswer(fmt::format("\"predictions\" is no list of {}", count));
  std::vector<Prediction> predictions;
  for (const json& one : list) {
    const Result<Prediction> prediction = predictionFrom(one);
    if (!prediction)
      return badAnswer(prediction.error().message);
    predictions.push_back(*prediction);
  }
  return predictions;
}

} // namespace

Result<std::vector<Result<Prediction>>> predictRecipes(ModelInUse& model, const ScopPtr& scop,
                                                       std::span<const std::string> recipes,
                                                       const Circumstances& circumstances) {
  const FeatureTable table = FeatureTable::current();
  const Result<FeaturizedProgram> inputs = featurize(scop, recipes, circumstances, table, model.inputs);
  if (!inputs)
    return std::unexpected(inputs.error());
  json request = requestFor(model, inputs->original, table);
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if (const Result<ModelInput>& input = inputs->schedules[r]) {
      request["schedules"].push_back(toJson(*input));
      request["recipes"].push_back(recipes[r]);
    }
  const Result<std::vector<Prediction>> predictions = ask(model, std::move(request));
  if (!predictions)
    return std::unexpected(predictions.error());
  std::vector<Result<Prediction>> results;
  auto next = predictions->begin();
  for (const Result<ModelInput>& input : inputs->schedules)
    results.push_back(input ? Result<Prediction>(*next++) : std::unexpected(input.error()));
  return results;
}

Result<std::vector<Prediction>> predictSamples(ModelInUse& model, const TrainingSet& set, std::span<const SampleId> samples,
                                               const FeatureTable& table, const std::function<void(std::size_t)>& told) {
  std::vector<Prediction> predictions;
  while (predictions.size() < samples.size()) {
    const SampleId first = samples[predictions.size()];
    json request = requestFor(model, programOf(set, first).original, table);
    for (const SampleId sample : samples.subspan(predictions.size())) {
      if (sample.program != first.program)
        break;
      request["schedules"].push_back(toJson(scheduleOf(set, sample).input));
      request["recipes"].push_back(scheduleOf(set, sample).recipe);
    }
    const Result<std::vector<Prediction>> some = ask(model, std::move(request));
    if (!some)
      return std::unexpected(some.error());
    predictions.insert(predictions.end(), some->begin(), some->end());
    if (told)
      told(predictions.size());
  }
  return predictions;
}

} // namespace polyloom
