// Requests to measure and reports, as a worker on another machine reads and writes them.
#pragma once

#include "core/program/scop.h"
#include "jit/measure.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

/// The conditions of a measurement: `set`, `threads`, `runs`, … What is missing is as in new options. Throws nlohmann's
/// exceptions where something has another type.
MeasureOptions optionsFrom(const nlohmann::json& request, const Scop& scop);

/// What `optionsFrom` reads.
nlohmann::json optionsToJson(const MeasureOptions& options);

/// Every sample and every fact of a report; what follows from the samples is left out.
nlohmann::json reportToWire(const MeasureReport& report);

/// Throws nlohmann's exceptions and std::invalid_argument where it is not such a report.
MeasureReport reportFromWire(const nlohmann::json& wire);

} // namespace polyloom
