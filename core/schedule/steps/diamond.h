// Diamond tiling: tiles that start at the same time, of a time loop and space loops.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `diamond`, with the steps that it stands for.
StepKind diamondStep();

} // namespace polyloom
