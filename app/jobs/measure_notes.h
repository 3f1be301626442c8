// All that is said about a measurement beside its times: one text for the terminal and for the window.
#pragma once

#include "app/jobs/measuring.h"
#include "app/jobs/yardstick.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Achieved rates and fraction of the roofline, hardware events, outliers: those that there are.
std::vector<std::string> notesOn(const Timing& timing, const Result<Yardstick>& yardstick);

/// The same of a recipe, and what is wrong with the loop that was timed. Nothing where it was not measured.
std::vector<std::string> notesOn(const VariantReport& variant, const Result<Yardstick>& yardstick);

/// On all of it: another machine, why the rounds ended, pages and caches, missing counters, how to get a roofline.
std::vector<std::string> notesOn(const MeasureAnswer& answer, const Result<Yardstick>& yardstick);

/// "box (AMD EPYC 9R14, 64 cores, Polyloom 0.1.0, LLVM 19.1.7)".
std::string placeText(const std::string& place, const Identity& identity);

/// The answer of `measure` with everything: times, work, achieved fractions, and per time and for all of it `notes`.
nlohmann::json measureToJson(const MeasureAnswer& answer, std::span<const std::string> recipes,
                             const Result<Yardstick>& yardstick);

} // namespace polyloom
