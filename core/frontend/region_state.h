// What the readers of one region share.
#pragma once

#include "core/assemble/bounds.h"
#include "core/frontend/affine.h"
#include "core/frontend/variables.h"

#include <string>
#include <vector>

namespace polyloom {

/// The region while it is read.
struct RegionState {
  isl::ctx ctx;
  const SourceMap& source;
  const RegionFacts& facts;
  AffineReader affine;
  Variables variables;
  std::vector<std::string> iterators; ///< parameters of the enclosing loops, outermost first
};

} // namespace polyloom
