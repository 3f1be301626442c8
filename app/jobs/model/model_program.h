// A program that speaks models/PROTOCOL.md.
#pragma once

#include "app/jobs/remote/job_child.h"
#include "core/base/diagnostic.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace polyloom {

/// How a model's program is started, and what it is called in messages.
struct ModelCommand {
  std::string name;
  std::vector<std::string> arguments; ///< the program first
};

/// Whatever the user writes, for the shell.
ModelCommand shellCommand(const std::string& line);

/// Requests and answers, one after another. The program ends when this goes.
class ModelProgram {
public:
  using Progress = JobChild::Progress;
  /// Without an answer or progress for so long, nobody is there any more.
  static constexpr std::chrono::milliseconds kPatience{300'000};

  /// Fails with "no-model-program" where it cannot be started.
  static Result<ModelProgram> start(const ModelCommand& command);

  /// The result of a request. Lines that are no answer to it are passed over. A stop sends "cancel", and waits for a moment
  /// for the answer to that. Fails with the program's own error, with "model-lost" where it ends early or is silent, and
  /// with "cancelled".
  Result<nlohmann::json> ask(nlohmann::json request, const Progress& progress = {}, const std::stop_token& stop = {},
                             std::chrono::milliseconds patience = kPatience);

private:
  ModelProgram(std::string name, JobChild child) : name_(std::move(name)), child_(std::move(child)) {}
  Result<nlohmann::json> resultOf(const JobChild::Answer& answer);
  Diagnostic whySilent(bool hasEnded);

  std::string name_;
  JobChild child_;
};

} // namespace polyloom
