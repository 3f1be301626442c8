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
  if (measurement.outcome == Outcome::Measured)
    addTimes(report, measurement.originalSamples, measurement.samples);
  return report;
}

std::string nowInUtc() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::string readableTime(const std::string& taken) {
  const std::size_t middle = taken.find('T');
  if (middle == std::string::npos || !taken.ends_with('Z'))
    return taken;
  return taken.substr(0, middle) + " " + taken.substr(middle + 1, taken.size() - middle - 2) + " UTC";
}

} // namespace polyloom
