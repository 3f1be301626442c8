// Tiling: the nest runs block by block.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `tile`, its rewriting included.
StepKind tileStep();

} // namespace polyloom
