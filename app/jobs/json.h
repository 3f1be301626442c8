// Answers as JSON, in the keys that the command line's contract and the worker's protocol share.
#pragma once

#include "app/jobs/measuring.h"
#include "core/base/diagnostic.h"
#include "core/legality/ranges.h"
#include "core/legality/repairs.h"
#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/snapshot/snapshot.h"
#include "jit/measure.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace polyloom {

/// {code, message, file, line, column, notes}.
nlohmann::json errorToJson(const Diagnostic& diagnostic);

/// The answer of `info`.
nlohmann::json infoToJson(const Scop& scop, const ProgramSnapshot& program, const ScheduleSnapshot& original);

/// The answer of `check`: verdict, steps, witness, repairs (recipes as text).
nlohmann::json checkToJson(const ScheduleSnapshot& schedule, std::span<const Repair> repairs);

/// {parameter, min, max, sentence}: an open end is null, `empty` tells that nothing is legal; for a skew `tilable`
/// {min, max}, too.
nlohmann::json rangeToJson(const LegalRange& range);

/// The answer of `measure`; `recipes` are the texts, one per variant.
nlohmann::json measureToJson(const MeasureReport& report, std::span<const std::string> recipes);

/// The same with what concerns the store: `stored`, `taken`, `warnings`, and where it was taken (`host` is empty for this
/// machine, `machine`, `compiler`); per schedule `taken` and the `original` of its run.
nlohmann::json measureToJson(const MeasureAnswer& answer, std::span<const std::string> recipes);

/// One entry of `measurements`: the point, when it was taken, every sample.
nlohmann::json measurementToJson(const StoredMeasurement& measurement);

/// "legal", "illegal", "unknown", or "refused" when a step was.
std::string verdictWord(const ScheduleSnapshot& schedule);

} // namespace polyloom
