#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_options.h"
#include "app/cli/terminal.h"
#include "models/training/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

namespace polyloom {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct TrainArguments {
  std::vector<std::string> data;
  std::string out, checkpoint, curve;
  json options = json::object(); ///< as PROTOCOL.md names them; only what was given
};

double numberAt(const json& report, const char* key) {
  const json value = report.value(key, json());
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN(); // JSON has no such numbers
}

std::string progressText(const json& report, int members) {
  return fmt::format("member {} of {}, epoch {} of {}: loss {:.4f}, validation {:.4f}, MAPE {:.1f} %, {} left",
                     numberAt(report, "member") + 1, members, numberAt(report, "epoch") + 1, numberAt(report, "epochs"),
                     numberAt(report, "training_loss"), numberAt(report, "validation_loss"),
                     numberAt(report, "validation_mape"), roughDuration(numberAt(report, "seconds_left")));
}

/// The learning curve, a line per epoch: it can be looked at while training goes on.
class CurveFile {
public:
  Result<void> open(const std::string& path) {
    path_ = path;
    return path.empty() ? Result<void>() : write(json::array());
  }

  void append(const json& report) {
    if (stream_.is_open())
      stream_ << lineOf(report) << std::flush;
  }

  /// All of it: an interrupted training had more epochs than this one.
  Result<void> write(const json& reports) {
    if (path_.empty())
      return {};
    stream_ = std::ofstream(path_, std::ios::trunc);
    stream_ << "member,epoch,training_loss,validation_loss,validation_mape,learning_rate,best\n";
    for (const json& report : reports)
      stream_ << lineOf(report);
    stream_.flush();
    return stream_ ? Result<void>() : failure("no-file", fmt::format("{} cannot be written", path_), {.file = path_});
  }

private:
  static std::string lineOf(const json& r) {
    return fmt::format("{},{},{},{},{},{},{}\n", numberAt(r, "member") + 1, numberAt(r, "epoch") + 1,
                       numberAt(r, "training_loss"), numberAt(r, "validation_loss"), numberAt(r, "validation_mape"),
                       numberAt(r, "learning_rate"), r.value("best", false) ? 1 : 0);
  }

  std::string path_;
  std::ofstream stream_;
};

int failTraining(Diagnostic error, const TrainArguments& arguments, int epochs, const CommonOptions& common) {
  if (error.code != "cancelled")
    return failModel(error, common);
  error.message = fmt::format("interrupted after {} {}; {} was not written", epochs, epochs == 1 ? "epoch" : "epochs", arguments.out);
  if (fs::exists(arguments.checkpoint))
    error.notes = {fmt::format("the same command goes on from {}", arguments.checkpoint)};
  fail(error, common);
  return kUnknown;
}

std::string describe(const json& result, double seconds) {
  const json& facts = result.at("facts");
  double best = std::numeric_limits<double>::infinity();
  for (const json& report : result.at("curve"))
    best = std::fmin(best, numberAt(report, "validation_mape"));
  return fmt::format("{} holds a model of {} parameters, trained on {} schedules of {} programs in {}; least validation MAPE "
                     "{:.1f} %\n",
                     result.at("out").get<std::string>(), facts.value("parameters", "?"),
                     facts.value("training_schedules", "?"), facts.value("training_programs", "?"), roughDuration(seconds), best);
}

int train(const TrainArguments& given, const CommonOptions& common) {
  TrainArguments arguments = given;
  if (arguments.checkpoint.empty())
    arguments.checkpoint = arguments.out + ".checkpoint";
  arguments.options["checkpoint"] = arguments.checkpoint;
  const Interrupt interrupt;
  CurveFile curve;
  if (const Result<void> opened = curve.open(arguments.curve); !opened)
    return fail(opened.error(), common);
  Result<ModelProgram> program = startModelProgram();
  if (!program)
    return fail(program.error(), common);
  std::vector<std::string> names;
  for (const std::string& path : arguments.data)
    names.push_back(fs::path(path).filename().string());
  int epochs = 0;
  const bool isTerminal = isatty(STDERR_FILENO) != 0;
  showProgressLine("reading the data");
  const auto told = [&](const json& report) {
    ++epochs;
    curve.append(report);
    const std::string line = progressText(report, arguments.options.value("members", 1));
    isTerminal ? showProgressLine(line) : fmt::print(stderr, "{}\n", line);
  };
  const auto start = std::chrono::steady_clock::now();
  const Result<json> result = program->ask({{"job", "train"}, {"data", arguments.data}, {"out", arguments.out},
                                            {"options", arguments.options},
                                            {"facts", {{"data", fmt::format("{}", fmt::join(names, " "))}}}},
                                           told, interrupt.token(), std::chrono::hours(24 * 365));
  endProgressLine();
  if (!result)
    return failTraining(result.error(), arguments, epochs, common);
  if (const Result<void> written = curve.write(result->at("curve")); !written)
    return fail(written.error(), common);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  answer(*result, describe(*result, seconds.count()), common);
  return kFine;
}

/// An option of the training whose name in the protocol has _ for -.
template <typename Value>
CLI::Option* addTrainingOption(CLI::App& command, const std::shared_ptr<TrainArguments>& arguments, std::string name,
                               const std::string& help) {
  const std::string flag = "--" + name;
  std::ranges::replace(name, '-', '_');
  return command.add_option_function<Value>(flag, [arguments, name](const Value& value) { arguments->options[name] = value; }, help);
}

} // namespace

void addTrain(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("train", "train a cost model; Ctrl+C keeps what was learned for the next time");
  auto arguments = std::make_shared<TrainArguments>();
  const TrainingOptions defaults;
  const auto whole = [&](const char* name, const char* help, auto standard) {
    addTrainingOption<std::int64_t>(*command, arguments, name, help)->default_str(fmt::format("{}", standard));
  };
  const auto real = [&](const char* name, const char* help) { addTrainingOption<double>(*command, arguments, name, help); };
  command->add_option("DATA", arguments->data, "files that `dataset` has written")->required();
  command->add_option("--out", arguments->out, "the file of weights")->required();
  addTrainingOption<std::string>(*command, arguments, "network", "loop-tree (ours) or looper (the published one)")
      ->check(CLI::IsMember({"loop-tree", "looper"}))->default_str("loop-tree");
  addTrainingOption<std::string>(*command, arguments, "curriculum", "shuffled, or easy programs first: sequential, incremental "
                                                                    "or hybrid")
      ->check(CLI::IsMember({"shuffled", "sequential", "incremental", "hybrid"}))->default_str("shuffled");
  whole("epochs", "passes over the training part", defaults.epochs);
  whole("members", "networks, trained from different starts; they predict together", defaults.members);
  whole("batch", "schedules per step", defaults.batch);
  whole("width", "of the network's vectors", defaults.network.width);
  whole("patience", "epochs without a better validation error until a member is done; 0: all epochs", defaults.patience);
  whole("seed", "of the starts and of every epoch's order", defaults.seed);
  whole("threads", "that the training computes with", defaults.threads);
  real("learning-rate", "the highest of the cycle");
  real("ranking", "weight of pairs of schedules in the wrong order in the loss");
  command->add_option("--checkpoint", arguments->checkpoint, "keeps each epoch's end, until training is done; an interrupted "
                                                             "training goes on from there (OUT.checkpoint)");
  command->add_option("--curve", arguments->curve, "a CSV file with a line per epoch");
  command->callback([arguments, &common, &exitCode] { exitCode = train(*arguments, common); });
}

} // namespace polyloom
