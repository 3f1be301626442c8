// Unrolling: several iterations in one.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `unroll`, its rewriting included.
StepKind unrollStep();

} // namespace polyloom
