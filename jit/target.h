// The processor that this program runs on, as LLVM's code generator sees it.
// Internal to jit: includes LLVM.
#pragma once

#include "core/base/diagnostic.h"

#include <llvm/IR/Attributes.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>

namespace polyloom {

/// A code generator for this processor, position-independent.
Result<std::unique_ptr<llvm::TargetMachine>> makeHostMachine();

/// The attributes that let LLVM use the whole processor; without them each function is compiled for a generic one.
/// `vectorBits` is the widest explicit vector (0: none).
llvm::AttributeList hostFunctionAttributes(llvm::LLVMContext& context, const llvm::TargetMachine& machine,
                                           unsigned vectorBits);

} // namespace polyloom
