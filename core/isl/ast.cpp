#include "core/isl/ast.h"

#include "core/isl/managed.h"

#include <isl/ast.h>
#include <isl/id.h>
#include <isl/val.h>

namespace polyloom {

namespace {

std::string nameOf(isl_id* id) {
  std::string name = isl_id_get_name(id);
  isl_id_free(id);
  return name;
}

} // namespace

AstExprView viewOf(const isl::ast_expr& expr) {
  AstExprView view;
  switch (isl_ast_expr_get_type(expr.get())) {
  case isl_ast_expr_int:
    view.value = managed(expr.ctx(), isl_ast_expr_int_get_val(expr.get())).num_si();
    break;
  case isl_ast_expr_id:
    view.kind = AstExprView::Kind::Name;
    view.name = nameOf(isl_ast_expr_id_get_id(expr.get()));
    break;
  default: {
    view.kind = AstExprView::Kind::Operation;
    view.operation = isl_ast_expr_op_get_type(expr.get());
    const isl_size count = isl_ast_expr_op_get_n_arg(expr.get());
    for (isl_size a = 0; a < count; ++a)
      view.arguments.push_back(managed(expr.ctx(), isl_ast_expr_op_get_arg(expr.get(), a)));
  }
  }
  return view;
}

isl::ast_node annotate(const isl::ast_node& node, int number) {
  isl_id* id = isl_id_alloc(node.ctx().get(), std::to_string(number).c_str(), nullptr);
  return managed(node.ctx(), isl_ast_node_set_annotation(node.copy(), id));
}

int annotationOf(const isl::ast_node& node) {
  isl_id* id = isl_ast_node_get_annotation(node.get());
  return id == nullptr ? -1 : std::stoi(nameOf(id));
}

std::string markName(const isl::ast_node_mark& mark) { return mark.id().name(); }

} // namespace polyloom
