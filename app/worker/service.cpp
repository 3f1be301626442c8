#include "app/worker/service.h"

#include "app/jobs/caching.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "app/jobs/measuring.h"
#include "app/jobs/open.h"
#include "core/isl/context.h"
#include "core/program/text.h"

#include <fmt/format.h>

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
  const Result<JudgedSchedule> judged = judgeRecipe(*scop, *dependences, request.at("recipe"));
  if (!judged)
    return std::unexpected(judged.error());
  const Result<std::string> text = scheduleText(*judged, *kind);
  if (!text)
    return std::unexpected(text.error());
  return json{{"text", *text}};
}

MeasureOptions measureOptions(const json& request, const Scop& scop) {
  MeasureOptions options;
  const json settings = request.value("set", json::object()); // items() only refers to it
  for (const auto& [name, value] : settings.items()) {
    if (findParameter(scop, name))
      options.parameters[name] = value.get<std::int64_t>();
    else
      options.scalars[name] = value.get<double>();
  }
  options.threads = request.value("threads", 1);
  options.runs = request.value("runs", options.runs);
  options.cold = request.value("cold", false);
  options.hugePages = request.value("huge_pages", false);
  options.reassociate = request.value("reassociate", false);
  return options;
}

Result<json> measureJob(const json& request, const Progress& progress) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  MeasureOptions options = measureOptions(request, **scop);
  options.progress = [&](const std::string& activity, double fraction) {
    const int done = static_cast<int>(fraction * options.runs);
    progress({{"id", request.at("id")}, {"progress", {{"done", done}, {"of", options.runs}, {"message", activity}}}});
  };
  const Figures figures = request.value("fresh", false) ? Figures::Fresh : Figures::StoredOrFresh;
  const Result<MeasureAnswer> answer = measureRecipes(*scop, recipes, options, figures);
  if (!answer)
    return std::unexpected(answer.error());
  return measureToJson(*answer, recipes);
}

/// What `measure` would answer from the store, for those of the recipes that are there.
Result<json> storedJob(const json& request, const Progress&) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const auto recipes = request.at("recipes").get<std::vector<std::string>>();
  const auto figures = storedFigures(**scop, recipes, measureOptions(request, **scop));
  if (!figures)
    return std::unexpected(figures.error());
  std::vector<std::string> found;
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if ((*figures)[r])
      found.push_back(recipes[r]);
  return measureToJson(answerFrom(*figures), found);
}

/// Simulates; nothing is run.
Result<json> cacheJob(const json& request, const Progress&) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const MeasureOptions values = measureOptions(request, **scop);
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
  return failure("unknown-job", fmt::format("\"{}\" is not a job; there are extract, emit, measure, stored and cache", job));
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
