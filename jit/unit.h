// A kernel as a module of LLVM, and how far it is compiled. Internal to jit: includes LLVM.
#pragma once

#include "jit/compile.h"
#include "jit/ir/places.h"
#include "jit/target.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include <memory>
#include <string>

namespace polyloom {

/// A module and what it hangs on, in the order in which they must live.
struct Unit {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  std::unique_ptr<ir::Places> places = nullptr; ///< where instructions come from, where that was asked for
};

struct UnitOptions {
  bool optimizes = true;
  bool hasPlaces = false; ///< instructions tell where they come from; they are the same ones as without
};

/// Fails ("jit-compile") where LLVM refuses the module.
Result<Unit> buildUnit(const Kernel& kernel, const CompileOptions& options, const UnitOptions& unitOptions = {});

/// The unit as an object file or as assembly.
Result<std::string> generated(Unit& unit, llvm::CodeGenFileType type);

} // namespace polyloom
