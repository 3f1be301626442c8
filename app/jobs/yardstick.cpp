#include "app/jobs/yardstick.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace polyloom {

namespace {

using nlohmann::json;

const char* wordOf(Achieved::Bound bound) {
  switch (bound) {
  case Achieved::Bound::Compute: return "compute";
  case Achieved::Bound::Memory: return "memory";
  case Achieved::Bound::Unknown: return "unknown";
  }
  return "";
}

Achieved achievedIn(double seconds, const Yardstick& yardstick) {
  return achieved(static_cast<double>(yardstick.work.neededOperations), static_cast<double>(yardstick.work.bytes()),
                  seconds, yardstick.roofline ? &*yardstick.roofline : nullptr, yardstick.cacheBytes);
}

json toJson(const Achieved& achieved) {
  const bool isKnown = achieved.bound != Achieved::Bound::Unknown;
  return {{"flops", achieved.flops},
          {"bytes_per_s", achieved.bandwidth},
          {"roofline_fraction", isKnown ? json(achieved.fraction) : json(nullptr)},
          {"bound", wordOf(achieved.bound)}};
}

} // namespace

Result<Yardstick> yardstickFor(const ScopPtr& scop, const MeasureOptions& options, const MeasureAnswer& answer) {
  const Result<Work> work = workOf(scop, options.parameters);
  if (!work)
    return std::unexpected(work.error());
  return Yardstick{*work, options.threads, answer.roofline, options.cold ? 0 : answer.cacheBytes};
}

std::string achievedSentence(const Yardstick& yardstick, double seconds) {
  const Achieved result = achievedIn(seconds, yardstick);
  std::string text = yardstick.work.neededOperations > 0 ? fmt::format("{:.3g} GFLOP/s, ", result.flops / 1e9) : "";
  text += fmt::format("{:.3g} GB/s of compulsory traffic", result.bandwidth / 1e9);
  if (result.bound == Achieved::Bound::Unknown)
    return text;
  return text + fmt::format(", {:.2g} % of the roofline of {} thread{} ({} bound)", result.fraction * 100,
                            yardstick.threads, yardstick.threads == 1 ? "" : "s", wordOf(result.bound));
}

void addAchieved(json& answer, const MeasureReport& report, const Yardstick& yardstick) {
  answer["work"] = {{"floating_operations", yardstick.work.floatingOperations},
                    {"needed_operations", yardstick.work.neededOperations},
                    {"bytes_read", yardstick.work.bytesRead},
                    {"bytes_written", yardstick.work.bytesWritten}};
  answer["roofline"] = yardstick.roofline ? rooflineToJson(*yardstick.roofline) : json(nullptr);
  answer["original"]["achieved"] = toJson(achievedIn(report.original.median, yardstick));
  for (std::size_t v = 0; v < report.variants.size(); ++v)
    if (report.variants[v].outcome == Outcome::Measured)
      answer["schedules"][v]["achieved"] = toJson(achievedIn(report.variants[v].timing.median, yardstick));
}

json rooflineToJson(const Roofline& roofline) {
  return {{"threads", roofline.threads},
          {"peak_flops", roofline.peak},
          {"read_bytes_per_s", roofline.readBandwidth},
          {"triad_bytes_per_s", roofline.triadBandwidth}};
}

} // namespace polyloom
