// Distribution: one loop becomes two, one after the other.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `distribute`, its rewriting included.
StepKind distributeStep();

} // namespace polyloom
