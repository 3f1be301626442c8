#include "app/worker/service.h"

#include "app/jobs/caching.h"
#include "app/jobs/code_lines.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "app/jobs/measure_notes.h"
#include "app/jobs/measure_wire.h"
#include "app/jobs/open.h"
#include "app/jobs/remote/remote_place.h"
#include "app/worker/sweep_job.h"
#include "core/isl/context.h"
#include "core/program/text.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace polyloom {

namespace {

using nlohmann::json;
using Progress = std::function<void(const json&)>;

Result<json> extractJob(const json& request, const Progress&) {
  const IslContext context;
  const PreprocessorOptions options{request.value("includes", std::vector<std::string>{}),
                                    request.value("defines", std::vector<std::string>{})};
  const Result<std::vector<ScopPtr>> regions = openProgram(context.get(), request.at("path"), options);
  if (!regions)
    return std::unexpected(regions.error());
  json result = {{"regions", json::array()}};
  for (const ScopPtr& region : *regions)
    result["regions"].push_back(toJson(*region));
  return result;
}

Result<json> emitJob(const json& request, const Progress&) {
  const IslContext context;
  const Result<TextKind> kind = textKindFromName(request.at("as"));
  if (!kind)
    return std::unexpected(kind.error());
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const Result<Dependences> dependences = boundedDependences(**scop);
  if (!dependences)
    return std::unexpected(dependences.error());
  const Result<JudgedSchedule> judged = judgeRecipe(*scop, *dependences, request.at("recipe"), {}, request.value("reassociate", false));
  if (!judged)
    return std::unexpected(judged.error());
  if (request.value("lines", false)) {
    const Result<std::vector<CodeLine>> lines = codeLines(*judged, *kind);
    return lines ? Result<json>(json{{"lines", linesToJson(*lines)}}) : std::unexpected(lines.error());
  }
  const Result<std::string> text = scheduleText(*judged, *kind);
  if (!text)
    return std::unexpected(text.error());
  return json{{"text", *text}};
}

/// Tells every few seconds that this worker lives: a single run may take longer than anybody waits in silence.
class Heartbeat {
public:
  Heartbeat(json id, const Progress& progress)
      : thread_([this, id = std::move(id), &progress](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          while (!ended_.wait_for(lock, stop, kBetween, [&] { return stop.stop_requested(); }))
            progress({{"id", id}, {"progress", json::object()}});
        }) {}

private:
  static constexpr std::chrono::seconds kBetween{5};
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

/// What a program on another machine asks for, which keeps the figures itself: every sample, and nothing stored here.
Result<json> runJob(const json& request, const Progress& progress) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  const Heartbeat heartbeat(request.at("id"), progress);
  MeasureOptions options = optionsFrom(request, **scop);
  options.progress = [&](const std::string& activity, double fraction) {
    progress({{"id", request.at("id")}, {"progress", {{"fraction", fraction}, {"message", activity}}}});
  };
  const Result<MeasureAnswer> answer = measureRecipes(*scop, recipes, options, Figures::Unkept);
  if (!answer)
    return std::unexpected(answer.error());
  return json{{"report", reportToWire(answer->report)}};
}

/// The other machine that the request names; nothing for this one.
Result<std::unique_ptr<RemotePlace>> remotePlaceOf(const json& request, const MeasureOptions& options) {
  const std::string name = request.value("host", "");
  if (name.empty())
    return nullptr;
  const Result<Host> host = makeHost(name, request.value("worker", ""));
  if (!host)
    return std::unexpected(host.error());
  options.progress(fmt::format("connecting to {}", name), 0);
  return RemotePlace::connect(*host);
}

Result<json> measureJob(const json& request, const Progress& progress) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  MeasureOptions options = optionsFrom(request, **scop);
  options.progress = [&](const std::string& activity, double fraction) {
    const int done = static_cast<int>(fraction * options.runs);
    progress({{"id", request.at("id")}, {"progress", {{"done", done}, {"of", options.runs}, {"message", activity}}}});
  };
  const Result<std::unique_ptr<RemotePlace>> remote = remotePlaceOf(request, options);
  if (!remote)
    return std::unexpected(remote.error());
  const Figures figures = request.value("fresh", false) ? Figures::Fresh : Figures::StoredOrFresh;
  const Result<MeasureAnswer> answer = measureRecipes(*scop, recipes, options, figures, *remote ? **remote : thisPlace());
  if (!answer)
    return std::unexpected(answer.error());
  return measureToJson(*answer, recipes, yardstickFor(*scop, options, *answer));
}

