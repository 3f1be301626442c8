#include "core/codegen/linear.h"

#include "core/base/check.h"
#include "core/codegen/c_expr.h"

#include <algorithm>
#include <cstdlib>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

/// factor * expr, written as people do.
IndexExpr scaled(const IndexExpr& expr, std::int64_t factor) {
  return factor == 1 ? expr : IndexExpr{.op = Op::Multiply, .operands = {{.value = factor}, expr}};
}

} // namespace

std::int64_t LinearForm::factorOf(const std::string& variable) const {
  const auto term = terms_.find(variable);
  return term == terms_.end() || term->second.expr.op != Op::Variable ? 0 : term->second.factor;
}

bool LinearForm::hides(const std::string& variable) const {
  return std::ranges::any_of(terms_, [&](const auto& term) {
    const IndexExpr& expr = term.second.expr;
    return expr.op != Op::Variable && polyloom::mentions(expr, variable);
  });
}

void LinearForm::addTerm(const IndexExpr& expr, std::int64_t factor) {
  const std::string text = toC(expr);
  Term& term = terms_[text];
  term.expr = expr;
  term.factor += factor;
  if (term.factor == 0)
    terms_.erase(text);
}

void LinearForm::add(const IndexExpr& expr, std::int64_t factor) {
  switch (expr.op) {
  case Op::Constant: constant_ += factor * expr.value; return;
  case Op::Add:
    for (const IndexExpr& operand : expr.operands)
      add(operand, factor);
    return;
  case Op::Subtract:
    add(expr.operands.at(0), factor);
    for (std::size_t o = 1; o < expr.operands.size(); ++o)
      add(expr.operands[o], -factor);
    return;
  case Op::Negate: add(expr.operands.at(0), -factor); return;
  case Op::Multiply:
    for (std::size_t o = 0; o < 2 && expr.operands.size() == 2; ++o)
      if (expr.operands[o].op == Op::Constant)
        return add(expr.operands[1 - o], factor * expr.operands[o].value);
    break;
  default: break;
  }
  addTerm(expr, factor);
}

LinearForm LinearForm::plus(const LinearForm& other, std::int64_t factor) const {
  LinearForm result = *this;
  result.constant_ += factor * other.constant_;
  for (const auto& [text, term] : other.terms_)
    result.addTerm(term.expr, factor * term.factor);
  return result;
}

LinearForm LinearForm::with(const std::string& variable, const LinearForm& value) const {
  POLYLOOM_CHECK(!hides(variable));
  const std::int64_t factor = factorOf(variable);
  if (factor == 0)
    return *this;
  LinearForm result = *this;
  result.terms_.erase(variable);
  return result.plus(value, factor);
}

// floor(y / d) + rest >= 0 says that y + d * rest >= 0, and rest - floor(y / d) >= 0 that d * rest + d - 1 - y >= 0.
LinearForm LinearForm::withoutQuotients() const {
  const auto isQuotient = [](const auto& term) {
    const auto& [expr, factor] = term.second;
    return (expr.op == Op::DivideFloor || expr.op == Op::DividePositive) && (factor == 1 || factor == -1) &&
           expr.operands.at(1).op == Op::Constant;
  };
  const auto found = std::ranges::find_if(terms_, isQuotient);
  if (found == terms_.end())
    return *this;
  const auto [quotient, factor] = found->second;
  const std::int64_t divisor = quotient.operands[1].value;
  LinearForm rest = *this;
  rest.terms_.erase(found->first);
  const LinearForm whole = LinearForm().plus(rest, divisor).plus(LinearForm(quotient.operands[0]), factor);
  return (factor > 0 ? whole : whole.plus(LinearForm(divisor - 1))).withoutQuotients();
}

IndexExpr LinearForm::toIndexExpr() const {
  std::vector<const Term*> ordered; // what is added comes first, so that no sum starts with a minus
  for (const auto& [text, term] : terms_)
    ordered.push_back(&term);
  std::ranges::stable_sort(ordered, [](const Term* left, const Term* right) {
    const bool isAdded = left->factor > 0;
    return isAdded != (right->factor > 0) ? isAdded : std::abs(left->factor) > std::abs(right->factor);
  });
  std::optional<IndexExpr> sum;
  for (const Term* term : ordered) {
    const std::int64_t size = term->factor < 0 ? -term->factor : term->factor;
    if (!sum)
      sum = term->factor > 0 ? scaled(term->expr, size) : IndexExpr{.op = Op::Negate, .operands = {scaled(term->expr, size)}};
    else
      sum = IndexExpr{.op = term->factor > 0 ? Op::Add : Op::Subtract, .operands = {*sum, scaled(term->expr, size)}};
  }
  if (!sum)
    return {.value = constant_};
  if (constant_ == 0)
    return *sum;
  return {.op = constant_ > 0 ? Op::Add : Op::Subtract,
          .operands = {*sum, {.value = constant_ < 0 ? -constant_ : constant_}}};
}

IndexExpr LinearForm::isAtLeast(std::int64_t bound) const {
  LinearForm above, below;
  for (const auto& [text, term] : terms_)
    (term.factor > 0 ? above : below).addTerm(term.expr, std::abs(term.factor));
  (constant_ > bound ? above : below).constant_ = std::abs(constant_ - bound);
  return {.op = Op::LessEqual, .operands = {below.toIndexExpr(), above.toIndexExpr()}};
}

std::vector<LinearForm> partsOf(const IndexExpr& expr, IndexExpr::Op op) {
  if (expr.op != op)
    return {LinearForm(expr)};
  std::vector<LinearForm> parts;
  for (const IndexExpr& operand : expr.operands)
    for (LinearForm& part : partsOf(operand, op))
      parts.push_back(std::move(part));
  return parts;
}

} // namespace polyloom
