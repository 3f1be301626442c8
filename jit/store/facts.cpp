#include "jit/store/facts.h"

#include "jit/store/words.h"

#include <nlohmann/json.hpp>

#include <array>

namespace polyloom {

namespace {

using nlohmann::json;

/// In the order of EventCounts::kAll.
constexpr std::array<const char*, 4> kEventNames = {"cycles", "instructions", "l1d_misses", "llc_misses"};
static_assert(kEventNames.size() == std::size(EventCounts::kAll));

json eventsToJson(const EventCounts& events) {
  json object = json::object();
  for (std::size_t e = 0; e < kEventNames.size(); ++e)
    if (const std::optional<double>& count = events.*EventCounts::kAll[e])
      object[kEventNames[e]] = *count;
  return object;
}

EventCounts eventsFrom(const json& object) {
  EventCounts events;
  for (std::size_t e = 0; e < kEventNames.size(); ++e)
    if (object.contains(kEventNames[e]))
      events.*EventCounts::kAll[e] = object[kEventNames[e]].get<double>();
  return events;
}

json memoryToJson(const MemorySetup& memory) {
  return {{"cold", memory.isCold}, {"huge_pages", memory.wantsHugePages}, {"huge_bytes", memory.hugeBytes},
          {"array_bytes", memory.arrayBytes}};
}

MemorySetup memoryFrom(const json& object) {
  return {object.at("cold"), object.at("huge_pages"), object.at("huge_bytes"), object.at("array_bytes")};
}

json rooflineToJson(const Roofline& roofline) {
  return {{"threads", roofline.threads}, {"peak", roofline.peak}, {"read", roofline.readBandwidth},
          {"triad", roofline.triadBandwidth}};
}

Roofline rooflineFrom(const json& object) {
  return {object.at("threads"), object.at("peak"), object.at("read"), object.at("triad")};
}

} // namespace

MeasurementFacts factsOf(const MeasureReport& report, const VariantReport* variant) {
  MeasurementFacts facts;
  facts.events = variant != nullptr ? variant->timing.events : report.original.events;
  facts.originalEvents = report.original.events;
  facts.warning = variant != nullptr ? variant->warning : "";
  facts.countersMissing = report.countersMissing;
  facts.ended = report.ended;
  facts.ending = report.ending;
  facts.widestInterval = report.widestInterval;
  facts.forkJoin = report.forkJoin;
  facts.memory = report.memory;
  return facts;
}

void addFacts(MeasureReport& report, const MeasurementFacts& facts) {
  report.countersMissing = facts.countersMissing;
  report.ended = facts.ended;
  report.ending = facts.ending;
  report.widestInterval = facts.widestInterval;
  report.forkJoin = facts.forkJoin;
  report.memory = facts.memory.value_or(report.memory);
}

json toJson(const MeasurementFacts& facts) {
  json object = {{"events", eventsToJson(facts.events)},
                 {"original_events", eventsToJson(facts.originalEvents)},
                 {"warning", facts.warning},
                 {"counters_missing", facts.countersMissing},
                 {"ended", facts.ended},
                 {"ending", wordOf(facts.ending)},
                 {"widest_interval", facts.widestInterval},
                 {"fork_join_s", facts.forkJoin},
                 {"cache_bytes", facts.cacheBytes}};
  if (facts.memory)
    object["memory"] = memoryToJson(*facts.memory);
  if (facts.roofline)
    object["roofline"] = rooflineToJson(*facts.roofline);
  return object;
}

MeasurementFacts factsFrom(const json& object) {
  MeasurementFacts facts;
  facts.events = eventsFrom(object.value("events", json::object()));
  facts.originalEvents = eventsFrom(object.value("original_events", json::object()));
  facts.warning = object.value("warning", "");
  facts.countersMissing = object.value("counters_missing", "");
  facts.ended = object.value("ended", "");
  facts.ending = endingFromWord(object.value("ending", "")).value_or(facts.ending);
  facts.widestInterval = object.value("widest_interval", 0.0);
  facts.forkJoin = object.value("fork_join_s", 0.0);
  facts.cacheBytes = object.value("cache_bytes", std::uint64_t{0});
  if (object.contains("memory"))
    facts.memory = memoryFrom(object["memory"]);
  if (object.contains("roofline"))
    facts.roofline = rooflineFrom(object["roofline"]);
  return facts;
}

} // namespace polyloom
