// Where groups of lanes or of jammed iterations are known to be full, so that no test stands in the inner loops.
#pragma once

#include "jit/ir/state.h"

#include <optional>

namespace polyloom::ir {

/// The part of a loop in which some groups below it are full, and where each of them starts.
///
///   for g                                 for g < from:         as before
///     for i = max(L, w*g)          →      for g in from .. to:  for i = w*g .. w*g + w-1   (no test)
///          .. min(U, w*g + w-1)           for g > to:           as before
struct FullRange {
  std::vector<IndexExpr> from; ///< the part starts at the largest of these; empty: with the loop
  std::vector<IndexExpr> to;   ///< and ends with the smallest of these; empty: with the loop
  std::map<const LoopNode*, FullGroup> groups;
};

/// Nothing where no group below the loop is full in a part of the loop that is known before it starts.
std::optional<FullRange> findFullRange(const FunctionState& fn, const LoopNode& loop);

} // namespace polyloom::ir
