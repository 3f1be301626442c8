#include "jit/ir/value.h"

#include "core/base/check.h"
#include "jit/ir/index.h"
#include "jit/ir/math_calls.h"
#include "jit/ir/operators.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using llvm::Value;

bool isLazy(const Expr& expr) {
  return expr.kind == Expr::Kind::Select ||
         (expr.kind == Expr::Kind::Binary && (expr.op == Operator::And || expr.op == Operator::Or));
}

/// Collects the reads that happen whatever the data.
void collectCertain(const Expr& expr, Instance& instance) {
  if (expr.kind == Expr::Kind::Read)
    instance.certain.push_back(instance.access(expr.index));
  if (isLazy(expr))
    collectCertain(*expr.operands.at(0), instance);
  else
    for (const ExprPtr& operand : expr.operands)
      collectCertain(*operand, instance);
}

bool isSameCell(const Access& left, const Access& right) {
  return left.array == right.array && std::ranges::equal(left.subscripts, right.subscripts, isSame);
}

bool readsOnlyCertainCells(const Instance& instance, const Expr& expr) {
  if (expr.kind == Expr::Kind::Read) {
    const Access access = instance.access(expr.index);
    return std::ranges::any_of(instance.certain, [&](const Access& other) { return isSameCell(access, other); });
  }
  return std::ranges::all_of(expr.operands,
                             [&](const ExprPtr& operand) { return readsOnlyCertainCells(instance, *operand); });
}

/// Whether computing it ahead of the test that guards it changes nothing.
bool isSafeAhead(const Instance& instance, const Expr& expr) {
  return !mayTrap(expr) && readsOnlyCertainCells(instance, expr);
}

Value* emitTruth(Instance& instance, const Expr& expr) {
  Value* value = emitValue(instance, expr);
  Value* zero = llvm::Constant::getNullValue(value->getType());
  auto& b = instance.fn.builder;
  return isFloating(expr.type) ? b.CreateFCmpUNE(value, zero) : b.CreateICmpNE(value, zero);
}

/// `condition ? ifTrue() : ifFalse()` with a branch, so that only one arm runs.
template <typename IfTrue, typename IfFalse>
Value* emitBranches(Instance& instance, Value* condition, IfTrue ifTrue, IfFalse ifFalse) {
  FunctionState& fn = instance.fn;
  auto& b = fn.builder;
  llvm::BasicBlock* thenBlock = fn.block("then");
  llvm::BasicBlock* elseBlock = fn.block("else");
  llvm::BasicBlock* joined = fn.block("joined");
  b.CreateCondBr(condition, thenBlock, elseBlock);
  b.SetInsertPoint(thenBlock);
  Value* fromThen = ifTrue();
  llvm::BasicBlock* thenEnd = b.GetInsertBlock();
  b.CreateBr(joined);
  b.SetInsertPoint(elseBlock);
  Value* fromElse = ifFalse();
  llvm::BasicBlock* elseEnd = b.GetInsertBlock();
  b.CreateBr(joined);
  b.SetInsertPoint(joined);
  llvm::PHINode* phi = b.CreatePHI(fromThen->getType(), 2);
  phi->addIncoming(fromThen, thenEnd);
  phi->addIncoming(fromElse, elseEnd);
  return phi;
}

Value* emitSelect(Instance& instance, const Expr& expr) {
  const Expr& ifTrue = *expr.operands.at(1);
  const Expr& ifFalse = *expr.operands.at(2);
  Value* condition = emitTruth(instance, *expr.operands.at(0));
  const auto arm = [&](const Expr& operand) {
    return emitConversion(instance, emitValue(instance, operand), operand.type, expr.type);
  };
  if (isSafeAhead(instance, ifTrue) && isSafeAhead(instance, ifFalse)) {
    Value* whenTrue = arm(ifTrue);
    return instance.fn.builder.CreateSelect(condition, whenTrue, arm(ifFalse));
  }
  return emitBranches(instance, condition, [&] { return arm(ifTrue); }, [&] { return arm(ifFalse); });
}

Value* emitLogical(Instance& instance, const Expr& expr) {
  auto& b = instance.fn.builder;
  const bool isAnd = expr.op == Operator::And;
  const Expr& second = *expr.operands.at(1);
  Value* left = emitTruth(instance, *expr.operands.at(0));
  Value* result = nullptr;
  if (isSafeAhead(instance, second)) {
    Value* right = emitTruth(instance, second);
    result = isAnd ? b.CreateAnd(left, right) : b.CreateOr(left, right);
  } else {
    const auto right = [&] { return emitTruth(instance, second); };
    const auto decided = [&] { return b.getInt1(!isAnd); };
    result = isAnd ? emitBranches(instance, left, right, decided) : emitBranches(instance, left, decided, right);
  }
  return b.CreateZExt(result, typeOf(instance.fn.unit, expr.type, instance.laneCount()));
}

