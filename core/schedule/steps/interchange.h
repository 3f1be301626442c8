// Interchange: two loops of a nest trade places.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `interchange`, its rewriting included.
StepKind interchangeStep();

} // namespace polyloom
