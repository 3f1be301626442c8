// Expansion: a variable gets a cell of its own in each iteration of a loop.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `expand`, its rewriting included.
StepKind expandStep();

} // namespace polyloom
