// Arrays that each thread of a parallel loop has for itself.
#pragma once

#include "jit/ir/state.h"

#include <vector>

namespace polyloom::ir {

/// Gives the function, one thread's share of a loop, these arrays anew: aligned to 64 bytes, on the stack where they
/// are small. Returns what releaseArrays has to give back.
std::vector<llvm::Value*> placePrivateArrays(FunctionState& fn, const std::vector<int>& arrays);
void releaseArrays(FunctionState& fn, const std::vector<llvm::Value*>& allocated);

/// Small arrays of constant size for the rest of the function.
void placeOnStack(FunctionState& fn, const std::vector<int>& arrays);

} // namespace polyloom::ir
