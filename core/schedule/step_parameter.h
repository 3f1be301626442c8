// What may stand in the blanks of a step's form: for the catalogue, and for the forms that are built from it.
#pragma once

namespace polyloom {

enum class StepParameterKind {
  Loop,      ///< the name of a loop
  Loops,     ///< one or more loop names
  Statement, ///< the name of a statement
  Integer,   ///< within [minimum, maximum]
  Integers,  ///< one per loop of the step's Loops parameter, each within [minimum, maximum]
  Affine,    ///< an integer, a parameter, or a sum of such with integer factors: 2, N, N-1, -2*N+3
  Factor,    ///< an integer within [minimum, maximum], or the word "full"
  NewNames,  ///< names for new loops, one per loop of the step
  Array,     ///< the name of an array or scalar that the region writes or reads
  Accesses,  ///< such a name, or with subscripts as the source has them: A[j][k]
  Choice,    ///< one of the words of `choices`
  Matrix,    ///< rows of integers, ended by semicolons: 1 0; 1 1
  Layout,    ///< words that the step reads itself, up to the end of the line
  Text,      ///< anything in double quotes
};

/// Where a loop has to stand beside the step's first one.
enum class StepParameterPlace {
  Anywhere,
  Around, ///< encloses it
  Inside, ///< is all of its body
  After,  ///< follows it directly
};

} // namespace polyloom
