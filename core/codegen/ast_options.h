// Hints to isl's AST generator that make inner loops free of guards.
#pragma once

#include <isl/cpp.h>

namespace polyloom {

/// The same schedule, its innermost loops around several statements marked for separation: where the statements'
/// ranges differ, the common part becomes a loop without guards. The order of instances stays as it is.
isl::schedule withSeparatedBodies(const isl::schedule& schedule);

} // namespace polyloom
