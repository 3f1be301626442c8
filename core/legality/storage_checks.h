// Is what a stage hands over to the next one in order, and does a change of storage keep the flow?
#pragma once

#include "core/legality/legality.h"

#include <set>
#include <vector>

namespace polyloom {

/// What is wrong with everything before the running stage's own order.
struct EarlierVerdict {
  std::vector<Violation> violations;
  bool relaxedReductions = false;
};

/// Judges the order that each finished stage ended in, and every expansion and contraction. Remembered with the running
/// stage, so that a search below it pays once. isl's exceptions pass through.
EarlierVerdict judgeEarlier(const Schedule& schedule, const Dependences& source, bool reassociate);

/// Arrays that some step has contracted: reductions on them keep their order, as the source's flow on them is what
/// decides whether the cells suffice.
std::set<int> contractedArrays(const Schedule& schedule);

} // namespace polyloom
