// Calls of C's math functions.
#pragma once

#include "jit/ir/state.h"

#include <string>

namespace polyloom::ir {

/// The function's own type for its arguments and its result: double, or float for sqrtf and its kin, int for abs,
/// long for labs.
ElementType typeOfMathFunction(const std::string& name);

/// Calls a function on arguments of its own type, scalars or vectors of `lanes` elements (0: scalars).
///
/// What the processor computes exactly becomes an LLVM intrinsic; the rest calls the C library, lane by lane.
llvm::Value* emitMathCall(FunctionState& fn, const std::string& name, llvm::ArrayRef<llvm::Value*> arguments,
                          int lanes);

} // namespace polyloom::ir
