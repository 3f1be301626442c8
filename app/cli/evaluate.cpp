#include "app/cli/commands.h"
#include "app/cli/evaluation_text.h"
#include "app/cli/model_options.h"
#include "app/cli/terminal.h"
#include "models/data/data_file.h"
#include "models/evaluation/predictions_file.h"

#include <fmt/format.h>

#include <fstream>

namespace polyloom {

namespace {

struct EvaluateArguments {
  std::vector<std::string> data;
  ModelChoice model;
  std::string predictions; ///< a file; empty: a model is asked
  std::string part = "test";
  std::string points;
  int threads = 2;
};

/// Predictions in the order of the samples, and whose they are.
struct Judged {
  std::string name;
  std::vector<Prediction> predictions;
};

Result<Judged> predictionsFor(const EvaluateArguments& arguments, const TrainingSet& set, std::span<const SampleId> samples,
                              const FeatureTable& table) {
  if (!arguments.predictions.empty()) {
    Result<std::vector<Prediction>> read = readPredictions(arguments.predictions, set, samples);
    if (!read)
      return std::unexpected(read.error());
    return Judged{arguments.predictions, *std::move(read)};
  }
  Result<ModelInUse> model = openModel(arguments.model);
  if (!model)
    return std::unexpected(model.error());
  model->threads = arguments.threads;
  const auto told = [&](std::size_t done) {
    showProgressLine(fmt::format("{} of {} schedules predicted", done, samples.size()));
  };
  Result<std::vector<Prediction>> asked = predictSamples(*model, set, samples, table, told);
  endProgressLine();
  if (!asked)
    return std::unexpected(asked.error());
  return Judged{nameOf(arguments.model, *model), *std::move(asked)};
}

Result<void> writeFile(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  return stream ? Result<void>() : failure("no-file", fmt::format("{} cannot be written", path), {.file = path});
}

int evaluateCommand(const EvaluateArguments& arguments, const CommonOptions& common) {
  const FeatureTable table = FeatureTable::current();
  const Result<TrainingSet> set = readDataFiles(arguments.data, table);
  if (!set)
    return fail(set.error(), common);
  const Split parts = split(*set, {}, kUsualSplitSeed); // as `train` splits: what it has learned from is not tested
  const Result<std::vector<SampleId>> samples = samplesOfPart(*set, parts, arguments.part);
  if (!samples)
    return fail(samples.error(), common);
  if (samples->empty())
    return fail({"no-data", fmt::format("the {} part of the data holds no schedule", arguments.part), {},
                 {"give more data, or another --part"}}, common);
  const Result<Judged> judged = predictionsFor(arguments, *set, *samples, table);
  if (!judged)
    return failModel(judged.error(), common);
  const Result<Evaluation> evaluation = evaluate(*set, parts, *samples, judged->predictions, table);
  if (!evaluation)
    return fail(evaluation.error(), common);
  if (!arguments.points.empty())
    if (const Result<void> written = writeFile(arguments.points, predictionsToCsv(*set, *samples, judged->predictions)); !written)
      return fail(written.error(), common);
  nlohmann::json result = toJson(*evaluation);
  result.update({{"model", judged->name}, {"part", arguments.part}});
  answer(result, fmt::format("{} on the {} part of the data\n\n{}", judged->name, arguments.part, evaluationText(*evaluation)),
         common);
  return kFine;
}

} // namespace

void addEvaluate(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("evaluate", "how far a model's predictions are from measurements");
  auto arguments = std::make_shared<EvaluateArguments>();
  command->add_option("DATA", arguments->data, "files that `dataset` has written")->required();
  addModelOptions(*command, arguments->model);
  CLI::Option* predictions =
      command->add_option("--predictions", arguments->predictions,
                          "predictions that were made elsewhere: CSV with the columns program, recipe, speedup, and perhaps "
                          "low, high");
  for (const char* other : {"--model", "--model-command"})
    predictions->excludes(command->get_option(other));
  command->add_option("--part", arguments->part, "of the data: test, validation, training or all")
      ->check(CLI::IsMember({"training", "validation", "test", "all"}))->capture_default_str();
  command->add_option("--points", arguments->points, "a CSV file for every schedule's prediction beside its measurement");
  command->add_option("--threads", arguments->threads, "that the model may compute with")->check(CLI::Range(1, 256));
  command->callback([arguments, &common, &exitCode] { exitCode = evaluateCommand(*arguments, common); });
}

} // namespace polyloom
