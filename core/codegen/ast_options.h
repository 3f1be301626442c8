// Hints to isl's AST generator that make inner loops free of guards.
#pragma once

#include <isl/cpp.h>

namespace polyloom {

/// The same schedule with options on its bands; the order of instances stays as it is.
///
///  - An innermost loop around several statements is separated: where their ranges differ, the common part becomes a
///    loop without guards.
///  - A loop over groups of vector lanes has its full groups isolated: their lane loops get a constant length.
isl::schedule withAstOptions(const isl::schedule& schedule);

} // namespace polyloom
