// Statement reordering: a part of a body moves before another one.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `reorder`, its rewriting included.
StepKind reorderStep();

} // namespace polyloom
