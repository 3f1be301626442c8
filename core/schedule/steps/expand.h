// Expansion: a variable gets a cell of its own in each iteration of a loop.
#pragma once

#include "core/schedule/catalogue.h"

#include <vector>

namespace polyloom {

/// The declaration of `expand`, its rewriting included.
StepKind expandStep();

/// The expansions that would apply here: of every variable that may change its cells along every loop around all its
/// uses, outermost loops first. Cost: structural, no dependences.
std::vector<Step> applicableExpansions(const Schedule& schedule);

} // namespace polyloom
