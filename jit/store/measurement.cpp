#include "jit/store/measurement.h"

#include "jit/timing.h"

#include <fmt/chrono.h>

#include <ctime>

namespace polyloom {

VariantReport reportOf(const StoredMeasurement& measurement) {
  VariantReport report;
  report.outcome = measurement.outcome;
  report.message = measurement.message;
  report.result = measurement.result;
  report.maxRelativeError = measurement.maxRelativeError;
  report.warning = measurement.facts.warning;
  if (measurement.outcome == Outcome::Measured)
    addTimes(report, measurement.originalSamples, measurement.samples);
  report.timing.events = measurement.facts.events;
  return report;
}

Timing originalTimingOf(const StoredMeasurement& measurement) {
  Timing timing = timingOf(measurement.originalSamples);
  timing.events = measurement.facts.originalEvents;
  return timing;
}

std::string nowInUtc() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::string readableTime(const std::string& taken) {
  const std::size_t middle = taken.find('T');
  if (middle == std::string::npos || !taken.ends_with('Z'))
    return taken;
  return taken.substr(0, middle) + " " + taken.substr(middle + 1, taken.size() - middle - 2) + " UTC";
}

} // namespace polyloom
