// Peeling: the first or last iterations of a loop become a loop of their own.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `peel`, its rewriting included.
StepKind peelStep();

} // namespace polyloom
