// Random programs: small loop nests as C text, correct by construction.
#pragma once

#include "core/generate/grammar.h"

#include <cstdint>
#include <string>

namespace polyloom {

/// A C file with one function `kernel` around one region, drawn from the grammar.
///
/// For every N, M >= 0 all accesses stay inside their arrays and nothing is read before it is written or passed in:
/// each iterator carries a constant that it never falls below and a sum over N and M that it never exceeds, subscripts
/// are made to stay at 0 or above, and arrays are declared as large as the largest subscript. The same seed gives the
/// same text on every machine.
/// The grammar's words must be known: see `unknownWord`.
std::string generateProgram(std::uint64_t seed, const Grammar& grammar = Grammar::programs());

/// Why the generator cannot use a grammar: a symbol that it asks for is missing, or an action in angle brackets is
/// unknown. Empty where it can.
std::string whyUnusable(const Grammar& grammar);

} // namespace polyloom
