#include "jit/ir/balance.h"

#include "jit/ir/bounds.h"

#include <algorithm>
#include <string>
#include <vector>

namespace polyloom::ir {

namespace {

using Op = IndexExpr::Op;

/// Walks the loops inside, with the variables that tell iterations of the parallel loop apart.
class Walk {
public:
  bool findsUneven(const LoopNode& node) {
    if (node.kind != LoopNode::Kind::For)
      return std::ranges::any_of(node.children, [&](const LoopNode& child) { return findsUneven(child); });
    if (moves(node))
      return true;
    moving.push_back(node.variable);
    const bool found = findsUneven(node.children.at(0));
    moving.pop_back();
    return found;
  }

  std::vector<std::string> moving;

private:
  /// Whether a bound depends on the variables without another bound at a fixed distance.
  bool moves(const LoopNode& node) const {
    const std::vector<const IndexExpr*> lows = partsOf(node.first, Op::Max), highs = partsOf(node.last, Op::Min);
    return isFree(lows, highs) || isFree(highs, lows);
  }

  bool isFree(const std::vector<const IndexExpr*>& bounds, const std::vector<const IndexExpr*>& others) const {
    return std::ranges::any_of(bounds, [&](const IndexExpr* bound) {
      const auto isNamed = [&](const std::string& name) { return mentions(*bound, name); };
      return std::ranges::any_of(moving, isNamed) &&
             std::ranges::none_of(others, [&](const IndexExpr* other) { return distance(*other, *bound).has_value(); });
    });
  }
};

} // namespace

bool isUneven(const LoopNode& loop) {
  Walk walk;
  walk.moving.push_back(loop.variable);
  return walk.findsUneven(loop.children.at(0));
}

} // namespace polyloom::ir
