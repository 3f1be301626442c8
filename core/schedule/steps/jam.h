// Unroll-and-jam: several iterations of an outer loop share one run of the inner loops.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `jam`, its rewriting included.
StepKind jamStep();

} // namespace polyloom
