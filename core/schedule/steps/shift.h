// Shift: one statement runs later (or earlier) along a loop.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `shift`, its rewriting included.
StepKind shiftStep();

} // namespace polyloom
