#include "jit/ir/operators.h"

#include "core/base/check.h"

namespace polyloom::ir {

namespace {

using llvm::CmpInst;
using llvm::Value;

bool isComparison(Operator op) {
  switch (op) {
  case Operator::Less:
  case Operator::LessEqual:
  case Operator::Greater:
  case Operator::GreaterEqual:
  case Operator::Equal:
  case Operator::NotEqual: return true;
  default: return false;
  }
}

CmpInst::Predicate predicateOf(Operator op, bool floating) {
  switch (op) {
  case Operator::Less: return floating ? CmpInst::FCMP_OLT : CmpInst::ICMP_SLT;
  case Operator::LessEqual: return floating ? CmpInst::FCMP_OLE : CmpInst::ICMP_SLE;
  case Operator::Greater: return floating ? CmpInst::FCMP_OGT : CmpInst::ICMP_SGT;
  case Operator::GreaterEqual: return floating ? CmpInst::FCMP_OGE : CmpInst::ICMP_SGE;
  case Operator::Equal: return floating ? CmpInst::FCMP_OEQ : CmpInst::ICMP_EQ;
  default: return floating ? CmpInst::FCMP_UNE : CmpInst::ICMP_NE;
  }
}

Value* emitFloating(llvm::IRBuilder<>& b, Operator op, Value* left, Value* right) {
  switch (op) {
  case Operator::Add: return b.CreateFAdd(left, right);
  case Operator::Subtract: return b.CreateFSub(left, right);
  case Operator::Multiply: return b.CreateFMul(left, right);
  case Operator::Divide: return b.CreateFDiv(left, right);
  default: POLYLOOM_CHECK(false && "an operator of floating-point values"); return nullptr;
  }
}

/// int and long do not wrap in C; char and short are promoted before they are computed with.
Value* emitInteger(llvm::IRBuilder<>& b, Operator op, Value* left, Value* right) {
  switch (op) {
  case Operator::Add: return b.CreateNSWAdd(left, right);
  case Operator::Subtract: return b.CreateNSWSub(left, right);
  case Operator::Multiply: return b.CreateNSWMul(left, right);
  case Operator::Divide: return b.CreateSDiv(left, right);
  case Operator::Remainder: return b.CreateSRem(left, right);
  case Operator::BitAnd: return b.CreateAnd(left, right);
  case Operator::BitOr: return b.CreateOr(left, right);
  case Operator::BitXor: return b.CreateXor(left, right);
  case Operator::ShiftLeft: return b.CreateShl(left, right);
  case Operator::ShiftRight: return b.CreateAShr(left, right);
  default: POLYLOOM_CHECK(false && "an operator of integers"); return nullptr;
  }
}

/// The flags of a relaxed reduction's update. Signs of zero are of no account: parts of a sum start from +0.
void allowRegrouping(llvm::IRBuilder<>& b) {
  llvm::FastMathFlags flags = b.getFastMathFlags();
  flags.setAllowReassoc();
  flags.setNoSignedZeros();
  b.setFastMathFlags(flags);
}

} // namespace

Value* emitUnary(Instance& instance, const Expr& expr) {
  auto& b = instance.fn.builder;
  const Expr& operand = *expr.operands.at(0);
  Value* value = emitValue(instance, operand);
  if (expr.op == Operator::Not) {
    Value* zero = llvm::Constant::getNullValue(value->getType());
    Value* isZero = isFloating(operand.type) ? b.CreateFCmpOEQ(value, zero) : b.CreateICmpEQ(value, zero);
    return b.CreateZExt(isZero, typeOf(instance.fn.unit, expr.type, instance.laneCount()));
  }
  value = emitConversion(instance, value, operand.type, expr.type);
  if (expr.op == Operator::BitNot)
    return b.CreateNot(value);
  return isFloating(expr.type) ? b.CreateFNeg(value) : b.CreateNSWNeg(value);
}

Value* emitBinary(Instance& instance, const Expr& expr) {
  auto& b = instance.fn.builder;
  const Expr& first = *expr.operands.at(0);
  const Expr& second = *expr.operands.at(1);
  Value* left = emitValue(instance, first);
  Value* right = emitValue(instance, second);
  if (isComparison(expr.op)) {
    POLYLOOM_CHECK(first.type == second.type);
    const bool floating = isFloating(first.type);
    Value* holds = b.CreateCmp(predicateOf(expr.op, floating), left, right);
    return b.CreateZExt(holds, typeOf(instance.fn.unit, expr.type, instance.laneCount()));
  }
  left = emitConversion(instance, left, first.type, expr.type);
  right = emitConversion(instance, right, second.type, expr.type); // a shift's count may have a type of its own
  const llvm::IRBuilderBase::FastMathFlagGuard guard(b);
  if (&expr == instance.relaxed)
    allowRegrouping(b);
  return isFloating(expr.type) ? emitFloating(b, expr.op, left, right) : emitInteger(b, expr.op, left, right);
}

Value* emitConversion(Instance& instance, Value* value, ElementType from, ElementType to) {
  if (from == to)
    return value;
  auto& b = instance.fn.builder;
  llvm::Type* target = typeOf(instance.fn.unit, to, instance.laneCount());
  if (isFloating(from))
    return isFloating(to) ? b.CreateFPCast(value, target) : b.CreateFPToSI(value, target);
  return isFloating(to) ? b.CreateSIToFP(value, target) : b.CreateSExtOrTrunc(value, target);
}

} // namespace polyloom::ir
