// From a schedule to what LOOPer's cost model reads of it.
#pragma once

#include "core/schedule/schedule.h"
#include "models/features/looper/looper_features.h"
#include "models/features/nest_outline.h"

namespace polyloom {

/// `outline` is the schedule's. One computation per place of a statement: a statement in two parts of a split loop is two.
/// Equal orders of equal programs give equal features, whatever steps led to them.
LooperFeatures looperFeatures(const Schedule& schedule, const NestOutline& outline);

} // namespace polyloom
