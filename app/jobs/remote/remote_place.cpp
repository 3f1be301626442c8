#include "app/jobs/remote/remote_place.h"

#include "app/jobs/json.h"
#include "app/jobs/measure_wire.h"
#include "app/jobs/roofline_file.h"
#include "app/jobs/yardstick.h"
#include "core/program/text.h"

#include <fmt/format.h>

#include <stdexcept>

namespace polyloom {

namespace {

using nlohmann::json;

/// A failure that the worker there has answered.
Diagnostic failureThere(const std::string& host, const json& error) {
  Diagnostic diagnostic{error.value("code", "internal"), fmt::format("on {}: {}", host, error.value("message", ""))};
  for (const json& note : error.value("notes", json::array()))
    diagnostic.notes.push_back(note.get<std::string>());
  return diagnostic;
}

/// The program without its file: its name says nothing there, and its text is not needed to measure.
json programText(const Scop& scop) {
  json program = toJson(scop);
  program["source"].update({{"path", ""}, {"text", ""}, {"begin", 0}, {"end", 0}});
  for (const char* list : {"arrays", "loops", "statements"})
    for (json& item : program[list])
      item["range"][0] = "";
  return program;
}

Diagnostic notUnderstood(const std::string& host, const std::string& why) {
  return {"worker-version", fmt::format("the answer of polyloom-worker on {} is not understood: {}", host, why), {},
          {"install the same version of Polyloom on both machines"}};
}

} // namespace

Result<std::unique_ptr<RemotePlace>> RemotePlace::connect(const Host& host, const Patience& patience) {
  std::optional<LineChild> child = LineChild::start(workerCommand(host));
  if (!child)
    return failure("no-ssh", "the program ssh cannot be started on this machine", {}, {"install OpenSSH's client"});
  std::unique_ptr<RemotePlace> place(new RemotePlace(host, patience, *std::move(child)));
  try {
    if (Result<void> greeted = place->greet(); !greeted)
      return std::unexpected(std::move(greeted.error()));
  } catch (const json::exception& error) {
    return std::unexpected(notUnderstood(host.name, error.what()));
  }
  return place;
}

Result<void> RemotePlace::greet() {
  const Result<json> answer = ask({{"job", "hello"}}, patience_.greeting, {});
  if (!answer && answer.error().code == "unknown-job")
    return std::unexpected(notUnderstood(host_.name, "it is older than measuring on other machines"));
  if (!answer)
    return std::unexpected(answer.error());
  if (const int protocol = answer->at("protocol"); protocol != kProtocolVersion)
    return std::unexpected(notUnderstood(
        host_.name, fmt::format("Polyloom {} there speaks version {} of the protocol, this one speaks {}",
                                answer->value("version", "?"), protocol, kProtocolVersion)));
  const json& machine = answer->at("machine");
  identity_ = {{machine.at("cpu"), machine.at("host"), machine.at("cores")}, answer->at("compiler")};
  cacheBytes_ = answer->at("cache_bytes");
  for (const json& entry : answer->at("rooflines"))
    rooflines_.push_back({entry.at("threads"), entry.at("peak_flops"), entry.at("read_bytes_per_s"),
                          entry.at("triad_bytes_per_s")});
  return {};
}

std::optional<Roofline> RemotePlace::roofline(int threads) const {
  for (const Roofline& roofline : rooflines_)
    if (roofline.threads == threads)
      return roofline;
  return std::nullopt;
}

Result<MeasureReport> RemotePlace::measure(const Plan& plan, const MeasureOptions& options) {
  json request = optionsToJson(options);
  request.update({{"job", "run"}, {"program", programText(*plan.scop)}, {"recipes", plan.recipes}});
  try {
    const Result<json> answer = ask(std::move(request), patience_.silence, options);
    if (!answer)
      return std::unexpected(answer.error());
    MeasureReport report = reportFromWire(answer->at("report"));
    if (report.variants.size() != plan.variants.size())
      throw std::invalid_argument("it has not measured each recipe");
    for (std::size_t v = 0; v < plan.variants.size(); ++v)
      report.variants[v].name = plan.variants[v].name;
    return report;
  } catch (const json::exception& error) {
    return std::unexpected(notUnderstood(host_.name, error.what()));
  } catch (const std::invalid_argument& error) {
    return std::unexpected(notUnderstood(host_.name, error.what()));
  }
}

Result<json> RemotePlace::ask(json request, std::chrono::milliseconds patience, const MeasureOptions& options) {
  const int id = child_.send(std::move(request));
  const auto progress = [&](const json& step) {
    if (options.progress && step.contains("fraction"))
      options.progress(fmt::format("{}: {}", host_.name, step.value("message", "")), step["fraction"]);
  };
  JobChild::Answer answer = child_.answerTo(id, patience, options.stop, progress);
  switch (answer.kind) {
  case JobChild::Answer::Kind::Result: return std::move(answer.value);
  case JobChild::Answer::Kind::Error: return std::unexpected(failureThere(host_.name, answer.value));
  case JobChild::Answer::Kind::Canceled: return failure("canceled", "canceled");
  case JobChild::Answer::Kind::End: return std::unexpected(whySilent(true));
  case JobChild::Answer::Kind::Late: break;
  }
  return std::unexpected(whySilent(false));
}

Diagnostic RemotePlace::whySilent(bool hasEnded) {
  if (hasEnded) {
    const std::optional<int> status = child_.finish();
    Diagnostic why = whyNoWorker(host_, status, child_.errors(), !identity_.compiler.empty());
    if (!child_.noise().empty())
      why.notes.push_back(fmt::format("its last words: {}", child_.noise()));
    return why;
  }
  Diagnostic why{"worker-silent", fmt::format("polyloom-worker on {} does not answer any more", host_.name), {},
                 {fmt::format("see whether ssh {} works in a terminal", host_.name)}};
  if (identity_.compiler.empty())
    why.message = fmt::format("nobody on {} answers as polyloom-worker", host_.name);
  if (!child_.noise().empty())
    why.notes.push_back(fmt::format("its last words: {}", child_.noise()));
  return why;
}

json greetingAnswer() {
  const Identity identity = thisIdentity();
  json answer = {{"protocol", kProtocolVersion},
                 {"version", POLYLOOM_VERSION},
                 {"compiler", identity.compiler},
                 {"machine", {{"cpu", identity.machine.cpu}, {"host", identity.machine.host}, {"cores", identity.machine.cores}}},
                 {"cache_bytes", thisPlace().cacheBytes()},
                 {"rooflines", json::array()}};
  for (const Roofline& roofline : knownRooflines())
    answer["rooflines"].push_back(rooflineToJson(roofline));
  return answer;
}

} // namespace polyloom
