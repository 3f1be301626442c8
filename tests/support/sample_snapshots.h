// Snapshots made by hand: jacobi-1d in its own order and skewed and tiled; an illegal fusion. For tests of views.
#pragma once

#include "core/snapshot/snapshot.h"
#include "core/snapshot/step_form.h"

#include <memory>
#include <vector>

namespace polyloom::samples {

/// jacobi-1d: S0 writes B from A, S1 writes A from B.
std::shared_ptr<const ProgramSnapshot> program();

/// `steps` steps of the recipe "shift S1 j by 1; fuse i j; skew i by 2 t; tile t i by 4 6; parallel it": 0, 2, 3, 4, 5.
std::shared_ptr<const ScheduleSnapshot> schedule(int steps = 4, int timeSteps = 8, int cells = 16);

/// "fuse i j" alone: violated dependences and a witness.
std::shared_ptr<const ScheduleSnapshot> illegalSchedule();

/// Nothing to see: no statements.
std::shared_ptr<const ScheduleSnapshot> emptySchedule();

/// One of each outcome.
std::vector<MeasurementInfo> measurements();

/// Three kinds of steps, with every kind of parameter between them.
std::vector<StepFormInfo> forms();

} // namespace polyloom::samples
