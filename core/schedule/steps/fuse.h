// Fusion: two neighboring loops become one.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `fuse`, its rewriting included.
StepKind fuseStep();

} // namespace polyloom
