#include "jit/team_warning.h"

#include "core/codegen/loop_count.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kNoticeableShare = 0.05;

std::string inMicroseconds(double seconds) {
  const auto tenths = static_cast<std::int64_t>(std::llround(seconds * 1e7));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " µs";
}

} // namespace

std::string teamWarning(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters,
                        const TeamCost& cost, double run) {
  const auto counted = countReached(kernel.body, parameters, [](const LoopNode& node) -> std::optional<std::int64_t> {
    if (node.kind == LoopNode::Kind::For && node.attributes.parallel)
      return 1; // a parallel loop inside belongs to the same region
    return node.kind == LoopNode::Kind::Call ? std::optional<std::int64_t>(0) : std::nullopt;
  });
  const std::int64_t regions = counted.value_or(1);
  const double share = run <= 0 ? 0 : (static_cast<double>(regions) * cost.forkJoin + cost.wake) / run;
  if (regions == 0 || share < kNoticeableShare)
    return "";
  return "starting and joining the threads takes about " +
         std::to_string(std::min<std::int64_t>(std::llround(share * 100), 100)) + " % of a run (" +
         std::to_string(regions) + (regions == 1 ? " region of " : " regions of ") + inMicroseconds(cost.forkJoin) +
         ", and " + inMicroseconds(cost.wake) +
         " to wake them); the parallel loop is too small for this many threads";
}

} // namespace polyloom
