// Loops made from other loops: linear combinations, tile loops, and what their values are sums of.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule_tree.h"

#include <cstdint>
#include <span>

namespace polyloom {

/// factor · the loop's value.
struct LoopTerm {
  std::int64_t factor = 1;
  const TreeNode* loop = nullptr;
};

/// `loop` (its name, attributes and body) with the sum of the terms as its value. Every term's loop gives a value to
/// all statements below `loop`. Sums of tile loops stay sums of quotients, so that they can be judged and scanned
/// without divisions.
TreeNode withCombination(const TreeNode& loop, std::span<const LoopTerm> terms);

/// The loop over blocks of `iterations` of `points`, around `child`: floor(value / (iterations · stride)). A tile loop
/// can be tiled again: floor(floor(x / a) / b) = floor(x / (a · b)). Refuses a sum of tile loops.
Result<TreeNode> tileLoopOver(const TreeNode& points, std::int64_t iterations, const std::string& name, TreePtr child);

/// `loop` with the value of one statement changed by `offset`.
TreeNode withOffset(const TreeNode& loop, const std::string& statement, const isl::pw_aff& offset);

/// `loop` with these values, which are sums of these quotients, per statement.
TreeNode withQuotients(const TreeNode& loop, std::map<std::string, isl::pw_aff> values,
                       std::map<std::string, std::vector<Quotient>> quotients);

/// Refuses lanes in a nest that is to be reordered: a group of lanes has to stay around its statement.
Result<void> requireNoLanes(std::span<const TreePtr> nest);

} // namespace polyloom
