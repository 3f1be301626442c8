// C's operators that compute all their operands.
#pragma once

#include "jit/ir/value.h"

namespace polyloom::ir {

llvm::Value* emitUnary(Instance& instance, const Expr& expr);

/// Every binary operator but && and ||.
llvm::Value* emitBinary(Instance& instance, const Expr& expr);

} // namespace polyloom::ir
