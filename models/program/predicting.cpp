#include "models/program/predicting.h"

#include "core/isl/context.h"
#include "core/program/text.h"
#include "models/data/featurized.h"
#include "models/data/input_json.h"
#include "models/evaluation/evaluation.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace polyloom {

namespace {

using nlohmann::json;

Result<void> checkList(const json& list) {
  if (!list.is_array() || list.size() > kMostSchedules)
    return failure("bad-request", fmt::format("the schedules are no list of at most {}", kMostSchedules));
  return {};
}

/// Features that stand in the request. All must be sound: they come from a program, not from a person.
Result<FeaturizedProgram> givenInputs(const json& request, const FeatureTable& table) {
  if (const Result<void> checked = checkList(request.at("schedules")); !checked)
    return std::unexpected(checked.error());
  Result<ModelInput> original = inputFrom(request.at("original"), table);
  if (!original)
    return std::unexpected(original.error());
  FeaturizedProgram given{.original = std::move(*original), .schedules = {}};
  for (const json& schedule : request.at("schedules")) {
    given.schedules.push_back(inputFrom(schedule, table));
    if (!given.schedules.back())
      return std::unexpected(given.schedules.back().error());
  }
  return given;
}

/// Features of recipes; one that is refused fails alone.
Result<FeaturizedProgram> recipeInputs(const json& request, const FeatureTable& table, InputKinds wanted) {
  if (const Result<void> checked = checkList(request.at("recipes")); !checked)
    return std::unexpected(checked.error());
  const IslContext context;
  const Result<ScopPtr> program = scopFromJson(context.get(), request.at("program"));
  if (!program)
    return std::unexpected(program.error());
  const Circumstances circumstances{
      .parameters = request.value("parameters", std::map<std::string, std::int64_t>{}),
      .machine = {},
      .threads = request.value("code_threads", 2)};
  return featurize(*program, request.at("recipes").get<std::vector<std::string>>(), circumstances, table, wanted);
}

/// "inputs": what is wanted; all where it is missing.
Result<InputKinds> wantedInputs(const json& request) {
  if (!request.contains("inputs"))
    return InputKinds();
  InputKinds wanted{.tree = false, .looper = false};
  for (const std::string& name : request.at("inputs").get<std::vector<std::string>>()) {
    if (name != "tree" && name != "looper")
      return failure("bad-request", fmt::format("there are no inputs {}; wanted tree or looper", name));
    (name == "tree" ? wanted.tree : wanted.looper) = true;
  }
  return wanted;
}

} // namespace

json errorOf(const Diagnostic& diagnostic) {
  json error = {{"code", diagnostic.code}, {"message", diagnostic.message}};
  if (!diagnostic.range.file.empty())
    error["file"] = diagnostic.range.file;
  if (!diagnostic.notes.empty())
    error["notes"] = diagnostic.notes;
  return error;
}

Result<json> predictionsFor(const json& request, const CostModel& model, const FeatureTable& table) {
  const Result<FeaturizedProgram> inputs =
      request.contains("program") ? recipeInputs(request, table, inputsOf(model.spec().kind)) : givenInputs(request, table);
  if (!inputs)
    return std::unexpected(inputs.error());
  std::vector<InputPair> pairs;
  for (const Result<ModelInput>& input : inputs->schedules)
    if (input)
      pairs.push_back({&*input, &inputs->original});
  const Result<std::vector<Prediction>> predictions = model.predict(pairs);
  if (!predictions)
    return std::unexpected(predictions.error());
  json answers = json::array();
  std::size_t next = 0;
  for (const Result<ModelInput>& input : inputs->schedules)
    answers.push_back(input ? toJson((*predictions)[next++]) : json{{"error", errorOf(input.error())}});
  return json{{"predictions", std::move(answers)}};
}

Result<json> featuresFor(const json& request, const FeatureTable& table) {
  const Result<InputKinds> wanted = wantedInputs(request);
  if (!wanted)
    return std::unexpected(wanted.error());
  const Result<FeaturizedProgram> inputs = recipeInputs(request, table, *wanted);
  if (!inputs)
    return std::unexpected(inputs.error());
  json schedules = json::array();
  for (const Result<ModelInput>& input : inputs->schedules)
    schedules.push_back(input ? toJson(*input) : json{{"error", errorOf(input.error())}});
  return json{{"original", toJson(inputs->original)}, {"schedules", std::move(schedules)}};
}

} // namespace polyloom
