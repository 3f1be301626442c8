// Reversal: a loop runs from its last value to its first.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `reverse`, its rewriting included.
StepKind reverseStep();

} // namespace polyloom
