// Values of a statement's right-hand side, in C's semantics, for one instance or for a group of lanes.
#pragma once

#include "jit/ir/access.h"

#include <vector>

namespace polyloom::ir {

/// The instance (or the lanes) that a value is computed for.
struct Instance {
  FunctionState& fn;
  const KernelStatement& statement;
  const StatementCall& call;
  const Lanes* lanes = nullptr;       ///< null: one instance
  std::vector<Access> certain = {};   ///< cells that this instance touches in any case
  const Expr* relaxed = nullptr;      ///< the update of a sum or a product that may change places with others

  Instance(FunctionState& function, const StatementCall& statementCall, const Lanes* group);

  int laneCount() const { return lanes != nullptr ? lanes->count : 0; }
  Access access(int index) const;
};

/// Whether the value can be computed without branches: nothing in an arm that may not be taken can trap.
bool isBranchFree(const Instance& instance, const Expr& expr);

/// The value, of the expression's type.
llvm::Value* emitValue(Instance& instance, const Expr& expr);

/// C's conversion between arithmetic types, for scalars and vectors.
llvm::Value* emitConversion(Instance& instance, llvm::Value* value, ElementType from, ElementType to);

} // namespace polyloom::ir
