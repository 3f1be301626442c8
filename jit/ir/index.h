// Index expressions: integers over loop variables and parameters.
#pragma once

#include "jit/ir/state.h"

#include <optional>

namespace polyloom::ir {

/// The expression's value, i64. Arithmetic does not wrap.
llvm::Value* emitIndex(FunctionState& fn, const IndexExpr& expr);

/// The expression as a truth value, i1.
llvm::Value* emitCondition(FunctionState& fn, const IndexExpr& expr);

/// Whether the operator compares two indices, and the instruction that does.
bool isComparison(IndexExpr::Op op);
llvm::CmpInst::Predicate predicateOf(IndexExpr::Op op);

/// By how much the expression grows when the variable grows by one, where that is one constant everywhere.
std::optional<std::int64_t> advance(const IndexExpr& expr, const std::string& variable);

/// Structural equality.
bool isSame(const IndexExpr& left, const IndexExpr& right);

} // namespace polyloom::ir
