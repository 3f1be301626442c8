#include "app/jobs/json.h"
#include "jit/measure_text.h"
#include "jit/store/words.h"

namespace polyloom {

namespace {

using nlohmann::json;

json toJson(const MemorySetup& memory) {
  return {{"cold", memory.isCold},
          {"huge_pages", memory.wantsHugePages},
          {"huge_bytes", memory.hugeBytes},
          {"array_bytes", memory.arrayBytes},
          {"sentence", memorySentence(memory)}};
}

json toJson(const Machine& machine) {
  return {{"cpu", machine.cpu}, {"host", machine.host}, {"cores", machine.cores}};
}

json toJson(const Interval& interval) { return json::array({interval.low, interval.high}); }

/// null for what is not counted.
json toJson(const EventCounts& events) {
  const auto count = [](const std::optional<double>& value) { return value ? json(*value) : json(nullptr); };
  return {{"cycles", count(events.cycles)}, {"instructions", count(events.instructions)},
          {"l1d_misses", count(events.l1dMisses)}, {"llc_misses", count(events.llcMisses)}};
}

json toJson(const Timing& timing) {
  return {{"median_s", timing.median}, {"interval_s", toJson(timing.interval)}, {"samples", timing.samples.size()},
          {"outliers", timing.outliers}, {"events", toJson(timing.events)}};
}

json toJson(const VariantReport& variant, const std::string& recipe) {
  json result = toJson(variant.timing);
  result.update({{"name", variant.name},
                 {"recipe", recipe},
                 {"outcome", wordOf(variant.outcome)},
                 {"message", variant.message},
                 {"speedup", variant.speedup},
                 {"speedup_interval", toJson(variant.speedupInterval)},
                 {"distinguishable", isDistinguishable(variant)},
                 {"warning", variant.warning},
                 {"result", wordOf(variant.result)},
                 {"max_relative_error", variant.maxRelativeError}});
  return result;
}

} // namespace

json measureToJson(const MeasureReport& report, std::span<const std::string> recipes) {
  json result = {{"threads", report.threads},
                 {"fork_join_s", report.forkJoin},
                 {"runs", report.runs},
                 {"memory", toJson(report.memory)},
                 {"counters_missing", report.countersMissing},
                 {"ended", {{"reason", wordOf(report.ending)}, {"widest_interval", report.widestInterval},
                            {"sentence", report.ended}}},
                 {"outlier_fences", "1.5 interquartile ranges beyond the quartiles (Tukey)"},
                 {"original", toJson(report.original)},
                 {"schedules", json::array()}};
  for (std::size_t v = 0; v < report.variants.size(); ++v)
    result["schedules"].push_back(toJson(report.variants[v], v < recipes.size() ? recipes[v] : ""));
  return result;
}

json measureToJson(const MeasureAnswer& answer, std::span<const std::string> recipes) {
  json result = measureToJson(answer.report, recipes);
  if (answer.report.ended.empty())
    result["ended"] = nullptr; // stored figures may be older than that
  result["stored"] = answer.isStored;
  result["taken"] = answer.taken;
  result["warnings"] = answer.warnings;
  result["host"] = answer.place;
  result["machine"] = toJson(answer.identity.machine);
  result["compiler"] = answer.identity.compiler;
  for (std::size_t v = 0; v < answer.report.variants.size(); ++v) {
    json& schedule = result["schedules"][v];
    schedule["taken"] = answer.variantTaken[v].empty() ? json(nullptr) : json(answer.variantTaken[v]);
    schedule["original"] = toJson(answer.variantOriginals[v]);
  }
  return result;
}

json measurementToJson(const StoredMeasurement& measurement) {
  const MeasurementPoint& point = measurement.point;
  const VariantReport report = reportOf(measurement);
  json original = toJson(originalTimingOf(measurement));
  original["samples_s"] = measurement.originalSamples;
  return {{"taken", measurement.taken},
          {"function", measurement.function},
          {"file", measurement.path},
          {"program", point.program},
          {"recipe", point.recipe},
          {"parameters", point.parameters},
          {"scalars", point.scalars},
          {"threads", point.threads},
          {"pinned", point.pinned},
          {"reassociate", point.reassociate},
          {"seed", point.seed},
          {"cold", point.cold},
          {"huge_pages", point.hugePages},
          {"compiler", point.compiler},
          {"machine", toJson(point.machine)},
          {"host", measurement.place},
          {"runs", measurement.runs},
          {"outcome", wordOf(report.outcome)},
          {"message", report.message},
          {"result", wordOf(report.result)},
          {"max_relative_error", report.maxRelativeError},
          {"median_s", report.timing.median},
          {"interval_s", toJson(report.timing.interval)},
          {"samples_s", measurement.samples},
          {"outliers", report.timing.outliers},
          {"events", toJson(report.timing.events)},
          {"warning", report.warning},
          {"ended", measurement.facts.ended},
          {"counters_missing", measurement.facts.countersMissing},
          {"fork_join_s", measurement.facts.forkJoin},
          {"speedup", report.speedup},
          {"speedup_interval", toJson(report.speedupInterval)},
          {"original", std::move(original)}};
}

} // namespace polyloom
