// Dates as a tree of loops and sequences.
#pragma once

#include "core/assemble/dated.h"

#include <isl/cpp.h>

#include <vector>

namespace polyloom {

/// The loops around one statement, outermost first.
struct DatedLoops {
  std::vector<int> loops;          ///< indices into DatedOrder::loops
  std::vector<isl::pw_aff> values; ///< per loop the source iterator's value: { S0[i] -> [(i)] }
};

struct DatedOrder {
  ProgramNode body;
  std::vector<SourceLoop> loops;
  std::vector<DatedLoops> statements; ///< as in DatedProgram
};

DatedOrder orderOf(const DatedProgram& program);

} // namespace polyloom
