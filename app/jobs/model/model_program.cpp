#include "app/jobs/model/model_program.h"

#include <fmt/format.h>

#include <sys/wait.h>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds kCancelPatience(5);
constexpr std::size_t kNoiseShown = 200;

/// An error that the program has answered; programs of others may leave members out.
Diagnostic diagnosticFrom(const std::string& name, const json& error) {
  const auto text = [&](const char* key) {
    const json value = error.is_object() ? error.value(key, json()) : json();
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  const std::string code = text("code"), message = text("message");
  Diagnostic diagnostic{code.empty() ? "model-error" : code,
                        message.empty() ? fmt::format("{} answers with an error that says nothing", name) : message,
                        {.file = text("file")}};
  const json notes = error.is_object() ? error.value("notes", json()) : json();
  for (const json& note : notes.is_array() ? notes : json::array())
    if (note.is_string())
      diagnostic.notes.push_back(note);
  return diagnostic;
}

std::string lastLine(std::string text) {
  text.erase(text.find_last_not_of(" \r\n") + 1);
  return text.substr(text.rfind('\n') + 1);
}

std::string endingOf(const std::optional<int>& status) {
  if (status && WIFSIGNALED(*status))
    return fmt::format("was ended by signal {}", WTERMSIG(*status));
  return status ? fmt::format("ended with exit code {}", WEXITSTATUS(*status)) : "ended";
}

} // namespace

ModelCommand shellCommand(const std::string& line) { return {line, {"/bin/sh", "-c", line}}; }

Result<ModelProgram> ModelProgram::start(const ModelCommand& command) {
  std::optional<LineChild> child = LineChild::start(command.arguments);
  if (!child)
    return failure("no-model-program", fmt::format("{} cannot be started", command.name), {},
                   {"build Polyloom where LibTorch is found, or name another program with --model-command"});
  return ModelProgram(command.name, *std::move(child));
}

Result<json> ModelProgram::ask(json request, const Progress& progress, const std::stop_token& stop,
                               std::chrono::milliseconds patience) {
  const int id = ++lastId_;
  request["id"] = id;
  child_.write(request.dump(-1, ' ', false, json::error_handler_t::replace));
  return answerTo(id, progress, stop, patience);
}

Result<json> ModelProgram::answerTo(int id, const Progress& progress, const std::stop_token& stop,
                                    std::chrono::milliseconds patience) {
  auto until = LineChild::Clock::now() + patience;
  while (true) {
    const LineChild::Read read = child_.read(until, stop);
    if (read.kind == LineChild::Read::Kind::Canceled) {
      child_.write(json({{"job", "cancel"}}).dump());
      const Result<json> last = answerTo(id, {}, {}, kCancelPatience);
      return last ? last : failure("cancelled", "cancelled");
    }
    if (read.kind != LineChild::Read::Kind::Line)
      return std::unexpected(whySilent(read.kind));
    const json message = json::parse(read.line, nullptr, false);
    if (!message.is_object() || message.value("id", json()) != id) {
      noise_ = read.line.substr(0, kNoiseShown);
      continue;
    }
    until = LineChild::Clock::now() + patience;
    if (message.contains("result"))
      return message["result"];
    if (message.contains("error"))
      return std::unexpected(diagnosticFrom(name_, message["error"]));
    if (progress && message.contains("progress"))
      progress(message["progress"]);
  }
}

Diagnostic ModelProgram::whySilent(LineChild::Read::Kind kind) {
  Diagnostic why{"model-lost", fmt::format("{} does not answer", name_)};
  if (kind == LineChild::Read::Kind::End) {
    const std::optional<int> status = child_.finish();
    why.message = fmt::format("{} {} before it answered", name_, endingOf(status));
    if (const std::string words = lastLine(child_.errors()); !words.empty())
      why.notes.push_back(fmt::format("its last words: {}", words));
  }
  if (!noise_.empty())
    why.notes.push_back(fmt::format("its last line that is no answer: {}", noise_));
  return why;
}

} // namespace polyloom
