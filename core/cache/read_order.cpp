#include "core/cache/read_order.h"

#include "core/base/check.h"

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

/// C's operators on integers that index expressions have as well; evaluated as there, quotients are C's.
std::optional<Op> indexOperator(Operator op) {
  switch (op) {
  case Operator::Add: return Op::Add;
  case Operator::Subtract: return Op::Subtract;
  case Operator::Multiply: return Op::Multiply;
  case Operator::Divide: return Op::DividePositive;
  case Operator::Remainder: return Op::ModuloPositive;
  case Operator::Less: return Op::Less;
  case Operator::LessEqual: return Op::LessEqual;
  case Operator::Greater: return Op::Greater;
  case Operator::GreaterEqual: return Op::GreaterEqual;
  case Operator::Equal: return Op::Equal;
  case Operator::And: return Op::And;
  case Operator::Or: return Op::Or;
  default: return std::nullopt;
  }
}

/// Nobody divides by zero, not even where the quotient is not needed.
bool dividesByVariable(const Expr& expr) {
  const bool divides = expr.op == Operator::Divide || expr.op == Operator::Remainder;
  return divides && (expr.operands.at(1)->kind != Expr::Kind::Integer || expr.operands[1]->integer == 0);
}

bool isWide(ElementType type) { return type == ElementType::Int32 || type == ElementType::Int64; }

/// Whether indices and parameters alone make the value, in operators that index expressions have.
bool isOfIndices(const Expr& expr) {
  const auto operandsAre = [&] {
    return std::ranges::all_of(expr.operands, [](const ExprPtr& operand) { return isOfIndices(*operand); });
  };
  switch (expr.kind) {
  case Expr::Kind::Integer:
  case Expr::Kind::Affine: return true;
  case Expr::Kind::Unary: return (expr.op == Operator::Negate || expr.op == Operator::Not) && operandsAre();
  case Expr::Kind::Binary:
    return (expr.op == Operator::NotEqual || indexOperator(expr.op)) && !dividesByVariable(expr) && operandsAre();
  case Expr::Kind::Select: return operandsAre();
  case Expr::Kind::Cast: return isWide(expr.type) && operandsAre();
  default: return false;
  }
}

IndexExpr negated(IndexExpr expr) { return {.op = Op::Equal, .operands = {std::move(expr), {.value = 0}}}; }

IndexExpr toIndex(const Expr& expr, const std::vector<IndexExpr>& affineValues) {
  const auto operand = [&](std::size_t number) { return toIndex(*expr.operands.at(number), affineValues); };
  switch (expr.kind) {
  case Expr::Kind::Integer: return {.value = expr.integer};
  case Expr::Kind::Affine: return affineValues.at(static_cast<std::size_t>(expr.index));
  case Expr::Kind::Cast: return operand(0);
  case Expr::Kind::Unary:
    return expr.op == Operator::Not ? negated(operand(0)) : IndexExpr{.op = Op::Negate, .operands = {operand(0)}};
  case Expr::Kind::Select: return {.op = Op::Select, .operands = {operand(0), operand(1), operand(2)}};
  case Expr::Kind::Binary:
    if (expr.op == Operator::NotEqual)
      return negated({.op = Op::Equal, .operands = {operand(0), operand(1)}});
    return {.op = *indexOperator(expr.op), .operands = {operand(0), operand(1)}};
  default: break;
  }
  POLYLOOM_CHECK(false && "a value of indices");
  return {};
}

class Collector {
public:
  void visit(const Expr& expr) {
    if (expr.kind == Expr::Kind::Read)
      addRead(static_cast<std::size_t>(expr.index));
    else if (expr.kind == Expr::Kind::Select) {
      visit(*expr.operands.at(0));
      visitIf(*expr.operands[0], true, *expr.operands.at(1));
      visitIf(*expr.operands[0], false, *expr.operands.at(2));
    } else if (expr.kind == Expr::Kind::Binary && (expr.op == Operator::And || expr.op == Operator::Or)) {
      visit(*expr.operands.at(0));
      visitIf(*expr.operands[0], expr.op == Operator::And, *expr.operands.at(1));
    } else {
      for (const ExprPtr& operand : expr.operands)
        visit(*operand);
    }
  }

  std::vector<OrderedRead> take() { return std::move(reads_); }

private:
  void addRead(std::size_t access) {
    const auto before = std::ranges::find(reads_, access, &OrderedRead::access);
    const bool isAssumed = assumptions_ > 0;
    if (before == reads_.end()) {
      reads_.push_back({access, {conditions_}, isAssumed});
    } else if (conditions_.empty() && !isAssumed) {
      *before = {.access = access};
    } else if (before->isAssumed || !before->cases.front().empty()) { // it is not certain yet
      before->cases.push_back(conditions_);
      before->isAssumed = before->isAssumed || isAssumed;
    }
  }

  void visitIf(const Expr& condition, bool wanted, const Expr& value) {
    const std::size_t certain = conditions_.size();
    const int assumed = assumptions_;
    require(condition, wanted);
    visit(value);
    conditions_.resize(certain);
    assumptions_ = assumed;
  }

  /// Where data decide only a part of a condition, the rest is still known.
  void require(const Expr& condition, bool wanted) {
    if (isOfIndices(condition)) {
      conditions_.push_back({&condition, wanted});
    } else if (condition.kind == Expr::Kind::Binary && condition.op == (wanted ? Operator::And : Operator::Or)) {
      require(*condition.operands.at(0), wanted);
      require(*condition.operands.at(1), wanted);
    } else {
      ++assumptions_;
    }
  }

  std::vector<OrderedRead> reads_;
  ReadConditions conditions_;
  int assumptions_ = 0;
};

} // namespace

std::vector<OrderedRead> readOrder(const Expr& value) {
  Collector collector;
  collector.visit(value);
  return collector.take();
}

std::optional<IndexExpr> conditionOf(const OrderedRead& read, const std::vector<IndexExpr>& affineValues) {
  IndexExpr anyCase{.op = Op::Or};
  for (const ReadConditions& conditions : read.cases) {
    if (conditions.empty())
      return std::nullopt;
    IndexExpr all{.op = Op::And};
    for (const ReadCondition& condition : conditions) {
      IndexExpr value = toIndex(*condition.value, affineValues);
      all.operands.push_back(condition.wanted ? std::move(value) : negated(std::move(value)));
    }
    anyCase.operands.push_back(std::move(all));
  }
  return anyCase;
}

} // namespace polyloom
