#include "jit/ir/balance.h"

#include "core/codegen/linear.h"

#include <algorithm>
#include <string>
#include <vector>

namespace polyloom::ir {

namespace {

using Op = IndexExpr::Op;

/// The operands of nested minima or maxima; the expression itself where it is neither.
void flatten(const IndexExpr& expr, Op op, std::vector<LinearForm>& parts) {
  if (expr.op != op)
    parts.emplace_back(expr);
  else
    for (const IndexExpr& operand : expr.operands)
      flatten(operand, op, parts);
}

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
    std::vector<LinearForm> lows, highs;
    flatten(node.first, Op::Max, lows);
    flatten(node.last, Op::Min, highs);
    return isFree(lows, highs) || isFree(highs, lows);
  }

  bool isFree(const std::vector<LinearForm>& bounds, const std::vector<LinearForm>& others) const {
    return std::ranges::any_of(bounds, [&](const LinearForm& bound) {
      const bool depends = std::ranges::any_of(moving, [&](const std::string& name) { return bound.mentions(name); });
      return depends && std::ranges::none_of(others, [&](const LinearForm& other) {
               return other.plus(bound, -1).isConstant();
             });
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
