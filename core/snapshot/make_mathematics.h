// From a schedule to its notation and numbers.
#pragma once

#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/schedule/step.h"
#include "core/snapshot/mathematics.h"

namespace polyloom {

/// Of the schedule that the recipe leads to, as far as its steps apply. Cost: milliseconds for a nest, some seconds where
/// many dependences meet tiles; isl's exceptions pass through.
MathematicsSnapshot makeMathematics(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe);

} // namespace polyloom
