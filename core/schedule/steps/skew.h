// Skewing: a loop's values grow with an outer loop's.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `skew`, its rewriting included.
StepKind skewStep();

} // namespace polyloom
