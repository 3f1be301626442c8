// The order of a program text.
#pragma once

#include "core/assemble/dated.h"
#include "core/poly/document.h"

namespace polyloom {

/// Gives each statement of the program its dates. Without an order in the text, statements run one after the other, each
/// in the order of its iterators. Throws BadPoly where a date is missing or double, is not made of numbers and of the
/// statement's own iterators in their order, each once, up or down (-i), or where two instances share one.
void addDates(const PolyDocument& document, DatedProgram& program);

} // namespace polyloom
