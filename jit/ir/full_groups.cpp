#include "jit/ir/full_groups.h"

#include "jit/ir/bounds.h"
#include "jit/ir/index.h"
#include "jit/ir/loops.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using Op = IndexExpr::Op;

IndexExpr constant(std::int64_t value) { return {.op = Op::Constant, .value = value}; }
IndexExpr make(Op op, IndexExpr left, IndexExpr right) {
  return {.op = op, .operands = {std::move(left), std::move(right)}};
}

IndexExpr atZero(IndexExpr expr, const std::string& variable) {
  if (expr.op == Op::Variable && expr.name == variable)
    return constant(0);
  for (IndexExpr& operand : expr.operands)
    operand = atZero(std::move(operand), variable);
  return expr;
}

/// Finds the part of one loop.
class Finder {
public:
  Finder(const FunctionState& fn, const LoopNode& loop) : fn_(fn), loop_(loop) {}

  /// `isRepeated`: below a further loop, where tests cost most.
  void visit(const LoopNode& node, bool isRepeated = false) {
    const bool isLoop = node.kind == LoopNode::Kind::For;
    if (isLoop && node.attributes.vectorWidth > 1 && isLaneBody(node.children.at(0))) {
      addGroup(node, node.attributes.vectorWidth - 1);
      return;
    }
    const bool isJammed = isLoop && node.attributes.unroll == kUnrollFull;
    if (isJammed && isRepeated && !isInRest_)
      if (const auto span = spanOf(node))
        addGroup(node, *span);
    const bool isBlock = node.kind == LoopNode::Kind::If && !node.children.at(0).privateArrays.empty();
    const bool isAroundInRest = isInRest_;
    for (std::size_t c = 0; c < node.children.size(); ++c) {
      isInRest_ = isAroundInRest || (isBlock && c > 0);
      visit(node.children[c], isRepeated || (isLoop && !isJammed));
    }
    isInRest_ = isAroundInRest;
  }

  FullRange range;

private:
  bool isKnownBefore(const IndexExpr& expr) const {
    if (expr.op == Op::Variable)
      return expr.name != loop_.variable && fn_.variables.contains(expr.name);
    return std::ranges::all_of(expr.operands, [&](const IndexExpr& operand) { return isKnownBefore(operand); });
  }

  /// (bound - offset - start at zero) / step of the start, rounded down: the loop's value at which the bound is met.
  IndexExpr solve(const IndexExpr& bound, const IndexExpr& start, std::int64_t offset, std::int64_t step) const {
    IndexExpr distance = make(Op::Subtract, make(Op::Subtract, bound, atZero(start, loop_.variable)), constant(offset));
    return step == 1 ? distance : make(Op::DivideFloor, std::move(distance), constant(step));
  }

  /// The span of a group of jammed iterations where something else can cut it off.
  static std::optional<std::int64_t> spanOf(const LoopNode& group) {
    const std::vector<const IndexExpr*> lows = partsOf(group.first, Op::Max), highs = partsOf(group.last, Op::Min);
    if (lows.size() + highs.size() > 2)
      for (const IndexExpr* low : lows)
        for (const IndexExpr* high : highs)
          if (const auto span = distance(*high, *low))
            return span;
    return std::nullopt;
  }

  void addGroup(const LoopNode& group, std::int64_t span) {
    const std::vector<const IndexExpr*> lows = partsOf(group.first, Op::Max), highs = partsOf(group.last, Op::Min);
    const auto start = std::ranges::find_if(
        lows, [&](const IndexExpr* part) { return advance(*part, loop_.variable).value_or(0) > 0; });
    if (group.step != 1 || start == lows.end() || !isKnownBefore(atZero(**start, loop_.variable)))
      return;
    const std::int64_t step = *advance(**start, loop_.variable);
    const bool isCut = std::ranges::any_of(highs, [&](const IndexExpr* high) { return distance(*high, **start) == span; });
    if (!isCut)
      return; // more iterations than lanes: some step has moved the lanes out of their group
    FullRange found;
    for (const IndexExpr* low : lows)
      if (low != *start && isKnownBefore(*low))
        found.from.push_back(solve(*low, **start, 1 - step, step));
      else if (low != *start)
        return;
    for (const IndexExpr* high : highs)
      if (isKnownBefore(*high))
        found.to.push_back(solve(*high, **start, span, step));
      else if (distance(*high, **start) != span)
        return;
    range.from.insert(range.from.end(), found.from.begin(), found.from.end());
    range.to.insert(range.to.end(), found.to.begin(), found.to.end());
    range.groups.emplace(&group, FullGroup{**start, span});
  }

  const FunctionState& fn_;
  const LoopNode& loop_;
  bool isInRest_ = false; ///< where registers cannot hold a whole block: stays small
};

} // namespace

std::optional<FullRange> findFullRange(const FunctionState& fn, const LoopNode& loop) {
  Finder finder(fn, loop);
  finder.visit(loop.children.at(0));
  if (finder.range.groups.empty())
    return std::nullopt;
  return std::move(finder.range);
}

} // namespace polyloom::ir
