// Sums in variables of their own, for compilers that are told to vectorize them.
#pragma once

#include "core/codegen/kernel.h"
#include "core/program/scop.h"

namespace polyloom {

/// For code whose reductions may change their order. An innermost sequential loop that does nothing but one such update
/// of the same cell gets a scalar of its own for it:
///
///   for j  x[i] = x[i] + A[i][j] * y[j];     →     x_s = 0;  for j  x_s = x_s + A[i][j] * y[j];  x[i] = x[i] + x_s;
///
/// OpenMP's reduction clause wants such a name; the C text adds it. `scop`: whose statements the kernel executes. Loops
/// of a few iterations stay.
Kernel withScalarSums(Kernel kernel, const Scop& scop);

/// The scalar that a loop sums up in, if it is such a loop: its array; else -1.
int scalarSumOf(const Kernel& kernel, const LoopNode& loop);

} // namespace polyloom
