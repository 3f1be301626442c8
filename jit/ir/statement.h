// One execution of a statement: its value, computed in C's semantics, and the store.
#pragma once

#include "jit/ir/access.h"

namespace polyloom::ir {

/// For the current values of the loop variables.
void emitStatement(FunctionState& fn, const StatementCall& call);

/// For all lanes at once, as vector code; lane after lane where the value must not be computed ahead of the test
/// that guards it.
void emitStatement(FunctionState& fn, const StatementCall& call, const Lanes& lanes);

} // namespace polyloom::ir
