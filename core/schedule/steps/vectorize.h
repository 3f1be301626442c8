// Vectorization: iterations as lanes of vector instructions.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `vectorize`, its rewriting included.
StepKind vectorizeStep();

} // namespace polyloom
