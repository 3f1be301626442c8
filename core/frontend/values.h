// What a statement computes.
#pragma once

#include "core/assemble/pending_statement.h"
#include "core/frontend/accesses.h"

#include <clang/AST/Expr.h>

namespace polyloom {

/// Reads `place = value;`, compound assignments, ++ and --. `domain` holds the instances that run it.
Result<PendingStatement> readAssignment(const clang::Expr* expr, const isl::set& domain, RegionState& state);

/// For `a = b = c`, the assignment `b = c`: a statement of its own, which runs first. Null for all else.
const clang::BinaryOperator* chainedAssignment(const clang::Expr* expr);

/// Reads a declaration's initializer as an assignment.
Result<PendingStatement> readInitializer(const clang::VarDecl* variable, const isl::set& domain, RegionState& state);

} // namespace polyloom
