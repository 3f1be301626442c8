// What a measurement says beside its times.
#pragma once

#include "jit/measure.h"
#include "jit/roofline.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace polyloom {

/// Kept with a measurement, so that a stored figure says what it said the first time. A figure that was stored before
/// these were kept has none of them.
struct MeasurementFacts {
  EventCounts events;         ///< of the recipe's run
  EventCounts originalEvents;
  std::string warning;        ///< see VariantReport
  std::string countersMissing;
  std::string ended;
  Ending ending = Ending::RoundsUsed;
  double widestInterval = 0;
  double forkJoin = 0;
  std::optional<MemorySetup> memory;
  std::optional<Roofline> roofline; ///< of the machine with these threads, where it knew it
  std::uint64_t cacheBytes = 0;     ///< of the machine's last level; 0: not known
};

/// The facts of one variant in a report (without `variant`: of the original). The report knows no roofline.
MeasurementFacts factsOf(const MeasureReport& report, const VariantReport* variant);

/// Gives the report what the facts say about all of it.
void addFacts(MeasureReport& report, const MeasurementFacts& facts);

nlohmann::json toJson(const MeasurementFacts& facts);

/// What is missing stays as it is in new facts. Throws nlohmann's exceptions where something has another type.
MeasurementFacts factsFrom(const nlohmann::json& json);

} // namespace polyloom
