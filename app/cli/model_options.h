// Which cost model a command asks.
#pragma once

#include "app/cli/commands.h"
#include "app/jobs/model/predicting.h"

#include <string>

namespace polyloom {

struct ModelChoice {
  std::string weights; ///< of --model; empty: those that come with Polyloom
  std::string command; ///< of --model-command; empty: polyloom-model
};

/// --model and --model-command.
void addModelOptions(CLI::App& command, ModelChoice& choice);

/// polyloom-model, from beside this program.
Result<ModelProgram> startModelProgram();

/// Starts the program; ours is asked what its weights read, others get the rows of the loop tree. Fails where there is none
/// ("no-model-program"), where polyloom-model has no weights ("no-weights"), or cannot read them.
Result<ModelInUse> openModel(const ModelChoice& choice);

/// What the model is called: its weights, or its program's command.
std::string nameOf(const ModelChoice& choice, const ModelInUse& model);

/// As `fail`; a program that is lost is not the user's fault.
int failModel(const Diagnostic& diagnostic, const CommonOptions& options);

} // namespace polyloom
