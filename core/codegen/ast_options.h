// Hints to isl's AST generator that keep inner loops free of guards, and outer ones whole.
#pragma once

#include <isl/cpp.h>

namespace polyloom {

/// The same schedule with hints for its loops; the order of instances stays as it is.
///
/// Innermost loops around several statements are separated: where the statements' ranges differ, the common part becomes
/// a loop without guards. A loop with several more inside is not split into parts where isl can do without: each part
/// would repeat all the code below, while a guard so far out costs nothing.
isl::schedule withAstOptions(const isl::schedule& schedule);

} // namespace polyloom
