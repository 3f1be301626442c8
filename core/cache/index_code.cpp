#include "core/cache/index_code.h"

#include "core/base/check.h"

#include <algorithm>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;
using Slots = std::span<const std::int64_t>;

std::int64_t divideFloor(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient;
}

/// Operators of two operands.
std::int64_t combined(Op op, std::int64_t left, std::int64_t right) {
  switch (op) {
  case Op::Multiply: return left * right;
  case Op::Min: return std::min(left, right);
  case Op::Max: return std::max(left, right);
  case Op::DivideExact:
  case Op::DividePositive: return left / right;
  case Op::DivideFloor: return divideFloor(left, right);
  case Op::ModuloPositive:
  case Op::ModuloZero: return left % right;
  case Op::Equal: return left == right;
  case Op::Less: return left < right;
  case Op::LessEqual: return left <= right;
  case Op::Greater: return left > right;
  case Op::GreaterEqual: return left >= right;
  default: break;
  }
  POLYLOOM_CHECK(false && "an operator of two operands");
  return 0;
}

bool isDivision(Op op) {
  return op == Op::DivideExact || op == Op::DividePositive || op == Op::DivideFloor || op == Op::ModuloPositive ||
         op == Op::ModuloZero;
}

} // namespace

IndexCode::IndexCode(const IndexExpr& expr, const IndexNames& names) { add(expr, 1, names); }

void IndexCode::add(const IndexExpr& expr, std::int64_t factor, const IndexNames& names) {
  switch (expr.op) {
  case Op::Constant: constant_ += factor * expr.value; return;
  case Op::Variable:
    if (const auto parameter = names.parameters.find(expr.name); parameter != names.parameters.end())
      constant_ += factor * parameter->second;
    else
      addSlot(names.slots.at(expr.name), factor);
    return;
  case Op::Add:
    for (const IndexExpr& operand : expr.operands)
      add(operand, factor, names);
    return;
  case Op::Subtract:
    add(expr.operands.at(0), factor, names);
    for (const IndexExpr& operand : std::span(expr.operands).subspan(1))
      add(operand, -factor, names);
    return;
  case Op::Negate: add(expr.operands.at(0), -factor, names); return;
  default: addPart(expr, factor, names);
  }
}

/// What turns out to be a number is added as one; a product with one number is a sum again.
void IndexCode::addPart(const IndexExpr& expr, std::int64_t factor, const IndexNames& names) {
  Part part{factor, expr.op, {}};
  for (const IndexExpr& operand : expr.operands)
    part.operands.emplace_back(operand, names);
  POLYLOOM_CHECK(!part.operands.empty());
  const auto isNumber = [](const IndexCode& operand) { return operand.isConstant(); };
  if (expr.op == Op::Multiply && part.operands.size() == 2 && std::ranges::any_of(part.operands, isNumber)) {
    const std::size_t number = part.operands[0].isConstant() ? 0 : 1;
    *this = plus(part.operands[1 - number], factor * part.operands[number].constant_);
    return;
  }
  if (std::ranges::all_of(part.operands, isNumber))
    constant_ += part.at({});
  else
    parts_.push_back(std::move(part));
}

void IndexCode::addSlot(std::size_t slot, std::int64_t factor) {
  const auto term = std::ranges::find(terms_, slot, &std::pair<std::size_t, std::int64_t>::first);
  if (term == terms_.end())
    terms_.emplace_back(slot, factor);
  else
    term->second += factor;
  std::erase_if(terms_, [](const auto& each) { return each.second == 0; });
}

std::int64_t IndexCode::factorOf(std::size_t slot) const {
  const auto term = std::ranges::find(terms_, slot, &std::pair<std::size_t, std::int64_t>::first);
  return term == terms_.end() ? 0 : term->second;
}

bool IndexCode::hides(std::size_t slot) const {
  return std::ranges::any_of(parts_, [slot](const Part& part) {
    return std::ranges::any_of(part.operands, [slot](const IndexCode& operand) {
      return operand.factorOf(slot) != 0 || operand.hides(slot);
    });
  });
}

IndexCode IndexCode::plus(const IndexCode& other, std::int64_t factor) const {
  IndexCode sum = *this;
  if (factor == 0)
    return sum;
  sum.constant_ += factor * other.constant_;
  for (const auto& [slot, own] : other.terms_)
    sum.addSlot(slot, factor * own);
  for (const Part& part : other.parts_) {
    sum.parts_.push_back(part);
    sum.parts_.back().factor *= factor;
  }
  return sum;
}

std::int64_t IndexCode::partsAt(Slots slots) const {
  std::int64_t sum = 0;
  for (const Part& part : parts_)
    sum += part.at(slots);
  return sum;
}

std::int64_t IndexCode::Part::at(Slots slots) const {
  const auto isTrue = [slots](const IndexCode& operand) { return operand.at(slots) != 0; };
  switch (op) {
  case Op::And: return factor * std::ranges::all_of(operands, isTrue);
  case Op::Or: return factor * std::ranges::any_of(operands, isTrue);
  case Op::Select: return factor * operands.at(isTrue(operands.at(0)) ? 1 : 2).at(slots);
  default: break;
  }
  std::int64_t value = operands.front().at(slots);
  for (std::size_t o = 1; o < operands.size(); ++o) {
    const std::int64_t next = operands[o].at(slots);
    POLYLOOM_CHECK(next != 0 || !isDivision(op));
    value = combined(op, value, next);
  }
  return factor * value;
}

} // namespace polyloom
