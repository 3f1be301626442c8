// The same function through another compiler, for comparison.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"
#include "core/program/scop.h"

#include <optional>
#include <string>

namespace polyloom {

/// C text that includes the region's file and calls its function through the JIT's interface (see jit/compile.h). What
/// only the region names among the function's variables is the called function's own: nobody compares it. Refuses a
/// region whose function leaves results in globals, or starts it from variables of its own that hold something.
Result<std::string> peerWrapper(const Scop& scop);

/// The same around another text of that file, as `emit` prints it; its includes are looked for beside the file. What it
/// allocates stays with the process between its runs.
Result<std::string> peerWrapper(const Scop& scop, const std::string& fileText);

/// C text of the same interface that calls OpenBLAS for C = A · B, of the sizes of `productLayout`.
std::string productText();

/// The arrays C, A and B of that product: large enough for the library's full speed, 50 ms on a core.
Kernel productLayout();

/// Floating-point operations of that product.
double productOperations();

/// C text of the same interface that calls OpenBLAS, where the region's function is a matrix product that it offers:
/// gemm with C, A, B, alpha and beta. The results differ by rounding.
std::optional<std::string> blasText(const Scop& scop);

} // namespace polyloom
