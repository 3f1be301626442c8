// The source's own execution order.
#pragma once

#include "core/program/scop.h"

#include <isl/cpp.h>

namespace polyloom {

/// { S0[t, i] -> [0, t, 0, i, 0]; S1[t, j] -> [0, t, 1, j, 0] }: lexicographic order of the images is execution
/// order. Loops that count down are negated; shorter vectors are padded with zeros.
isl::union_map originalOrder(const Scop& scop);

} // namespace polyloom
