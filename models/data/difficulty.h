// How hard a program is to learn from, for curricula.
#pragma once

#include "core/program/scop.h"

namespace polyloom {

/// Counts of one program.
struct ProgramMeasures {
  int cyclomatic = 1;      ///< decisions + 1: loops, conditions of ?:, && and || (McCabe, IEEE TSE SE-2(4), 1976)
  double halstead = 0;     ///< difficulty: different operators / 2 · operands / different operands (Halstead, 1977)
  int depth = 0;           ///< of the deepest nest
  int statements = 0;
  int nests = 0;           ///< outermost loops
  int slantedBounds = 0;   ///< pairs of a statement's loops that some bound or guard names together
};

ProgramMeasures measuresOf(const Scop& scop);

/// One number, larger for harder programs: the sum of the measures' logarithms, each counted from its least value, loops'
/// measures twice. 0 for a single copy under no loop.
double difficultyOf(const ProgramMeasures& measures);

} // namespace polyloom
