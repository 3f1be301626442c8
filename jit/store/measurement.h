// What was measured, under which conditions, and what came of it: the values that the store keeps.
#pragma once

#include "jit/measure.h"
#include "jit/store/facts.h"
#include "jit/store/machine.h"

namespace polyloom {

/// All that a time depends on. Two points are the same only if everything is.
struct MeasurementPoint {
  std::string program; ///< digest of the program's text, without its places in a file
  std::string recipe;  ///< in canonical spacing, one step a line; empty: the original order
  std::map<std::string, std::int64_t> parameters; ///< every one, defaults included
  std::map<std::string, double> scalars;          ///< likewise
  int threads = 1;
  bool pinned = true;
  bool reassociate = false;
  std::uint64_t seed = 1;
  bool cold = false;
  bool hugePages = false;
  std::string compiler; ///< see compilerVersion
  Machine machine;
};

/// A point with its figure. The recipe and the original ran in turn, so sample i of both comes from the same round.
struct StoredMeasurement {
  MeasurementPoint point;
  std::string taken;    ///< in UTC: "2026-02-01T10:11:12Z"
  std::string function; ///< whose region it is
  std::string path;     ///< of the file it was read from
  std::string place;    ///< the host that was asked to measure, as the user names it; empty: the user's own machine
  int runs = 0;         ///< rounds that were asked for; a slow kernel gets fewer
  Outcome outcome = Outcome::Measured;
  std::string message;
  ResultCheck result = ResultCheck::NotCompared;
  double maxRelativeError = 0;
  std::vector<double> samples;         ///< seconds; none where the recipe was not measured
  std::vector<double> originalSamples; ///< in the same run
  MeasurementFacts facts;
};

/// The report that the measurement gave, but for the variant's name.
VariantReport reportOf(const StoredMeasurement& measurement);

/// The original's times in the same run.
Timing originalTimingOf(const StoredMeasurement& measurement);

/// This moment, as `StoredMeasurement::taken` writes it.
std::string nowInUtc();

/// "2026-02-01 10:11:12 UTC".
std::string readableTime(const std::string& taken);

} // namespace polyloom
