#include "core/codegen/c_sharing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <iterator>

namespace polyloom {

namespace {

using Visit = std::function<void(const std::string&)>;

void visitNames(const IndexExpr& expr, const Visit& visit) {
  if (expr.op == IndexExpr::Op::Variable)
    visit(expr.name);
  for (const IndexExpr& operand : expr.operands)
    visitNames(operand, visit);
}

void visitScalars(const Kernel& kernel, const Expr& expr, const Visit& visit) {
  if (expr.kind == Expr::Kind::Scalar)
    visit(kernel.scalars[static_cast<std::size_t>(expr.index)].name);
  for (const ExprPtr& operand : expr.operands)
    visitScalars(kernel, *operand, visit);
}

/// The names in a call; of an array its extents' too, through which its rows are found.
void visitCall(const Kernel& kernel, const StatementCall& call, const Visit& visit) {
  const KernelStatement& statement = kernel.statements[static_cast<std::size_t>(call.statement)];
  for (const auto& subscripts : call.subscripts)
    for (const IndexExpr& subscript : subscripts)
      visitNames(subscript, visit);
  for (const IndexExpr& value : call.affineValues)
    visitNames(value, visit);
  visitScalars(kernel, *statement.value, visit);
  for (const int array : statement.arrays) {
    visit(kernel.arrays[static_cast<std::size_t>(array)].name);
    for (const IndexExpr& extent : kernel.arrays[static_cast<std::size_t>(array)].extents)
      visitNames(extent, visit);
  }
}

void visitNode(const Kernel& kernel, const LoopNode& node, const Visit& visit) {
  switch (node.kind) {
  case LoopNode::Kind::For:
    visitNames(node.first, visit);
    visitNames(node.last, visit);
    break;
  case LoopNode::Kind::If: visitNames(node.condition, visit); break;
  case LoopNode::Kind::Call: visitCall(kernel, node.call, visit); break;
  case LoopNode::Kind::Block: break;
  }
  for (const LoopNode& child : node.children)
    visitNode(kernel, child, visit);
}

} // namespace

std::set<std::string> namesIn(const Kernel& kernel, const LoopNode& node) {
  std::set<std::string> names;
  visitNode(kernel, node, [&](const std::string& name) { names.insert(name); });
  return names;
}

std::string firstPrivate(const Kernel& kernel, const LoopNode& loop, const std::set<std::string>& outer,
                         const std::set<std::string>& pointers) {
  std::set<std::string> own;
  for (const int array : loop.privateArrays)
    own.insert(kernel.arrays[static_cast<std::size_t>(array)].name);
  std::set<std::string> known = outer;
  for (const KernelParameter& parameter : kernel.parameters)
    known.insert(parameter.name);
  for (const KernelScalar& scalar : kernel.scalars)
    known.insert(scalar.name);
  for (const KernelArray& array : kernel.arrays)
    if (pointers.contains(array.name) && !own.contains(array.name))
      known.insert(array.name);
  std::set<std::string> used;
  std::ranges::set_intersection(namesIn(kernel, loop), known, std::inserter(used, used.end()));
  return used.empty() ? "" : fmt::format(" firstprivate({})", fmt::join(used, ", "));
}

} // namespace polyloom