Value* emitRead(Instance& instance, const Expr& expr) {
  const Access access = instance.access(expr.index);
  Value* value = instance.lanes != nullptr ? emitLaneLoad(instance.fn, access, *instance.lanes)
                                           : emitLoad(instance.fn, access);
  const auto array = static_cast<std::size_t>(access.array);
  return emitConversion(instance, value, instance.fn.unit.kernel.arrays.at(array).element, expr.type);
}

Value* emitAffine(Instance& instance, const Expr& expr) {
  const IndexExpr& index = instance.call.affineValues.at(static_cast<std::size_t>(expr.index));
  Value* value =
      instance.lanes != nullptr ? emitLaneIndex(instance.fn, index, *instance.lanes) : emitIndex(instance.fn, index);
  return emitConversion(instance, value, ElementType::Int64, expr.type);
}

Value* emitScalar(Instance& instance, const Expr& expr) {
  const auto index = static_cast<std::size_t>(expr.index);
  Value* value = instance.fn.scalars.at(index);
  if (instance.lanes != nullptr)
    value = instance.fn.builder.CreateVectorSplat(static_cast<unsigned>(instance.lanes->count), value);
  return emitConversion(instance, value, instance.fn.unit.kernel.scalars.at(index).type, expr.type);
}

Value* emitCall(Instance& instance, const Expr& expr) {
  const ElementType own = typeOfMathFunction(expr.name);
  std::vector<Value*> arguments;
  for (const ExprPtr& operand : expr.operands)
    arguments.push_back(emitConversion(instance, emitValue(instance, *operand), operand->type, own));
  Value* result = emitMathCall(instance.fn, expr.name, arguments, instance.laneCount());
  return emitConversion(instance, result, own, expr.type);
}

Value* emitConstant(Instance& instance, const Expr& expr) {
  llvm::Type* type = typeOf(instance.fn.unit, expr.type, instance.laneCount());
  if (isFloating(expr.type))
    return llvm::ConstantFP::get(type, expr.kind == Expr::Kind::Integer ? static_cast<double>(expr.integer)
                                                                        : expr.floating);
  return llvm::ConstantInt::get(type, static_cast<std::uint64_t>(expr.integer), true);
}

} // namespace

Instance::Instance(FunctionState& function, const StatementCall& statementCall, const Lanes* group)
    : fn(function), statement(function.unit.kernel.statements.at(static_cast<std::size_t>(statementCall.statement))),
      call(statementCall), lanes(group) {
  certain.push_back(access(0)); // the write
  collectCertain(*statement.value, *this);
}

Access Instance::access(int index) const {
  const auto number = static_cast<std::size_t>(index);
  return {statement.arrays.at(number), call.subscripts.at(number)};
}

bool isBranchFree(const Instance& instance, const Expr& expr) {
  const auto isFine = [&](const ExprPtr& operand) { return isBranchFree(instance, *operand); };
  if (!std::ranges::all_of(expr.operands, isFine))
    return false;
  return !isLazy(expr) || std::ranges::all_of(expr.operands.begin() + 1, expr.operands.end(), [&](const ExprPtr& arm) {
    return isSafeAhead(instance, *arm);
  });
}

Value* emitValue(Instance& instance, const Expr& expr) {
  switch (expr.kind) {
  case Expr::Kind::Integer:
  case Expr::Kind::Floating: return emitConstant(instance, expr);
  case Expr::Kind::Read: return emitRead(instance, expr);
  case Expr::Kind::Scalar: return emitScalar(instance, expr);
  case Expr::Kind::Affine: return emitAffine(instance, expr);
  case Expr::Kind::Select: return emitSelect(instance, expr);
  case Expr::Kind::Call: return emitCall(instance, expr);
  case Expr::Kind::Unary: return emitUnary(instance, expr);
  case Expr::Kind::Binary: return isLazy(expr) ? emitLogical(instance, expr) : emitBinary(instance, expr);
  case Expr::Kind::Opaque: break; // refused before anything is emitted
  case Expr::Kind::Cast:
    return emitConversion(instance, emitValue(instance, *expr.operands.at(0)), expr.operands[0]->type, expr.type);
  }
  POLYLOOM_CHECK(false && "a kind of expression");
  return nullptr;
}

} // namespace polyloom::ir
