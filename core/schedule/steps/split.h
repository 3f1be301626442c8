// Index-set splitting: a loop becomes two at a value.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `split`, its rewriting included.
StepKind splitStep();

} // namespace polyloom
