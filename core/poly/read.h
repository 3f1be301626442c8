// Program texts to Scop: sets, accesses and an order as a person writes them.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <isl/cpp.h>

#include <string>

namespace polyloom {

/// Whether a text is a program text: its first line that is neither blank nor a comment begins with polyloom-program.
bool isPoly(const std::string& text);

/// The program of a text (core/poly/README.md describes the language). Refuses whatever is wrong with a sentence, line
/// and column: names that are not declared, numbers of subscripts, what is not affine, unbounded sets, accesses outside
/// of their arrays, orders with two instances at one date, and orders that no loops over the statements' own iterators
/// have.
Result<ScopPtr> readPoly(isl::ctx ctx, const std::string& path, const std::string& text);

} // namespace polyloom
