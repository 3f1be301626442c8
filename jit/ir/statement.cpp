#include "jit/ir/statement.h"

#include "core/codegen/kernel_reduction.h"
#include "jit/ir/value.h"

namespace polyloom::ir {

namespace {

/// The statement's value, converted to the type of the array it is written to.
llvm::Value* emitResult(Instance& instance) {
  const Expr& expr = *instance.statement.value;
  if (instance.fn.unit.options.reassociate && reductionOf(instance.fn.unit.kernel, instance.call))
    instance.relaxed = &expr;
  const auto target = static_cast<std::size_t>(instance.access(0).array);
  return emitConversion(instance, emitValue(instance, expr), expr.type,
                        instance.fn.unit.kernel.arrays.at(target).element);
}

} // namespace

void emitStatement(FunctionState& fn, const StatementCall& call) {
  Instance instance(fn, call, nullptr);
  llvm::Value* value = emitResult(instance);
  emitStore(fn, instance.access(0), value);
}

void emitStatement(FunctionState& fn, const StatementCall& call, const Lanes& lanes) {
  Instance instance(fn, call, &lanes);
  enterLane(fn, lanes, 0);
  if (isBranchFree(instance, *instance.statement.value)) {
    llvm::Value* values = emitResult(instance);
    emitLaneStore(fn, instance.access(0), lanes, values);
    return;
  }
  for (int lane = 0; lane < lanes.count; ++lane) {
    enterLane(fn, lanes, lane);
    emitStatement(fn, call);
  }
}

} // namespace polyloom::ir
