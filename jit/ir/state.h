// What the emitters share while a module is built. Internal to jit: includes LLVM.
#pragma once

#include "core/codegen/kernel.h"
#include "jit/compile.h"
#include "jit/ir/places.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace polyloom::ir {

/// The module under construction.
struct UnitState {
  llvm::Module& module;
  llvm::TargetMachine& machine;
  const Kernel& kernel;
  const CompileOptions& options;
  llvm::AttributeList functionAttributes; ///< target and exception facts that every function carries
  Places* places = nullptr;               ///< where instructions come from; null: nobody asks
  int outlined = 0;                       ///< parallel bodies so far

  llvm::LLVMContext& context() const { return module.getContext(); }
};

/// A group of iterations that all take part, wherever it runs.
struct FullGroup {
  IndexExpr first;
  std::int64_t span = 0; ///< from the first to the last
};

/// One function under construction. Its arguments bring in every array, parameter and scalar, so all of them are
/// values known at entry.
struct FunctionState {
  UnitState& unit;
  llvm::Function* function;
  llvm::IRBuilder<> builder;
  std::vector<llvm::Value*> arrays = {};               ///< base pointers, per Kernel::arrays
  std::vector<std::vector<llvm::Value*>> strides = {}; ///< elements per step, per array and dimension
  std::vector<llvm::Value*> scalars = {};              ///< per Kernel::scalars
  std::map<std::string, llvm::Value*> variables = {};  ///< i64: parameters and the loops around
  std::set<int> registers = {};                        ///< arrays of a block's own: whole groups of them are there
  bool isInParallel = false;
  bool isInRest = false; ///< below a loop whose full groups are handled elsewhere: stays small
  std::map<const LoopNode*, FullGroup> fullGroups = {}; ///< loops over lanes or jammed iterations known to be full here

  FunctionState(UnitState& owner, llvm::Function* target)
      : unit(owner), function(target), builder(llvm::BasicBlock::Create(owner.context(), "entry", target)) {}

  llvm::BasicBlock* block(const char* name) {
    return llvm::BasicBlock::Create(unit.context(), name, function);
  }
};

/// The LLVM type of an element.
llvm::Type* typeOf(const UnitState& unit, ElementType type);
/// Likewise, or a vector of it where lanes > 0.
llvm::Type* typeOf(const UnitState& unit, ElementType type, int lanes);

} // namespace polyloom::ir
