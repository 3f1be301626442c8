// Loads and stores of array elements, one at a time or one per lane.
#pragma once

#include "jit/ir/state.h"

#include <optional>
#include <span>

namespace polyloom::ir {

/// The lanes of a vector loop: lane k stands for variable = first + k * step.
struct Lanes {
  int count = 0;
  std::string variable = {};
  llvm::Value* first = nullptr;
  std::int64_t step = 1;
  llvm::Value* mask = nullptr; ///< a vector of i1: the lanes that take part; null: all
};

/// An element of an array: which one depends on the loops around.
struct Access {
  int array = 0;
  std::span<const IndexExpr> subscripts;
};

/// Binds every array, parameter and scalar of the kernel to the function's arguments from `firstArgument` on, and
/// computes what stays the same: the strides.
void bindArguments(FunctionState& fn, unsigned firstArgument);

/// The element's value at the current loop variables.
llvm::Value* emitLoad(FunctionState& fn, const Access& access);
void emitStore(FunctionState& fn, const Access& access, llvm::Value* value);

/// One value per lane, as a vector: a vector load where neighboring lanes touch neighboring cells, one load spread
/// to all lanes where they touch the same, else a load per lane.
llvm::Value* emitLaneLoad(FunctionState& fn, const Access& access, const Lanes& lanes);
void emitLaneStore(FunctionState& fn, const Access& access, const Lanes& lanes, llvm::Value* values);

/// Whether the machine can load or store the element in some lanes only, without a branch for each. The loads of
/// elements that all lanes share need one lane that takes part.
bool canMask(FunctionState& fn, const Access& access, const Lanes& lanes, bool stores);

/// An index expression's value in each lane, as a vector of i64.
llvm::Value* emitLaneIndex(FunctionState& fn, const IndexExpr& expr, const Lanes& lanes);

/// An index expression as a truth value in each lane, as a vector of i1.
llvm::Value* emitLaneCondition(FunctionState& fn, const IndexExpr& expr, const Lanes& lanes);

/// Sets the lane variable to its value in one lane.
void enterLane(FunctionState& fn, const Lanes& lanes, int lane);

} // namespace polyloom::ir
