// Wavefront: the first loop of a nest counts the sum of all.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `wavefront`, its rewriting included.
StepKind wavefrontStep();

} // namespace polyloom
