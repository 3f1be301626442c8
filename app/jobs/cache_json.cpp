#include "app/jobs/caching.h"

#include <nlohmann/json.hpp>

namespace polyloom {

namespace {

using nlohmann::json;

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

json toJson(const CacheHierarchy& caches) {
  json levels = json::array();
  for (const CacheLevel& level : caches.levels)
    levels.push_back({{"level", level.level}, {"bytes", level.bytes}, {"ways", level.ways}, {"line_bytes", level.lineBytes}});
  return {{"machine", caches.isMachines}, {"levels", std::move(levels)}};
}

/// Distances from `from` to `to`, in lines; empty ranges are left out.
json toJson(const ReuseHistogram& histogram) {
  json ranges = json::array();
  for (std::size_t bucket = 0; bucket < histogram.counts.size(); ++bucket) {
    if (histogram.counts[bucket] == 0)
      continue;
    const std::uint64_t end = std::uint64_t{1} << bucket;
    ranges.push_back({{"from", end / 2}, {"to", end - 1}, {"count", histogram.counts[bucket]}});
  }
  return {{"first_touches", histogram.firstTouches}, {"distances", std::move(ranges)}};
}

json toJson(const LineCounts& counts) {
  return {{"times", counts.times()}, {"median", counts.median()}, {"mean", counts.mean()}, {"largest", counts.largest()}};
}

json toJson(const SimulatedArray& array) {
  return {{"name", array.name}, {"bytes", array.bytes}, {"accesses", array.totals.accesses},
          {"misses", array.totals.misses}, {"reuse", toJson(array.distances)}};
}

json toJson(const SimulatedLoop& loop) {
  return {{"variable", loop.place.variable}, {"loop", loop.place.loop}, {"depth", loop.place.depth},
          {"parent", loop.place.parent < 0 ? json(nullptr) : json(loop.place.parent)},
          {"accesses", loop.totals.accesses}, {"misses", loop.totals.misses},
          {"footprint_lines", {{"iteration", toJson(loop.footprint.iterations)},
                               {"execution", toJson(loop.footprint.executions)}}}};
}

json toJson(const Simulation& simulation) {
  const bool isCounted = simulation.totalAccesses.has_value();
  json result = {{"accesses", simulation.accesses},
                 {"total_accesses", isCounted ? json(*simulation.totalAccesses) : json(nullptr)},
                 {"total_is_upper_bound", simulation.isUpperBound},
                 {"share", isCounted ? json(ratio(simulation.accesses, *simulation.totalAccesses)) : json(nullptr)},
                 {"share_sentence", shareSentence(simulation)},
                 {"seconds", simulation.seconds},
                 {"accesses_per_s", simulation.seconds > 0 ? static_cast<double>(simulation.accesses) / simulation.seconds : 0},
                 {"levels", json::array()},
                 {"arrays", json::array()},
                 {"loops", json::array()},
                 {"reuse", toJson(simulation.distances)}};
  for (std::size_t l = 0; l < simulation.levels.size(); ++l) {
    const LevelCounts& counts = simulation.levels[l];
    result["levels"].push_back({{"level", simulation.caches.levels[l].level}, {"hits", counts.hits},
                                {"misses", counts.misses}, {"writebacks", counts.writebacks},
                                {"miss_rate", ratio(counts.misses, counts.hits + counts.misses)}});
  }
  for (const SimulatedArray& array : simulation.arrays)
    result["arrays"].push_back(toJson(array));
  for (const SimulatedLoop& loop : simulation.loops)
    result["loops"].push_back(toJson(loop));
  return result;
}

} // namespace

json cacheToJson(const CacheAnswer& answer) {
  json result = {{"caches", toJson(answer.caches)},
                 {"limit", answer.limit},
                 {"sentence", simulatedSentence()},
                 {"original", toJson(answer.original)},
                 {"schedules", json::array()}};
  for (const CachedSchedule& schedule : answer.schedules) {
    json one = schedule.simulation ? toJson(*schedule.simulation) : json::object();
    one.update({{"recipe", schedule.recipe}, {"legal", schedule.isLegal}, {"message", schedule.message}});
    result["schedules"].push_back(std::move(one));
  }
  return result;
}

json missesToJson(const Simulation& simulation) {
  const bool isCounted = simulation.totalAccesses.has_value();
  return {{"l1d_misses", simulation.levels.front().misses},
          {"llc_misses", simulation.levels.back().misses},
          {"share", isCounted ? json(ratio(simulation.accesses, *simulation.totalAccesses)) : json(nullptr)}};
}

} // namespace polyloom
