// Unimodular combination: the loops of a nest become sums of each other.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `unimodular`, its rewriting included.
StepKind unimodularStep();

} // namespace polyloom
