// The functions of a compiled kernel.
#pragma once

#include "jit/ir/state.h"

namespace polyloom::ir {

/// The argument types that every function holding kernel code ends with: the arrays' bases, the parameters, the
/// scalars.
std::vector<llvm::Type*> kernelArgumentTypes(const UnitState& unit);

/// An internal function void(leading…, arrays, parameters, scalars) whose array arguments are distinct objects aligned
/// to 64 bytes. It is never inlined: as arguments these facts hold for the whole body.
llvm::Function* createBody(UnitState& unit, const std::string& name, llvm::ArrayRef<llvm::Type*> leading);

/// A function without such arguments, with the attributes that all functions share.
llvm::Function* createFunction(UnitState& unit, const std::string& name, llvm::ArrayRef<llvm::Type*> arguments,
                               llvm::GlobalValue::LinkageTypes linkage);

/// Sets how the builder rounds where no reduction is relaxed.
void setFloatingFlags(FunctionState& fn);

/// Fills the module with the kernel: the entry point and its body.
void emitKernel(UnitState& unit);

} // namespace polyloom::ir
