// The heads of `for` loops.
#pragma once

#include "core/assemble/iteration.h"
#include "core/frontend/region_state.h"

#include <clang/AST/Stmt.h>

namespace polyloom {

/// Reads `for (i = first; condition; i += step)` and enters the loop: the affine reader knows its iterator from now on,
/// as parameter `parameter`. The caller leaves it. Refuses other heads, and steps that are zero or not constant.
Result<LoopHead> enterLoop(const clang::ForStmt* loop, const std::string& parameter, RegionState& state);

} // namespace polyloom
