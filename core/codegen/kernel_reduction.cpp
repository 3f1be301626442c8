#include "core/codegen/kernel_reduction.h"

#include "core/codegen/linear.h"

#include <algorithm>

namespace polyloom {

namespace {

class UpdateMatcher {
public:
  UpdateMatcher(const Kernel& kernel, const StatementCall& call)
      : call_(call), statement_(kernel.statements[static_cast<std::size_t>(call.statement)]) {}

  std::optional<ReductionOp> match() const {
    const Expr& value = *statement_.value;
    switch (value.kind) {
    case Expr::Kind::Binary:
      if (value.op == Operator::Subtract)
        return isUpdate(value.operands[0], value.operands[1]) ? std::optional(ReductionOp::Sum) : std::nullopt;
      if ((value.op != Operator::Add && value.op != Operator::Multiply) || !isUpdateEitherWay(value.operands[0], value.operands[1]))
        return std::nullopt;
      return value.op == Operator::Add ? ReductionOp::Sum : ReductionOp::Product;
    case Expr::Kind::Call:
      if (value.operands.size() != 2 || !isUpdateEitherWay(value.operands[0], value.operands[1]))
        return std::nullopt;
      return extremeNamed(value.name);
    case Expr::Kind::Select: return extremeOf(value);
    default: return std::nullopt;
    }
  }

private:
  static std::optional<ReductionOp> extremeNamed(const std::string& function) {
    if (function == "fmin" || function == "fminf")
      return ReductionOp::Minimum;
    if (function == "fmax" || function == "fmaxf")
      return ReductionOp::Maximum;
    return std::nullopt;
  }

  /// (a < b) ? a : b and its kin.
  std::optional<ReductionOp> extremeOf(const Expr& select) const {
    const Expr& condition = *select.operands[0];
    const bool isLess = condition.op == Operator::Less || condition.op == Operator::LessEqual;
    const bool isGreater = condition.op == Operator::Greater || condition.op == Operator::GreaterEqual;
    if (condition.kind != Expr::Kind::Binary || (!isLess && !isGreater))
      return std::nullopt;
    const ExprPtr& a = condition.operands[0];
    const ExprPtr& b = condition.operands[1];
    const bool keepsFirst = isSame(*a, *select.operands[1]) && isSame(*b, *select.operands[2]);
    const bool keepsSecond = isSame(*b, *select.operands[1]) && isSame(*a, *select.operands[2]);
    if ((!keepsFirst && !keepsSecond) || !isUpdateEitherWay(a, b))
      return std::nullopt;
    return isLess == keepsFirst ? ReductionOp::Minimum : ReductionOp::Maximum;
  }

  bool isUpdateEitherWay(const ExprPtr& a, const ExprPtr& b) const { return isUpdate(a, b) || isUpdate(b, a); }

  bool isUpdate(const ExprPtr& accumulator, const ExprPtr& rest) const {
    return accumulator->kind == Expr::Kind::Read && readsWritten(*accumulator) && !readsWritten(*rest);
  }

  bool readsWritten(const Expr& expr) const {
    if (expr.kind == Expr::Kind::Read && isSameCell(static_cast<std::size_t>(expr.index), 0))
      return true;
    return std::ranges::any_of(expr.operands, [&](const ExprPtr& operand) { return readsWritten(*operand); });
  }

  bool isSameCell(std::size_t left, std::size_t right) const {
    const auto isEqual = [](const IndexExpr& a, const IndexExpr& b) { return LinearForm(a) == LinearForm(b); };
    return statement_.arrays[left] == statement_.arrays[right] &&
           std::ranges::equal(call_.subscripts[left], call_.subscripts[right], isEqual);
  }

  bool isSame(const Expr& a, const Expr& b) const {
    if (a.kind != b.kind || a.type != b.type || a.integer != b.integer || a.floating != b.floating || a.op != b.op ||
        a.name != b.name)
      return false;
    if (a.kind == Expr::Kind::Read)
      return isSameCell(static_cast<std::size_t>(a.index), static_cast<std::size_t>(b.index));
    return a.index == b.index && std::ranges::equal(a.operands, b.operands, [&](const ExprPtr& left, const ExprPtr& right) {
             return isSame(*left, *right);
           });
  }

  const StatementCall& call_;
  const KernelStatement& statement_;
};

} // namespace

std::optional<KernelReduction> reductionOf(const Kernel& kernel, const StatementCall& call) {
  const KernelStatement& statement = kernel.statements[static_cast<std::size_t>(call.statement)];
  const ElementType element = kernel.arrays[static_cast<std::size_t>(statement.arrays[0])].element;
  const std::optional<ReductionOp> op = UpdateMatcher(kernel, call).match();
  if (!op || statement.value->type != element)
    return std::nullopt;
  return KernelReduction{*op, element};
}

bool mayMeet(const StatementCall& call, const std::string& variable) {
  return std::ranges::none_of(call.subscripts[0], [&](const IndexExpr& subscript) {
    const LinearForm form(subscript);
    return form.factorOf(variable) != 0 && !form.hides(variable);
  });
}

ExprPtr neutralValue(const KernelReduction& reduction) {
  const bool isProduct = reduction.op == ReductionOp::Product;
  if (!isProduct && reduction.op != ReductionOp::Sum)
    return nullptr;
  return isFloating(reduction.element) ? makeFloating(isProduct ? 1 : 0, reduction.element)
                                       : makeInteger(isProduct ? 1 : 0, reduction.element);
}

ExprPtr combination(const KernelReduction& reduction, int left, int right) {
  ExprPtr a = makeRead(left, reduction.element), b = makeRead(right, reduction.element);
  if (reduction.op == ReductionOp::Sum || reduction.op == ReductionOp::Product)
    return makeBinary(reduction.op == ReductionOp::Sum ? Operator::Add : Operator::Multiply, reduction.element, a, b);
  const Operator keeps = reduction.op == ReductionOp::Minimum ? Operator::Less : Operator::Greater;
  return makeSelect(makeBinary(keeps, ElementType::Int32, a, b), a, b);
}

} // namespace polyloom
