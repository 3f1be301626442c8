#include "app/jobs/measure_notes.h"

#include "app/jobs/json.h"
#include "jit/measure_text.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Those that say something.
std::vector<std::string> sentences(std::initializer_list<std::string> all) {
  std::vector<std::string> said;
  for (const std::string& sentence : all)
    if (!sentence.empty())
      said.push_back(sentence);
  return said;
}

/// The roofline, or how to get it.
std::string rooflineNote(const MeasureAnswer& answer, const Result<Yardstick>& yardstick) {
  if (!yardstick)
    return toText(yardstick.error());
  if (yardstick->roofline)
    return "";
  return fmt::format("{}polyloom-cli roofline --threads {} measures what {} machine can reach; then the fraction is said, too",
                     answer.place.empty() ? "" : fmt::format("on {}, ", answer.place), yardstick->threads,
                     answer.place.empty() ? "this" : "that");
}

} // namespace

std::vector<std::string> notesOn(const Timing& timing, const Result<Yardstick>& yardstick) {
  return sentences({yardstick && !timing.samples.empty() ? achievedSentence(*yardstick, timing.median) : "",
                    eventsSentence(timing.events), outlierSentence(timing)});
}

std::vector<std::string> notesOn(const VariantReport& variant, const Result<Yardstick>& yardstick) {
  if (variant.outcome != Outcome::Measured)
    return {};
  std::vector<std::string> notes = notesOn(variant.timing, yardstick);
  if (!variant.warning.empty())
    notes.push_back(variant.warning);
  return notes;
}

std::vector<std::string> notesOn(const MeasureAnswer& answer, const Result<Yardstick>& yardstick) {
  const MeasureReport& report = answer.report;
  const bool hasFacts = !report.ended.empty(); // stored figures have none where they are older than that
  return sentences({answer.place.empty() ? "" : "on " + placeText(answer.place, answer.identity), report.ended,
                    hasFacts ? memorySentence(report.memory) : "", report.countersMissing,
                    rooflineNote(answer, yardstick)});
}

std::string placeText(const std::string& place, const Identity& identity) {
  return fmt::format("{} ({}, {} core{}, {})", place, identity.machine.cpu, identity.machine.cores,
                     identity.machine.cores == 1 ? "" : "s", identity.compiler);
}

nlohmann::json measureToJson(const MeasureAnswer& answer, std::span<const std::string> recipes,
                             const Result<Yardstick>& yardstick) {
  nlohmann::json result = measureToJson(answer, recipes);
  const MeasureReport& report = answer.report;
  if (yardstick)
    addAchieved(result, report, *yardstick);
  result["notes"] = notesOn(answer, yardstick);
  result["original"]["notes"] = notesOn(report.original, yardstick);
  for (std::size_t v = 0; v < report.variants.size(); ++v)
    result["schedules"][v]["notes"] = notesOn(report.variants[v], yardstick);
  return result;
}

} // namespace polyloom
