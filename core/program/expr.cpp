#include "core/program/expr.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace polyloom {

namespace {

ExprPtr make(Expr expr) { return std::make_shared<const Expr>(std::move(expr)); }

} // namespace

ExprPtr makeInteger(std::int64_t value, ElementType type) {
  return make({.kind = Expr::Kind::Integer, .type = type, .integer = value});
}

ExprPtr makeFloating(double value, ElementType type) {
  return make({.kind = Expr::Kind::Floating, .type = type, .floating = value});
}

ExprPtr makeRead(int access, ElementType type) {
  return make({.kind = Expr::Kind::Read, .type = type, .index = access});
}

ExprPtr makeScalar(int scalar, ElementType type) {
  return make({.kind = Expr::Kind::Scalar, .type = type, .index = scalar});
}

ExprPtr makeAffine(int affineValue, ElementType type) {
  return make({.kind = Expr::Kind::Affine, .type = type, .index = affineValue});
}

ExprPtr makeUnary(Operator op, ElementType type, ExprPtr operand) {
  return make({.kind = Expr::Kind::Unary, .type = type, .op = op, .operands = {std::move(operand)}});
}

ExprPtr makeBinary(Operator op, ElementType type, ExprPtr left, ExprPtr right) {
  return make({.kind = Expr::Kind::Binary, .type = type, .op = op, .operands = {std::move(left), std::move(right)}});
}

ExprPtr makeSelect(ExprPtr condition, ExprPtr ifTrue, ExprPtr ifFalse) {
  const ElementType type = ifTrue->type;
  return make({.kind = Expr::Kind::Select,
               .type = type,
               .operands = {std::move(condition), std::move(ifTrue), std::move(ifFalse)}});
}

ExprPtr makeCall(std::string function, ElementType type, std::vector<ExprPtr> arguments) {
  return make({.kind = Expr::Kind::Call, .type = type, .name = std::move(function), .operands = std::move(arguments)});
}

ExprPtr makeOpaque(ElementType type) { return make({.kind = Expr::Kind::Opaque, .type = type}); }

ExprPtr makeCast(ElementType type, ExprPtr operand) {
  if (operand->type == type)
    return operand;
  return make({.kind = Expr::Kind::Cast, .type = type, .operands = {std::move(operand)}});
}

bool mayTrap(const Expr& expr) {
  if (std::ranges::any_of(expr.operands, [](const ExprPtr& operand) { return mayTrap(*operand); }))
    return true;
  const bool divides = expr.kind == Expr::Kind::Binary && !isFloating(expr.type) &&
                       (expr.op == Operator::Divide || expr.op == Operator::Remainder);
  if (!divides)
    return false;
  const Expr& divisor = *expr.operands[1];
  return divisor.kind != Expr::Kind::Integer || divisor.integer == 0 || divisor.integer == -1;
}

const char* spelling(Operator op) {
  switch (op) {
  case Operator::Negate:
  case Operator::Subtract: return "-";
  case Operator::Not: return "!";
  case Operator::BitNot: return "~";
  case Operator::Add: return "+";
  case Operator::Multiply: return "*";
  case Operator::Divide: return "/";
  case Operator::Remainder: return "%";
  case Operator::Less: return "<";
  case Operator::LessEqual: return "<=";
  case Operator::Greater: return ">";
  case Operator::GreaterEqual: return ">=";
  case Operator::Equal: return "==";
  case Operator::NotEqual: return "!=";
  case Operator::And: return "&&";
  case Operator::Or: return "||";
  case Operator::BitAnd: return "&";
  case Operator::BitOr: return "|";
  case Operator::BitXor: return "^";
  case Operator::ShiftLeft: return "<<";
  case Operator::ShiftRight: return ">>";
  }
  return "?";
}

bool isPureMathFunction(const std::string& name) {
  static constexpr std::array<std::string_view, 40> kNames = {
      "abs",  "acos",  "acosh", "asin",  "asinh", "atan",  "atan2", "atanh", "cbrt", "ceil",  "copysign", "cos",
      "cosh", "erf",   "exp",   "exp2",  "expm1", "fabs",  "fdim",  "floor", "fma",  "fmax",  "fmin",     "fmod",
      "hypot", "labs", "log",   "log10", "log1p", "log2",  "pow",   "round", "sin",  "sqrt",  "trunc", "sinh", "tan", "tanh", "rint", "nearbyint"};
  const auto isKnown = [](std::string_view wanted) {
    return std::find(kNames.begin(), kNames.end(), wanted) != kNames.end();
  };
  std::string_view plain = name;
  if (isKnown(plain))
    return true;
  if (!plain.ends_with('f'))
    return false;
  plain.remove_suffix(1); // the float variant: sqrtf, fabsf
  return plain != "abs" && plain != "labs" && isKnown(plain);
}

} // namespace polyloom
