// Compilation of a kernel for this machine.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"

#include <string>
#include <vector>

namespace polyloom {

/// What the generated code may do with floating point.
struct CompileOptions {
  /// Fuse a multiplication and an addition into one rounding, as clang does by default. Off for the build whose
  /// results are compared bit by bit.
  bool contract = true;
  /// Let the updates of sums and products change their order, as if floating-point arithmetic were associative.
  bool reassociate = false;
};

/// The symbol of the compiled function:
///
///   extern "C" void polyloom_kernel(void** arrays, const int64_t* parameters, const double* scalars)
///
/// `arrays` follows Kernel::arrays, each base aligned to 64 bytes, distinct objects; `parameters` and `scalars` follow
/// Kernel::parameters and Kernel::scalars. A shared object of another compiler offers the same function.
inline constexpr const char* kKernelSymbol = "polyloom_kernel";

/// The type of that function.
using KernelFunction = void(void** arrays, const std::int64_t* parameters, const double* scalars);

/// A relocatable object file (ELF) for the processor that runs this program.
/// Fails ("jit-compile") where LLVM refuses the module.
Result<std::vector<char>> compileToObject(const Kernel& kernel, const CompileOptions& options = {});

/// The optimized LLVM IR as text.
Result<std::string> emitLlvm(const Kernel& kernel, const CompileOptions& options = {});

/// The assembly for the processor that runs this program.
Result<std::string> emitAssembly(const Kernel& kernel, const CompileOptions& options = {});

} // namespace polyloom
