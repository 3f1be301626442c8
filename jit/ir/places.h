// Where instructions come from: statements and loops of the kernel, as the line numbers of debug locations.
#pragma once

#include "core/codegen/kernel.h"

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <map>
#include <string>
#include <vector>

namespace polyloom::ir {

struct FunctionState;

/// A statement or a loop of a kernel; or neither.
struct Place {
  int statement = -1; ///< index into Kernel::statements
  std::string loop = {};
};

/// Numbers a kernel's statements and loops, and gives functions the synthetic source whose lines these numbers are.
/// LLVM then carries them through every pass, as it does with the lines of a program.
class Places {
public:
  Places(const Kernel& kernel, llvm::Module& module);

  /// A place by its number, as a line of debug locations has it; 0 and unknown ones are no place.
  Place at(unsigned line) const;
  unsigned lineOf(const StatementCall& call) const { return 1 + static_cast<unsigned>(call.statement); }
  /// 0 for a loop without a name.
  unsigned lineOf(const std::string& loop) const;

  /// Gives the function a source; before its instructions have places.
  void describe(llvm::Function& function);
  /// To be called when all functions are there.
  void finish() { builder_.finalize(); }

private:
  void collect(const LoopNode& node);

  std::vector<Place> places_; ///< statements, then loops
  std::map<std::string, unsigned> loops_;
  llvm::DIBuilder builder_;
  llvm::DICompileUnit* unit_;
};

/// While it lives, new instructions of the function come from this loop or statement; inside another one from the
/// innermost. Does nothing where no places are asked for, and for a loop without a name.
class FromPlace {
public:
  FromPlace(FunctionState& fn, const StatementCall& call);
  FromPlace(FunctionState& fn, const std::string& loop);
  ~FromPlace();
  FromPlace(const FromPlace&) = delete;
  FromPlace& operator=(const FromPlace&) = delete;

private:
  void enter(unsigned line);

  FunctionState& fn_;
  llvm::DebugLoc outer_;
};

} // namespace polyloom::ir
