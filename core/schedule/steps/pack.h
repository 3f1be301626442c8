// Packing: the part of an array that one iteration of a loop needs, held in a small buffer.
#pragma once

#include "core/schedule/catalogue.h"

namespace polyloom {

/// The declaration of `pack`, its rewriting included.
///
/// One iteration of the loop copies the cells of the array that its body reads into the buffer, works there, and
/// copies the written ones back. Copies are statements (A_kt_in, A_kt_out) whose instances are exactly the cells:
/// { A_kt_in[values of the loops around, subscripts] }. The buffer is a box: each subscript counts from the lowest one
/// of the iteration, and an extent is the greatest width, a number where tile sizes bound it.
StepKind packStep();

} // namespace polyloom
