// The step that takes any schedule in isl's notation: the last resort.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

class ScheduleTree;

StepKind scheduleStep();

/// The step that makes any schedule of the program into this tree, attributes aside. Its text is isl's schedule tree on
/// one line with ' in place of isl's ".
Step makeScheduleStep(const ScheduleTree& tree);

} // namespace polyloom
