// Contraction: a dimension of an array gets fewer cells, used in turn.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `contract`, its rewriting included.
StepKind contractStep();

} // namespace polyloom
