// Parallel loops: iterations on several threads.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `parallel`, its rewriting included.
StepKind parallelStep();

} // namespace polyloom
