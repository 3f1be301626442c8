#include "core/codegen/index_expr.h"

#include "core/base/check.h"
#include "core/isl/ast.h"

namespace polyloom {

namespace {

IndexExpr::Op operatorOf(isl_ast_expr_op_type type) {
  switch (type) {
  case isl_ast_expr_op_and:
  case isl_ast_expr_op_and_then: return IndexExpr::Op::And;
  case isl_ast_expr_op_or:
  case isl_ast_expr_op_or_else: return IndexExpr::Op::Or;
  case isl_ast_expr_op_max: return IndexExpr::Op::Max;
  case isl_ast_expr_op_min: return IndexExpr::Op::Min;
  case isl_ast_expr_op_minus: return IndexExpr::Op::Negate;
  case isl_ast_expr_op_add: return IndexExpr::Op::Add;
  case isl_ast_expr_op_sub: return IndexExpr::Op::Subtract;
  case isl_ast_expr_op_mul: return IndexExpr::Op::Multiply;
  case isl_ast_expr_op_div: return IndexExpr::Op::DivideExact;
  case isl_ast_expr_op_fdiv_q: return IndexExpr::Op::DivideFloor;
  case isl_ast_expr_op_pdiv_q: return IndexExpr::Op::DividePositive;
  case isl_ast_expr_op_pdiv_r: return IndexExpr::Op::ModuloPositive;
  case isl_ast_expr_op_zdiv_r: return IndexExpr::Op::ModuloZero;
  case isl_ast_expr_op_cond:
  case isl_ast_expr_op_select: return IndexExpr::Op::Select;
  case isl_ast_expr_op_eq: return IndexExpr::Op::Equal;
  case isl_ast_expr_op_le: return IndexExpr::Op::LessEqual;
  case isl_ast_expr_op_lt: return IndexExpr::Op::Less;
  case isl_ast_expr_op_ge: return IndexExpr::Op::GreaterEqual;
  case isl_ast_expr_op_gt: return IndexExpr::Op::Greater;
  default: break;
  }
  throw InternalError("an isl expression of an unexpected kind");
}

} // namespace

IndexExpr toIndexExpr(const isl::ast_expr& expr) {
  const AstExprView view = viewOf(expr);
  switch (view.kind) {
  case AstExprView::Kind::Integer: return {.value = view.value};
  case AstExprView::Kind::Name: return {.op = IndexExpr::Op::Variable, .name = view.name};
  case AstExprView::Kind::Operation: break;
  }
  IndexExpr result{.op = operatorOf(view.operation)};
  for (const isl::ast_expr& argument : view.arguments)
    result.operands.push_back(toIndexExpr(argument));
  return result;
}

IndexExpr substitute(const IndexExpr& expr, const std::map<std::string, IndexExpr>& bindings) {
  if (expr.op == IndexExpr::Op::Variable) {
    const auto bound = bindings.find(expr.name);
    return bound == bindings.end() ? expr : bound->second;
  }
  IndexExpr result = expr;
  for (IndexExpr& operand : result.operands)
    operand = substitute(operand, bindings);
  return result;
}

IndexExpr plus(const IndexExpr& expr, std::int64_t amount) {
  if (expr.op == IndexExpr::Op::Constant)
    return {.value = expr.value + amount};
  const bool isSum = expr.op == IndexExpr::Op::Add || expr.op == IndexExpr::Op::Subtract;
  if (isSum && expr.operands.size() == 2 && expr.operands[1].op == IndexExpr::Op::Constant) {
    const std::int64_t constant = expr.operands[1].value;
    const std::int64_t sum = amount + (expr.op == IndexExpr::Op::Add ? constant : -constant);
    return sum == 0 ? expr.operands[0] : plus(expr.operands[0], sum);
  }
  return {.op = amount < 0 ? IndexExpr::Op::Subtract : IndexExpr::Op::Add,
          .operands = {expr, {.value = amount < 0 ? -amount : amount}}};
}

} // namespace polyloom
