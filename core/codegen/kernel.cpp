#include "core/codegen/kernel.h"

#include "core/base/check.h"

#include <algorithm>
#include <span>

namespace polyloom {

namespace {

using Lookup = std::function<std::int64_t(const std::string&)>;
using Op = IndexExpr::Op;

std::int64_t divideFloor(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient;
}

/// Folds the operands from the left with `combine`.
template <typename Combine>
std::int64_t fold(const IndexExpr& expr, const Lookup& lookup, Combine combine) {
  POLYLOOM_CHECK(!expr.operands.empty());
  std::int64_t result = evaluate(expr.operands.front(), lookup);
  for (const IndexExpr& operand : std::span(expr.operands).subspan(1))
    result = combine(result, evaluate(operand, lookup));
  return result;
}

std::int64_t evaluateDivision(const IndexExpr& expr, const Lookup& lookup) {
  POLYLOOM_CHECK(expr.operands.size() == 2);
  const std::int64_t dividend = evaluate(expr.operands[0], lookup);
  const std::int64_t divisor = evaluate(expr.operands[1], lookup);
  POLYLOOM_CHECK(divisor != 0);
  switch (expr.op) {
  case Op::DivideFloor: return divideFloor(dividend, divisor);
  case Op::ModuloPositive:
  case Op::ModuloZero: return dividend % divisor;
  default: return dividend / divisor;
  }
}

/// And and Or stop at the first operand that decides.
std::int64_t evaluateLogical(const IndexExpr& expr, const Lookup& lookup) {
  const auto isTrue = [&](const IndexExpr& operand) { return evaluate(operand, lookup) != 0; };
  return expr.op == Op::And ? std::ranges::all_of(expr.operands, isTrue) : std::ranges::any_of(expr.operands, isTrue);
}

std::int64_t evaluateComparison(const IndexExpr& expr, const Lookup& lookup) {
  POLYLOOM_CHECK(expr.operands.size() == 2);
  const std::int64_t left = evaluate(expr.operands[0], lookup);
  const std::int64_t right = evaluate(expr.operands[1], lookup);
  switch (expr.op) {
  case Op::Equal: return left == right;
  case Op::Less: return left < right;
  case Op::LessEqual: return left <= right;
  case Op::Greater: return left > right;
  default: return left >= right;
  }
}

} // namespace

std::int64_t evaluate(const IndexExpr& expr, const Lookup& lookup) {
  switch (expr.op) {
  case Op::Constant: return expr.value;
  case Op::Variable: return lookup(expr.name);
  case Op::Add: return fold(expr, lookup, [](auto a, auto b) { return a + b; });
  case Op::Subtract: return fold(expr, lookup, [](auto a, auto b) { return a - b; });
  case Op::Multiply: return fold(expr, lookup, [](auto a, auto b) { return a * b; });
  case Op::Min: return fold(expr, lookup, [](auto a, auto b) { return std::min(a, b); });
  case Op::Max: return fold(expr, lookup, [](auto a, auto b) { return std::max(a, b); });
  case Op::Negate: return -evaluate(expr.operands.at(0), lookup);
  case Op::DivideExact:
  case Op::DivideFloor:
  case Op::DividePositive:
  case Op::ModuloPositive:
  case Op::ModuloZero: return evaluateDivision(expr, lookup);
  case Op::Select: return evaluate(expr.operands.at(evaluate(expr.operands.at(0), lookup) != 0 ? 1 : 2), lookup);
  case Op::And:
  case Op::Or: return evaluateLogical(expr, lookup);
  case Op::Equal:
  case Op::Less:
  case Op::LessEqual:
  case Op::Greater:
  case Op::GreaterEqual: return evaluateComparison(expr, lookup);
  }
  POLYLOOM_CHECK(false && "an operator of index expressions");
  return 0;
}

bool mentions(const IndexExpr& expr, const std::string& variable) {
  if (expr.op == Op::Variable)
    return expr.name == variable;
  return std::ranges::any_of(expr.operands, [&](const IndexExpr& operand) { return mentions(operand, variable); });
}

std::set<std::string> declaredNames(const Kernel& kernel) {
  std::set<std::string> names;
  for (const KernelParameter& parameter : kernel.parameters)
    names.insert(parameter.name);
  for (const KernelScalar& scalar : kernel.scalars)
    names.insert(scalar.name);
  for (const KernelArray& array : kernel.arrays)
    names.insert(array.name);
  return names;
}

} // namespace polyloom