/// What `measure` would answer from the store, for those of the recipes that are there. Another machine is not asked: it
/// is the one that the newest figure from there was measured on.
Result<json> storedJob(const json& request, const Progress&) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  const MeasureOptions options = optionsFrom(request, **scop);
  const std::string place = request.value("host", "");
  const Result<std::optional<Identity>> identity = knownIdentity(place);
  if (!identity)
    return std::unexpected(identity.error());
  auto figures = *identity ? storedFigures(**scop, recipes, options, **identity)
                           : std::vector<std::optional<StoredMeasurement>>(recipes.size());
  if (!figures)
    return std::unexpected(figures.error());
  std::vector<std::string> found;
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if ((*figures)[r])
      found.push_back(recipes[r]);
  MeasureAnswer answer = answerFrom(*figures);
  if (place.empty())
    refreshRoofline(answer, thisPlace());
  return found.empty() ? measureToJson(answer, found) : measureToJson(answer, found, yardstickFor(*scop, options, answer));
}

Result<json> sweepHere(const json& request, const Progress& progress) {
  MeasureOptions options;
  options.progress = [&](const std::string& activity, double) {
    progress({{"id", request.at("id")}, {"progress", {{"message", activity}}}});
  };
  const Result<std::unique_ptr<RemotePlace>> remote = remotePlaceOf(request, options);
  if (!remote)
    return std::unexpected(remote.error());
  return sweepJob(request, progress, *remote ? **remote : thisPlace());
}

/// Simulates; nothing is run.
Result<json> cacheJob(const json& request, const Progress&) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const MeasureOptions values = optionsFrom(request, **scop);
  CachingOptions options{.parameters = values.parameters, .reassociate = values.reassociate};
  options.simulation.limit = request.value("limit", kSimulatedAccesses);
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  const Result<CacheAnswer> answer = simulateRecipes(*scop, recipes, options);
  if (!answer)
    return std::unexpected(answer.error());
  return cacheToJson(*answer);
}

Result<json> dispatch(const json& request, const Progress& progress) {
  const auto job = request.at("job").get<std::string>();
  if (job == "hello")
    return greetingAnswer();
  if (job == "extract")
    return extractJob(request, progress);
  if (job == "emit")
    return emitJob(request, progress);
  if (job == "measure")
    return measureJob(request, progress);
  if (job == "stored")
    return storedJob(request, progress);
  if (job == "cache")
    return cacheJob(request, progress);
  if (job == "run")
    return runJob(request, progress);
  if (job == "sweep-numbers")
    return sweepNumbersJob(request);
  if (job == "sweep")
    return sweepHere(request, progress);
  return failure("unknown-job",
                 fmt::format("\"{}\" is not a job; there are extract, emit, measure, stored, cache, hello, run, sweep-numbers "
                             "and sweep", job));
}

} // namespace

json serve(const json& request, const Progress& progress) {
  json answer = {{"id", request.value("id", json())}};
  try {
    Result<json> result = dispatch(request, progress);
    if (result)
      answer["result"] = std::move(*result);
    else
      answer["error"] = errorToJson(result.error());
  } catch (const json::exception& error) {
    answer["error"] = errorToJson({"bad-request", fmt::format("the request is not understood: {}", error.what())});
  } catch (const std::exception& error) {
    answer["error"] = errorToJson({"internal", error.what()});
  }
  return answer;
}

} // namespace polyloom
