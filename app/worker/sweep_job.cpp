#include "app/worker/sweep_job.h"

#include "app/jobs/jobs.h"
#include "app/jobs/measure_notes.h"
#include "app/jobs/measure_wire.h"
#include "app/jobs/sweep_json.h"
#include "app/jobs/sweeping.h"
#include "core/isl/context.h"
#include "core/program/text.h"
#include "core/snapshot/make_sweep.h"

namespace polyloom {

namespace {

using nlohmann::json;
using Send = std::function<void(const json&)>;

json pointsToJson(std::span<const SweepPoint> points) {
  json all = json::array();
  for (std::size_t p = 0; p < points.size(); ++p)
    all.push_back(sweepPointToJson(points[p], p));
  return all;
}

SweepListener listenerFor(const json& id, const Send& send) {
  const auto changed = [&id, &send](std::span<const SweepPoint> points, std::span<const std::size_t> which) {
    json part = json::array();
    for (const std::size_t p : which)
      part.push_back(sweepPointToJson(points[p], p));
    send({{"id", id}, {"partial", {{"points", std::move(part)}}}});
  };
  const auto progress = [&id, &send](const std::string& activity, std::size_t done, std::size_t of) {
    send({{"id", id}, {"progress", {{"done", done}, {"of", of}, {"message", activity}}}});
  };
  return {changed, progress};
}

Result<std::vector<SweepPoint>> pointsFor(const ScopPtr& scop, const json& request) {
  const Result<Recipe> recipe = recipeFor(*scop, request.at("recipe"));
  if (!recipe)
    return std::unexpected(recipe.error());
  std::vector<SweepAxis> axes;
  for (const json& axis : request.at("axes"))
    axes.push_back(sweepAxisFrom(axis));
  return makeSweepPoints(*recipe, axes);
}

} // namespace

Result<json> sweepNumbersJob(const json& request) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const Result<Recipe> recipe = recipeFor(**scop, request.at("recipe"));
  if (!recipe)
    return std::unexpected(recipe.error());
  json numbers = json::array();
  for (const SweepNumber& number : makeSweepNumbers(*scop, *recipe, optionsFrom(request, **scop).parameters))
    numbers.push_back(sweepNumberToJson(number));
  return json{{"numbers", std::move(numbers)}};
}

Result<json> sweepJob(const json& request, const Send& send, Place& place) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), request.at("program"));
  if (!scop)
    return std::unexpected(scop.error());
  const Result<std::vector<SweepPoint>> points = pointsFor(*scop, request);
  if (!points)
    return std::unexpected(points.error());
  const Result<Dependences> dependences = boundedDependences(**scop);
  if (!dependences)
    return std::unexpected(dependences.error());
  const json id = request.at("id");
  const MeasureOptions options = optionsFrom(request, **scop);
  MeasuringEvaluator measuring(*scop, options, request.value("fresh", false), place);
  measuring.answered = [&](const MeasureAnswer& answer, std::span<const std::string> recipes) {
    send({{"id", id},
          {"partial", {{"measured", measureToJson(answer, recipes, yardstickFor(*scop, options, answer))}}}});
  };
  SweepEvaluator* const evaluators[] = {&measuring};
  const Result<std::vector<SweepPoint>> swept =
      sweepRecipes(*scop, *dependences, *points, evaluators, options.reassociate, listenerFor(id, send));
  if (!swept)
    return std::unexpected(swept.error());
  return json{{"points", pointsToJson(*swept)}};
}

} // namespace polyloom
