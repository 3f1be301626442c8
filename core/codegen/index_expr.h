// isl's AST expressions as plain values.
#pragma once

#include "core/codegen/kernel.h"

#include <isl/cpp.h>

#include <map>
#include <string>

namespace polyloom {

IndexExpr toIndexExpr(const isl::ast_expr& expr);

/// Every variable replaced by what `bindings` has for it; others stay.
IndexExpr substitute(const IndexExpr& expr, const std::map<std::string, IndexExpr>& bindings);

/// expr + amount, folded where expr is a constant or ends in one.
IndexExpr plus(const IndexExpr& expr, std::int64_t amount);

} // namespace polyloom
