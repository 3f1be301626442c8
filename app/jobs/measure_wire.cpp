#include "app/jobs/measure_wire.h"

#include "jit/store/facts.h"
#include "jit/store/words.h"
#include "jit/timing.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <stdexcept>

namespace polyloom {

namespace {

using nlohmann::json;

json variantToWire(const MeasureReport& report, const VariantReport& variant) {
  return {{"name", variant.name},
          {"outcome", wordOf(variant.outcome)},
          {"message", variant.message},
          {"result", wordOf(variant.result)},
          {"max_relative_error", variant.maxRelativeError}, // null where it is not a number
          {"samples_s", variant.timing.samples},
          {"facts", toJson(factsOf(report, &variant))}};
}

VariantReport variantFromWire(const json& wire, std::span<const double> original) {
  const auto outcome = outcomeFromWord(wire.at("outcome").get<std::string>());
  const auto result = resultFromWord(wire.at("result").get<std::string>());
  const auto samples = wire.at("samples_s").get<std::vector<double>>();
  if (!outcome || !result || (*outcome == Outcome::Measured && samples.size() != original.size()))
    throw std::invalid_argument("a variant's report does not fit the others");
  const MeasurementFacts facts = factsFrom(wire.at("facts"));
  VariantReport variant{.name = wire.at("name"), .outcome = *outcome, .message = wire.at("message"), .result = *result};
  const json& error = wire.at("max_relative_error");
  variant.maxRelativeError = error.is_number() ? error.get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (*outcome == Outcome::Measured)
    addTimes(variant, original, samples);
  variant.timing.events = facts.events;
  variant.warning = facts.warning;
  return variant;
}

} // namespace

MeasureOptions optionsFrom(const json& request, const Scop& scop) {
  MeasureOptions options;
  const json settings = request.value("set", json::object()); // items() only refers to it
  for (const auto& [name, value] : settings.items()) {
    if (findParameter(scop, name))
      options.parameters[name] = value.get<std::int64_t>();
    else
      options.scalars[name] = value.get<double>();
  }
  options.threads = request.value("threads", 1);
  options.pin = request.value("pin", true);
  options.runs = request.value("runs", options.runs);
  options.fewestRuns = request.value("fewest_runs", options.fewestRuns);
  options.totalBudget = std::chrono::milliseconds(request.value("budget_ms", options.totalBudget.count()));
  options.seed = request.value("seed", options.seed);
  options.cold = request.value("cold", false);
  options.hugePages = request.value("huge_pages", false);
  options.reassociate = request.value("reassociate", false);
  return options;
}

json optionsToJson(const MeasureOptions& options) {
  json set = json::object();
  for (const auto& [name, value] : options.scalars)
    set[name] = value;
  for (const auto& [name, value] : options.parameters)
    set[name] = value;
  return {{"set", std::move(set)},          {"threads", options.threads},
          {"pin", options.pin},             {"runs", options.runs},
          {"fewest_runs", options.fewestRuns}, {"budget_ms", options.totalBudget.count()},
          {"seed", options.seed},           {"cold", options.cold},
          {"huge_pages", options.hugePages}, {"reassociate", options.reassociate}};
}

json reportToWire(const MeasureReport& report) {
  json wire = {{"threads", report.threads},
               {"runs", report.runs},
               {"original_samples_s", report.original.samples},
               {"facts", toJson(factsOf(report, nullptr))},
               {"variants", json::array()}};
  for (const VariantReport& variant : report.variants)
    wire["variants"].push_back(variantToWire(report, variant));
  return wire;
}

MeasureReport reportFromWire(const json& wire) {
  MeasureReport report;
  report.threads = wire.at("threads");
  report.runs = wire.at("runs");
  const auto samples = wire.at("original_samples_s").get<std::vector<double>>();
  if (samples.empty())
    throw std::invalid_argument("the original has no times");
  report.original = timingOf(samples);
  const MeasurementFacts facts = factsFrom(wire.at("facts"));
  report.original.events = facts.originalEvents;
  addFacts(report, facts);
  for (const json& variant : wire.at("variants"))
    report.variants.push_back(variantFromWire(variant, samples));
  return report;
}

} // namespace polyloom
