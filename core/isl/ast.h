// isl's AST, seen through plain switches.
#pragma once

#include <isl/ast_type.h>
#include <isl/cpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// An expression taken apart one level.
struct AstExprView {
  enum class Kind { Integer, Name, Operation };
  Kind kind = Kind::Integer;
  std::int64_t value = 0;
  std::string name = {};
  isl_ast_expr_op_type operation = isl_ast_expr_op_error;
  std::vector<isl::ast_expr> arguments = {};
};
AstExprView viewOf(const isl::ast_expr& expr);

/// Attaches a number to a node, and reads it back (-1: none).
isl::ast_node annotate(const isl::ast_node& node, int number);
int annotationOf(const isl::ast_node& node);

/// The name of a mark node's id.
std::string markName(const isl::ast_node_mark& mark);

} // namespace polyloom
