// From isl's world to plain values.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/step.h"
#include "core/snapshot/snapshot.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace polyloom {

class Dependences;
struct LegalityReport;

/// Parameter values by name; names that are absent take the snapshot's own choice.
using ParameterValues = std::map<std::string, std::int64_t>;

ProgramSnapshot makeProgramSnapshot(const Scop& scop);

/// The verdict in words, with one witness per violated dependence, the smallest case first.
VerdictInfo makeVerdict(const LegalityReport& report);

struct SnapshotOptions {
  bool reassociate = false;
  bool withCode = true; ///< false: `code` stays empty; scanning tiles of skewed tiles can take isl minutes
};

/// Everything about a recipe but the points: replays it, judges it, prints its code. A refused step appears in
/// `steps` with its sentence; the rest shows the schedule before it. Cost: milliseconds.
ScheduleSnapshot makeScheduleSnapshot(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                      const SnapshotOptions& options = {});

/// Small changes that make an illegal recipe legal, the best first; see findRepairs. Cost: up to some seconds.
std::vector<RepairInfo> makeRepairs(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                    bool reassociate = false);

/// For which numbers in place of `?` the line would be legal as the next step. Cost: up to some seconds.
RangeInfo makeRange(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe, const std::string& line,
                    bool reassociate = false);

/// The steps that let chosen places of the present order run at the same time: one row per place, with its values of
/// `loops`. Cost: up to some seconds.
AtOnceInfo makeAtOnce(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                      const std::vector<std::string>& loops, const std::vector<std::vector<std::int64_t>>& rows,
                      bool reassociate = false);

/// The instances and arrows of the schedule that the recipe leads to, at `values` (absent: ProgramSnapshot's view
/// values). At most `limit` points and `limit` arrows. Stops early, truncated, when asked to. Where there are many points,
/// `pointsDone` gets them before their arrows.
/// Cost: about 0.25 s for 100 000 points.
SpaceSnapshot makeSpaceSnapshot(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                const ParameterValues& values, std::size_t limit, std::stop_token stop = {},
                                const std::function<void(const SpaceSnapshot&)>& pointsDone = {});

} // namespace polyloom
