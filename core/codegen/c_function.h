// A program without a C file as a C function.
#pragma once

#include "core/codegen/c_text.h"
#include "core/codegen/kernel.h"
#include "core/program/scop.h"

#include <string>

namespace polyloom {

/// A C file with one function: the program's arguments in their order (parameters, scalars, arrays with their extents),
/// and the code as a region between pragmas, so that the file can be read like any other. A scalar that is written is a
/// pointer. `head` (whole comment lines) stands at the top.
std::string functionCode(const Scop& scop, const Kernel& kernel, CodeOptions options, const std::string& head);

} // namespace polyloom
