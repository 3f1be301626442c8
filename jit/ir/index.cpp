#include "jit/ir/index.h"

#include "core/base/check.h"

#include <llvm/ADT/ArrayRef.h>

#include <algorithm>

namespace polyloom::ir {

namespace {

using Op = IndexExpr::Op;
using llvm::Value;

Value* emitFolded(FunctionState& fn, const IndexExpr& expr) {
  auto& b = fn.builder;
  Value* result = emitIndex(fn, expr.operands.at(0));
  for (const IndexExpr& operand : llvm::ArrayRef(expr.operands).drop_front()) {
    Value* next = emitIndex(fn, operand);
    switch (expr.op) {
    case Op::Add: result = b.CreateNSWAdd(result, next); break;
    case Op::Subtract: result = b.CreateNSWSub(result, next); break;
    case Op::Multiply: result = b.CreateNSWMul(result, next); break;
    case Op::Min: result = b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, result, next); break;
    default: result = b.CreateBinaryIntrinsic(llvm::Intrinsic::smax, result, next); break;
    }
  }
  return result;
}

/// Towards minus infinity, for a positive divisor: a shift for a power of two.
Value* emitFloorDivision(FunctionState& fn, Value* dividend, Value* divisor) {
  auto& b = fn.builder;
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(divisor)) {
    POLYLOOM_CHECK(constant->getSExtValue() > 0);
    if (constant->getValue().isPowerOf2())
      return b.CreateAShr(dividend, constant->getValue().logBase2());
  }
  Value* lowered = b.CreateNSWSub(dividend, b.CreateNSWSub(divisor, b.getInt64(1)));
  Value* isNegative = b.CreateICmpSLT(dividend, b.getInt64(0));
  return b.CreateSDiv(b.CreateSelect(isNegative, lowered, dividend), divisor);
}

Value* emitDivision(FunctionState& fn, const IndexExpr& expr) {
  auto& b = fn.builder;
  Value* dividend = emitIndex(fn, expr.operands.at(0));
  Value* divisor = emitIndex(fn, expr.operands.at(1));
  switch (expr.op) {
  case Op::DivideExact: return b.CreateExactSDiv(dividend, divisor);
  case Op::DivideFloor: return emitFloorDivision(fn, dividend, divisor);
  case Op::DividePositive: return b.CreateUDiv(dividend, divisor);
  case Op::ModuloPositive: return b.CreateURem(dividend, divisor);
  default: return b.CreateSRem(dividend, divisor);
  }
}

/// A product advances with its one factor that does, times the constants beside it.
std::optional<std::int64_t> advanceOfProduct(const IndexExpr& expr, const std::string& variable) {
  std::int64_t scale = 1;
  const IndexExpr* moving = nullptr;
  for (const IndexExpr& operand : expr.operands) {
    if (mentions(operand, variable)) {
      if (moving != nullptr)
        return std::nullopt;
      moving = &operand;
    } else if (operand.op == Op::Constant) {
      scale *= operand.value;
    } else {
      return std::nullopt;
    }
  }
  const auto inner = advance(*moving, variable);
  return inner ? std::optional(*inner * scale) : std::nullopt;
}

std::optional<std::int64_t> advanceOfSum(const IndexExpr& expr, const std::string& variable) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const auto inner = advance(expr.operands[i], variable);
    if (!inner)
      return std::nullopt;
    const bool isSubtracted = expr.op == Op::Negate || (expr.op == Op::Subtract && i > 0);
    sum += isSubtracted ? -*inner : *inner;
  }
  return sum;
}

} // namespace

llvm::CmpInst::Predicate predicateOf(Op op) {
  switch (op) {
  case Op::Equal: return llvm::CmpInst::ICMP_EQ;
  case Op::Less: return llvm::CmpInst::ICMP_SLT;
  case Op::LessEqual: return llvm::CmpInst::ICMP_SLE;
  case Op::Greater: return llvm::CmpInst::ICMP_SGT;
  default: return llvm::CmpInst::ICMP_SGE;
  }
}

bool isComparison(Op op) {
  return op == Op::Equal || op == Op::Less || op == Op::LessEqual || op == Op::Greater || op == Op::GreaterEqual;
}

Value* emitIndex(FunctionState& fn, const IndexExpr& expr) {
  auto& b = fn.builder;
  switch (expr.op) {
  case Op::Constant: return b.getInt64(static_cast<std::uint64_t>(expr.value));
  case Op::Variable: {
    const auto found = fn.variables.find(expr.name);
    POLYLOOM_CHECK(found != fn.variables.end());
    return found->second;
  }
  case Op::Add:
  case Op::Subtract:
  case Op::Multiply:
  case Op::Min:
  case Op::Max: return emitFolded(fn, expr);
  case Op::Negate: return b.CreateNSWNeg(emitIndex(fn, expr.operands.at(0)));
  case Op::DivideExact:
  case Op::DivideFloor:
  case Op::DividePositive:
  case Op::ModuloPositive:
  case Op::ModuloZero: return emitDivision(fn, expr);
  case Op::Select:
    return b.CreateSelect(emitCondition(fn, expr.operands.at(0)), emitIndex(fn, expr.operands.at(1)),
                          emitIndex(fn, expr.operands.at(2)));
  default: return b.CreateZExt(emitCondition(fn, expr), b.getInt64Ty());
  }
}

Value* emitCondition(FunctionState& fn, const IndexExpr& expr) {
  auto& b = fn.builder;
  if (isComparison(expr.op))
    return b.CreateICmp(predicateOf(expr.op), emitIndex(fn, expr.operands.at(0)), emitIndex(fn, expr.operands.at(1)));
  if (expr.op != Op::And && expr.op != Op::Or)
    return b.CreateICmpNE(emitIndex(fn, expr), b.getInt64(0));
  Value* result = emitCondition(fn, expr.operands.at(0));
  for (const IndexExpr& operand : llvm::ArrayRef(expr.operands).drop_front()) {
    Value* next = emitCondition(fn, operand);
    result = expr.op == Op::And ? b.CreateAnd(result, next) : b.CreateOr(result, next);
  }
  return result;
}

std::optional<std::int64_t> advance(const IndexExpr& expr, const std::string& variable) {
  if (!mentions(expr, variable))
    return 0;
  switch (expr.op) {
  case Op::Variable: return 1;
  case Op::Add:
  case Op::Subtract:
  case Op::Negate: return advanceOfSum(expr, variable);
  case Op::Multiply: return advanceOfProduct(expr, variable);
  default: return std::nullopt;
  }
}

bool isSame(const IndexExpr& left, const IndexExpr& right) {
  return left.op == right.op && left.value == right.value && left.name == right.name &&
         std::ranges::equal(left.operands, right.operands, isSame);
}

} // namespace polyloom::ir
