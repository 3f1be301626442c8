#include "app/jobs/model/model_program.h"

#include <fmt/format.h>

#include <sys/wait.h>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds kCancelPatience(5);

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
  return ModelProgram(command.name, JobChild(*std::move(child)));
}

Result<json> ModelProgram::ask(json request, const Progress& progress, const std::stop_token& stop,
                               std::chrono::milliseconds patience) {
  const int id = child_.send(std::move(request));
  const JobChild::Answer answer = child_.answerTo(id, patience, stop, progress);
  if (answer.kind != JobChild::Answer::Kind::Canceled)
    return resultOf(answer);
  child_.send({{"job", "cancel"}});
  const Result<json> last = resultOf(child_.answerTo(id, kCancelPatience));
  return last ? last : failure("cancelled", "cancelled");
}

Result<json> ModelProgram::resultOf(const JobChild::Answer& answer) {
  if (answer.kind == JobChild::Answer::Kind::Result)
    return answer.value;
  if (answer.kind == JobChild::Answer::Kind::Error)
    return std::unexpected(diagnosticFrom(name_, answer.value));
  return std::unexpected(whySilent(answer.kind == JobChild::Answer::Kind::End));
}

Diagnostic ModelProgram::whySilent(bool hasEnded) {
  Diagnostic why{"model-lost", fmt::format("{} does not answer", name_)};
  if (hasEnded) {
    const std::optional<int> status = child_.finish();
    why.message = fmt::format("{} {} before it answered", name_, endingOf(status));
    if (const std::string words = lastLine(child_.errors()); !words.empty())
      why.notes.push_back(fmt::format("its last words: {}", words));
  }
  if (!child_.noise().empty())
    why.notes.push_back(fmt::format("its last line that is no answer: {}", child_.noise()));
  return why;
}

} // namespace polyloom
