#include "jit/ir/full_groups.h"

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

/// The operands of nested minima or maxima; the expression itself where it is neither.
void flatten(const IndexExpr& expr, Op op, std::vector<const IndexExpr*>& parts) {
  if (expr.op != op)
    parts.push_back(&expr);
  else
    for (const IndexExpr& operand : expr.operands)
      flatten(operand, op, parts);
}

/// Sums of variables with constant factors: the factors by name, the constant under "".
using Linear = std::map<std::string, std::int64_t>;

bool addLinear(const IndexExpr& expr, std::int64_t factor, Linear& sum) {
  switch (expr.op) {
  case Op::Constant: sum[""] += factor * expr.value; return true;
  case Op::Variable: sum[expr.name] += factor; return true;
  case Op::Negate: return addLinear(expr.operands.at(0), -factor, sum);
  case Op::Add:
    return std::ranges::all_of(expr.operands, [&](const IndexExpr& part) { return addLinear(part, factor, sum); });
  case Op::Subtract:
    return addLinear(expr.operands.at(0), factor, sum) && addLinear(expr.operands.at(1), -factor, sum);
  case Op::Multiply: {
    const bool isFirst = expr.operands.at(0).op == Op::Constant;
    const IndexExpr& scale = expr.operands.at(isFirst ? 0 : 1);
    return expr.operands.size() == 2 && scale.op == Op::Constant &&
           addLinear(expr.operands[isFirst ? 1 : 0], factor * scale.value, sum);
  }
  default: return false;
  }
}

/// Whether left - right is this number, whatever the variables.
bool differBy(const IndexExpr& left, const IndexExpr& right, std::int64_t difference) {
  Linear sum;
  if (!addLinear(left, 1, sum) || !addLinear(right, -1, sum))
    return false;
  sum[""] -= difference;
  return std::ranges::all_of(sum, [](const auto& term) { return term.second == 0; });
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

  void visit(const LoopNode& node) {
    const bool isGroup =
        node.kind == LoopNode::Kind::For && node.attributes.vectorWidth > 1 && isLaneBody(node.children.at(0));
    if (isGroup)
      addGroup(node);
    else
      for (const LoopNode& child : node.children)
        visit(child);
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

  void addGroup(const LoopNode& group) {
    const std::int64_t span = group.attributes.vectorWidth - 1;
    std::vector<const IndexExpr*> lows, highs;
    flatten(group.first, Op::Max, lows);
    flatten(group.last, Op::Min, highs);
    const auto start = std::ranges::find_if(
        lows, [&](const IndexExpr* part) { return advance(*part, loop_.variable).value_or(0) > 0; });
    if (group.step != 1 || start == lows.end() || !isKnownBefore(atZero(**start, loop_.variable)))
      return;
    const std::int64_t step = *advance(**start, loop_.variable);
    const bool isCut = std::ranges::any_of(highs, [&](const IndexExpr* high) { return differBy(*high, **start, span); });
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
      else if (!differBy(*high, **start, span))
        return;
    range.from.insert(range.from.end(), found.from.begin(), found.from.end());
    range.to.insert(range.to.end(), found.to.begin(), found.to.end());
    range.starts.emplace(&group, **start);
  }

  const FunctionState& fn_;
  const LoopNode& loop_;
};

} // namespace

std::optional<FullRange> findFullRange(const FunctionState& fn, const LoopNode& loop) {
  Finder finder(fn, loop);
  finder.visit(loop.children.at(0));
  if (finder.range.starts.empty())
    return std::nullopt;
  return std::move(finder.range);
}

} // namespace polyloom::ir
