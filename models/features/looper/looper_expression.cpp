#include "models/features/looper/looper_expression.h"

#include <algorithm>

namespace polyloom {

namespace {

using Token = LooperFeatures::Token;

/// As published.
enum class Operation { Add, Subtract, Multiply, Divide, Root, Minimum, Maximum, Other };
constexpr std::size_t kTypes = 8; ///< where the types begin

Operation operationOf(const Expr& expr) {
  if (expr.kind == Expr::Kind::Call)
    return expr.name.starts_with("sqrt")   ? Operation::Root
           : expr.name.starts_with("fmin") ? Operation::Minimum
           : expr.name.starts_with("fmax") ? Operation::Maximum
                                           : Operation::Other;
  if (expr.kind != Expr::Kind::Binary)
    return Operation::Other;
  switch (expr.op) {
  case Operator::Add: return Operation::Add;
  case Operator::Subtract: return Operation::Subtract;
  case Operator::Multiply: return Operation::Multiply;
  case Operator::Divide: return Operation::Divide;
  default: return Operation::Other;
  }
}

std::size_t placeOf(ElementType type) {
  return type == ElementType::Float32 ? kTypes + 1 : type == ElementType::Float64 ? kTypes + 2 : kTypes;
}

void add(const Expr& expr, std::size_t type, std::vector<Token>& tokens) {
  for (const ExprPtr& operand : expr.operands)
    add(*operand, type, tokens);
  if (expr.kind == Expr::Kind::Cast)
    return;
  Token& token = tokens.emplace_back();
  token[static_cast<std::size_t>(operationOf(expr))] = 1;
  token[type] = 1;
}

} // namespace

std::vector<Token> looperTokens(const Expr& value, ElementType type) {
  std::vector<Token> tokens;
  add(value, placeOf(type), tokens);
  if (tokens.size() > kLooperTokens)
    tokens.erase(tokens.begin(), tokens.end() - static_cast<std::ptrdiff_t>(kLooperTokens));
  return tokens;
}

} // namespace polyloom
