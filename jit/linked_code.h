// Compiled code line by line, with the statement or loop behind each line.
#pragma once

#include "jit/compile.h"

#include <string>
#include <vector>

namespace polyloom {

/// A line of compiled code and what it comes from. What the compiler merged from several places, or made itself, has
/// neither.
struct CompiledLine {
  std::string text;
  int statement = -1;    ///< whose value the line helps to compute: index into Kernel::statements
  std::string loop = {}; ///< whose bounds, counter or branch stands here
};

/// LLVM's IR as it is before the optimizer, and after it; the assembly for this processor.
enum class CompiledForm { PlainLlvm, Llvm, Assembly };

/// The kernel in this form, for reading: without what says nothing about it (debug information, directives of the
/// assembler, the list of the processor's features). The code is the one that compileToObject makes.
Result<std::vector<CompiledLine>> linkedCode(const Kernel& kernel, CompiledForm form,
                                             const CompileOptions& options = {});

} // namespace polyloom
