// Which thread and which vector lane runs each instance, from the loops around it.
#pragma once

#include "core/snapshot/snapshot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// Instances put into numbered groups; -1: in none. In the order of PlotData::points.
struct SpaceGroups {
  std::vector<std::int32_t> of;
  int count = 0;      ///< groups are numbered below this
  std::string remark; ///< how the numbers came about, for the legend; empty: nothing to say
};

/// The thread that runs each instance below the outermost parallel loop. OpenMP's default shares the iterations of a
/// loop into one block of neighbors per thread, the first `iterations mod threads` blocks being larger by one. Loops
/// that are emitted with schedule(dynamic) are shared at run time: their iterations are numbered modulo `threads`, and
/// the remark says so. Cost: n log n.
SpaceGroups groupByThread(const ScheduleSnapshot& schedule, int threads);

/// The vector lane that runs each instance below a lane loop. Cost: linear.
SpaceGroups groupByLane(const ScheduleSnapshot& schedule);

} // namespace polyloom
