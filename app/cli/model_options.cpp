#include "app/cli/model_options.h"

#include "app/cli/child.h"
#include "core/base/default_weights.h"
#include "models/networks/spec.h"

namespace polyloom {

void addModelOptions(CLI::App& command, ModelChoice& choice) {
  command.add_option("--model", choice.weights, "a file of weights that `train` has written");
  command.add_option("--model-command", choice.command,
                     "a program in the place of polyloom-model, as a line of the shell (models/PROTOCOL.md)");
}

Result<ModelProgram> startModelProgram() {
  return ModelProgram::start({"polyloom-model", {programBeside("polyloom-model")}});
}

Result<ModelInUse> openModel(const ModelChoice& choice) {
  const bool isForeign = !choice.command.empty();
  std::string weights = choice.weights;
  if (weights.empty() && !isForeign) {
    const std::optional<std::string> found = defaultWeights();
    if (!found)
      return failure("no-weights", "no cost model came with this Polyloom", {},
                     {"name a file of weights with --model; polyloom-cli label, dataset and train make one",
                      "or name a program that predicts with --model-command"});
    weights = *found;
  }
  Result<ModelProgram> program =
      isForeign ? ModelProgram::start(shellCommand(choice.command)) : startModelProgram();
  if (!program)
    return std::unexpected(program.error());
  ModelInUse model{*std::move(program), std::move(weights)};
  if (isForeign)
    return model;
  const Result<nlohmann::json> hello = model.program.ask({{"job", "hello"}, {"model", model.weights}});
  if (!hello)
    return std::unexpected(hello.error());
  const bool isLooper = hello->at("model").at("network").at("kind") == "looper";
  model.inputs = inputsOf(isLooper ? NetworkKind::Looper : NetworkKind::LoopTree);
  return model;
}

std::string nameOf(const ModelChoice& choice, const ModelInUse& model) {
  return choice.command.empty() ? model.weights : choice.command;
}

int failModel(const Diagnostic& diagnostic, const CommonOptions& options) {
  const int code = fail(diagnostic, options);
  return diagnostic.code == "model-lost" ? kBug : code;
}

} // namespace polyloom
