#include "app/jobs/json.h"
#include "jit/measure_text.h"

namespace polyloom {

namespace {

using nlohmann::json;

const char* wordOf(Outcome outcome) {
  switch (outcome) {
  case Outcome::Measured: return "measured";
  case Outcome::WrongResult: return "wrong result";
  case Outcome::Crashed: return "crashed";
  case Outcome::TimedOut: return "timed out";
  case Outcome::Refused: return "refused";
  }
  return "";
}

const char* wordOf(ResultCheck result) {
  switch (result) {
  case ResultCheck::NotCompared: return "not compared";
  case ResultCheck::Equal: return "equal";
  case ResultCheck::WithinTolerance: return "within tolerance";
  case ResultCheck::Different: return "different";
  }
  return "";
}

const char* wordOf(Ending ending) {
  switch (ending) {
  case Ending::Narrow: return "narrow";
  case Ending::RoundsUsed: return "rounds";
  case Ending::BudgetUsed: return "budget";
  }
  return "";
}

json toJson(const MemorySetup& memory) {
  return {{"cold", memory.isCold},
          {"huge_pages", memory.wantsHugePages},
          {"huge_bytes", memory.hugeBytes},
          {"array_bytes", memory.arrayBytes},
          {"sentence", memorySentence(memory)}};
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

} // namespace polyloom
