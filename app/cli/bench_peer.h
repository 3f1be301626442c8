// The same function through another compiler, for comparison.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <optional>
#include <string>

namespace polyloom {

/// C text that includes the region's file and calls its function through the JIT's interface (see jit/compile.h).
/// Refuses a region whose function leaves results in globals: nobody could compare them.
Result<std::string> peerWrapper(const Scop& scop);

/// C text of the same interface that calls OpenBLAS, where the region's function is a matrix product that it offers:
/// gemm with C, A, B, alpha and beta. The results differ by rounding.
std::optional<std::string> blasText(const Scop& scop);

} // namespace polyloom
