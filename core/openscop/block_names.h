// What the things of an OpenScop text are called.
#pragma once

#include "core/openscop/block.h"

#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// Names that C and isl can have, unique among parameters and arrays, and among each statement's iterators.
struct BlockNames {
  std::vector<std::string> parameters;
  std::vector<std::vector<std::string>> iterators; ///< per statement
  std::vector<std::string> dates;
  std::map<int, std::string> arrays; ///< by number, where the text names them

  std::string array(int number) const;
};

/// Things without a name in the text get one: p1, i1, A4.
BlockNames namesOf(const OpenScopBlock& block);

} // namespace polyloom
