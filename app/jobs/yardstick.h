// What measured times mean: operations and bytes per second, and the part of the roofline that they are.
#pragma once

#include "app/jobs/measuring.h"
#include "core/base/diagnostic.h"
#include "core/codegen/work.h"
#include "jit/roofline.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace polyloom {

/// One program at one size on one machine.
struct Yardstick {
  Work work;
  int threads = 1;
  std::optional<Roofline> roofline; ///< of so many threads, where it has been measured before
  std::uint64_t cacheBytes = 0;     ///< what may lie in the caches when a run starts
};

/// Counts the program's work and takes the roofline from the answer; measures nothing. Fails as `workOf` does.
Result<Yardstick> yardstickFor(const ScopPtr& scop, const MeasureOptions& options, const MeasureAnswer& answer);

/// "58.1 GFLOP/s, 1.2 GB/s of compulsory traffic, 51 % of the roofline of 2 threads (compute bound)".
std::string achievedSentence(const Yardstick& yardstick, double seconds);

/// Adds to the answer of `measure`: `work`, `roofline` (null where it is not known), and `achieved` of the original and
/// of each measured schedule.
void addAchieved(nlohmann::json& answer, const MeasureReport& report, const Yardstick& yardstick);

/// {threads, peak_flops, read_bytes_per_s, triad_bytes_per_s}.
nlohmann::json rooflineToJson(const Roofline& roofline);

} // namespace polyloom
