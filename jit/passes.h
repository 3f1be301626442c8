// LLVM's passes over a kernel's module, and from there to machine code. Internal to jit: includes LLVM.
#pragma once

#include "core/base/diagnostic.h"

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <string>

namespace polyloom {

/// Who says which iterations run together.
///
///  - Open: LLVM. All passes of clang -O3.
///  - Chosen: a step has. What the steps did is not looked for again, which halves the time, and
///    copies stay scalars where no step made them lanes: packed, rows of a matrix would be gathered from cells far
///    apart, which costs more than the vector saves.
enum class Copies { Open, Chosen };

/// The passes over the IR.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, Copies copies);

/// The module as an object file or as assembly.
Result<std::string> generate(llvm::Module& module, llvm::TargetMachine& machine, llvm::CodeGenFileType type);

} // namespace polyloom
