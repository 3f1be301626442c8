#include "jit/ir/bounds.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

namespace polyloom::ir {

namespace {

using Op = IndexExpr::Op;

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

} // namespace

std::vector<const IndexExpr*> partsOf(const IndexExpr& expr, Op op) {
  if (expr.op != op)
    return {&expr};
  std::vector<const IndexExpr*> parts;
  for (const IndexExpr& operand : expr.operands)
    std::ranges::copy(partsOf(operand, op), std::back_inserter(parts));
  return parts;
}

std::optional<std::int64_t> distance(const IndexExpr& left, const IndexExpr& right) {
  Linear sum;
  if (!addLinear(left, 1, sum) || !addLinear(right, -1, sum))
    return std::nullopt;
  const bool isFixed =
      std::ranges::all_of(sum, [](const auto& term) { return term.first.empty() || term.second == 0; });
  return isFixed ? std::optional(sum[""]) : std::nullopt;
}

} // namespace polyloom::ir
