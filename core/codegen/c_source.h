// The file around a region, as text.
#pragma once

#include "core/program/scop.h"

#include <cstddef>
#include <optional>
#include <string>

namespace polyloom {

/// The blanks before the region's first line.
std::string indentOf(const RegionSource& source);

/// The text up to the region with `restrict` at the arrays among the function's arguments: A[restrict N][M], * restrict A.
/// What is declared in another way (through a macro, in a header) stays as it is.
std::string withRestrict(const Scop& scop);

/// Where the definition of the region's function starts: what stands there is known to it. Nothing where that cannot be
/// told from the text, as where the preprocessor chooses among several heads.
std::optional<std::size_t> functionStart(const Scop& scop);

} // namespace polyloom
