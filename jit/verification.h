// The question before every timing: does the variant compute what the original computes?
#pragma once

#include "jit/comparison.h"
#include "jit/compile.h"
#include "jit/entrant.h"
#include "jit/inputs.h"

namespace polyloom {

/// An object file or a shared object for a variant. Fails where LLVM refuses the kernel.
Result<Code> codeOf(const Variant& variant, const CompileOptions& options);

/// The results of two entrants over the same arrays, cell by cell; `elements` gives each array's type by name.
Agreement compareResults(const std::map<std::string, ElementType>& elements, const Entrant& expected,
                         const Entrant& actual);

/// Whether some result is not a number: nothing equals it.
bool holdsNaN(const std::map<std::string, ElementType>& elements, const Entrant& entrant);

/// A parameter or scalar of the kernel that the measurement has no value for, as a sentence; empty where there is none.
std::string unknownName(const Setting& setting, const Kernel& kernel);

/// Why the variant's arrays cannot be compared with the original's; empty where they can.
std::string incompatibility(const std::vector<ArrayShape>& original, const std::vector<ArrayShape>& variant);

} // namespace polyloom
