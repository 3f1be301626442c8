// Lanes that update one cell together: each with a part of the result of its own, put together in the end.
#pragma once

#include "core/codegen/kernel_reduction.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// The parts of one cell's result: array[place…][copy][lane], without the copy where there is one only.
struct PartialResults {
  int array = 0;                    ///< a block's own
  std::vector<IndexExpr> place;
  std::int64_t copies = 1;
  std::int64_t lanes = 0;
  std::string variable;             ///< for loops over lanes
  KernelReduction reduction;
};

/// Code that gives all parts what they start from: nothing added yet, or, of a least or greatest, what the cell holds.
/// `cell` is the array that has the cell, at `subscripts`. These add statements to the kernel.
LoopNode startParts(Kernel& kernel, const PartialResults& parts, int cell, const std::vector<IndexExpr>& subscripts);

/// Code that gives all parts some value, for results that nobody will read.
LoopNode clearParts(Kernel& kernel, const PartialResults& parts);

/// Code that puts the parts together, halves at a time and as vectors, and adds the result to the cell:
///
///   s_r[0..3] = s_r[0..3] + s_r[4..7];  s_r[0..1] = s_r[0..1] + s_r[2..3];  s_r[0] = s_r[0] + s_r[1];  s = s + s_r[0];
LoopNode joinParts(Kernel& kernel, const PartialResults& parts, int cell, const std::vector<IndexExpr>& subscripts);

/// Groups of lanes that may update one cell together become sequential loops.
Kernel withSequentialUpdates(Kernel kernel);

} // namespace polyloom
