#include "core/codegen/uneven_loops.h"

#include "core/codegen/linear.h"

#include <algorithm>
#include <set>
#include <string>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;
using Names = std::set<std::string>;

bool mentionsAny(const LinearForm& form, const Names& names) {
  return std::ranges::any_of(names, [&](const std::string& name) { return form.mentions(name); });
}

/// Whether a bound moves with these variables beside a pair of bounds that move together.
bool isUneven(const LoopNode& loop, const Names& moving) {
  const std::vector<LinearForm> lows = partsOf(loop.first, Op::Max), highs = partsOf(loop.last, Op::Min);
  const auto moves = [&](const LinearForm& bound) { return mentionsAny(bound, moving); };
  if (std::ranges::none_of(lows, moves) && std::ranges::none_of(highs, moves))
    return false;
  for (const LinearForm& low : lows)
    for (const LinearForm& high : highs)
      if (high.plus(low, -1).isConstant())
        return std::ranges::any_of(lows, [&](const LinearForm& other) { return other != low && moves(other); }) ||
               std::ranges::any_of(highs, [&](const LinearForm& other) { return other != high && moves(other); });
  return true;
}

bool movesWith(const LoopNode& loop, const Names& moving) {
  return std::ranges::any_of(moving, [&](const std::string& name) {
    return mentions(loop.first, name) || mentions(loop.last, name);
  });
}

/// Whether some loop below is, where these variables are the parallel loop's and those that follow it.
bool isUnevenBelow(const LoopNode& node, Names moving) {
  if (node.kind == LoopNode::Kind::For) {
    if (isUneven(node, moving))
      return true;
    if (movesWith(node, moving))
      moving.insert(node.variable);
  }
  return std::ranges::any_of(node.children, [&](const LoopNode& child) { return isUnevenBelow(child, moving); });
}

void mark(LoopNode& node) {
  if (node.kind == LoopNode::Kind::For && node.attributes.parallel)
    node.isUneven = isUnevenBelow(node.children.front(), {node.variable});
  for (LoopNode& child : node.children)
    mark(child);
}

} // namespace

Kernel withUnevenLoops(Kernel kernel) {
  mark(kernel.body);
  return kernel;
}

} // namespace polyloom
