// Random kernels: programs of the shapes that real code has, as C text, correct by construction.
#pragma once

#include "core/generate/grammar.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// How hard kernels may be: "easy" (one or two perfect, rectangular nests), "medium", "hard" (several imperfect ones,
/// triangles, factorizations), "mixed". Each is a symbol of the grammar.
const std::vector<std::string>& kernelLevels();

/// A C file with one function `kernel` around one region, and with presets: TYPICAL takes some milliseconds, MINI is
/// small. At both all accesses stay inside their arrays; on inputs like those of measurements (jit/inputs.h) all values
/// stay finite. The same seed gives the same text on every machine. Fails ("bad-grammar") where an action of the
/// grammar does not fit what is around it.
Result<std::string> generateKernel(std::uint64_t seed, const std::string& level,
                                   const Grammar& grammar = Grammar::kernels());

/// Why the generator cannot use a grammar of kernels: a level is missing, or an action is unknown. Empty where it can.
std::string whyNoKernels(const Grammar& grammar);

} // namespace polyloom
