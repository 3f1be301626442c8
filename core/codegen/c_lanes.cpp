#include "core/codegen/c_lanes.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/linear.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

constexpr int kWidths[] = {2, 4, 8, 16, 32, 64};
constexpr ElementType kElements[] = {ElementType::Int8,  ElementType::Int16,   ElementType::Int32,
                                     ElementType::Int64, ElementType::Float32, ElementType::Float64};

/// "pl_f64x8".
std::string vectorName(ElementType element, int width) {
  return fmt::format("pl_{}{}x{}", isFloating(element) ? 'f' : 'i', 8 * sizeOf(element), width);
}

void flattenMinimum(const IndexExpr& expr, std::vector<IndexExpr>& parts) {
  if (expr.op != IndexExpr::Op::Min)
    parts.push_back(expr);
  else
    for (const IndexExpr& operand : expr.operands)
      flattenMinimum(operand, parts);
}

/// One call of a group as a statement on vectors.
class LaneStatement {
public:
  LaneStatement(const Kernel& kernel, const LoopNode& loop, const StatementCall& call)
      : kernel_(kernel), loop_(loop), call_(call), statement_(kernel.statements[static_cast<std::size_t>(call.statement)]),
        element_(elementOf(0)), start_(loop.first) {}

  std::optional<std::string> write() {
    if (!findVectors() || !vectors_.contains(0) || !isArithmetic(*statement_.value) || !readsVector(*statement_.value))
      return std::nullopt;
    return toC(kernel_, call_, vectors_, vectorName(element_, loop_.attributes.vectorWidth));
  }

private:
  ElementType elementOf(std::size_t access) const {
    return kernel_.arrays[static_cast<std::size_t>(statement_.arrays[access])].element;
  }

  /// Which accesses touch neighboring cells; the subscripts become those of the first lane. False where one touches
  /// other cells in each lane that are no neighbors.
  bool findVectors() {
    for (std::size_t access = 0; access < call_.subscripts.size(); ++access) {
      std::vector<IndexExpr>& subscripts = call_.subscripts[access];
      for (std::size_t d = 0; d < subscripts.size(); ++d) {
        const LinearForm form(subscripts[d]);
        if (form.hides(loop_.variable))
          return false;
        const std::int64_t factor = form.factorOf(loop_.variable);
        if (factor == 0)
          continue;
        if (factor != 1 || d + 1 != subscripts.size())
          return false;
        subscripts[d] = form.with(loop_.variable, start_).toIndexExpr();
        vectors_.insert(static_cast<int>(access));
      }
    }
    return true;
  }

  bool isArithmetic(const Expr& expr) const {
    if (expr.type != element_)
      return false;
    switch (expr.kind) {
    case Expr::Kind::Integer:
    case Expr::Kind::Floating:
    case Expr::Kind::Scalar: return true;
    case Expr::Kind::Read: return elementOf(static_cast<std::size_t>(expr.index)) == element_;
    case Expr::Kind::Unary: return expr.op == Operator::Negate && isArithmetic(*expr.operands[0]);
    case Expr::Kind::Binary:
      return (expr.op == Operator::Add || expr.op == Operator::Subtract || expr.op == Operator::Multiply ||
              (expr.op == Operator::Divide && isFloating(element_))) &&
             isArithmetic(*expr.operands[0]) && isArithmetic(*expr.operands[1]);
    default: return false;
    }
  }

  /// C has no vector of one value in all lanes but beside another vector.
  bool readsVector(const Expr& expr) const {
    return (expr.kind == Expr::Kind::Read && vectors_.contains(expr.index)) ||
           std::ranges::any_of(expr.operands, [&](const ExprPtr& operand) { return readsVector(*operand); });
  }

  const Kernel& kernel_;
  const LoopNode& loop_;
  StatementCall call_;
  const KernelStatement& statement_;
  ElementType element_;
  LinearForm start_;
  std::set<int> vectors_;
};

bool collect(const Kernel& kernel, const LoopNode& loop, const LoopNode& node, std::vector<std::string>& statements) {
  if (node.kind == LoopNode::Kind::Block && node.privateArrays.empty())
    return std::ranges::all_of(node.children,
                               [&](const LoopNode& child) { return collect(kernel, loop, child, statements); });
  if (node.kind != LoopNode::Kind::Call)
    return false;
  std::optional<std::string> text = LaneStatement(kernel, loop, node.call).write();
  if (text)
    statements.push_back(std::move(*text));
  return text.has_value();
}

} // namespace

std::optional<FullGroup> fullGroupOf(const LoopNode& loop) {
  const int width = loop.attributes.vectorWidth;
  if (loop.step != 1 || width < 2 || loop.first.op == IndexExpr::Op::Max)
    return std::nullopt;
  const LinearForm last = LinearForm(loop.first).plus(LinearForm(width - 1));
  std::vector<IndexExpr> parts;
  flattenMinimum(loop.last, parts);
  const auto isLast = [&](const IndexExpr& part) { return LinearForm(part) == last; };
  if (std::erase_if(parts, isLast) == 0)
    return std::nullopt; // more iterations than lanes
  return FullGroup{last.toIndexExpr(), std::move(parts)};
}

std::optional<std::vector<std::string>> laneStatements(const Kernel& kernel, const LoopNode& loop) {
  std::vector<std::string> statements;
  if (!std::ranges::count(kWidths, loop.attributes.vectorWidth) ||
      !collect(kernel, loop, loop.children.front(), statements))
    return std::nullopt;
  return statements;
}

std::string laneDefinitions(const std::string& code) {
  std::string text;
  for (const ElementType element : kElements)
    for (const int width : kWidths) {
      const std::string name = vectorName(element, width);
      if (code.find(name + "(") == std::string::npos)
        continue;
      text += fmt::format("typedef {} {}_t __attribute__((vector_size({}), aligned({}), may_alias));\n", cName(element),
                          name, width * sizeOf(element), sizeOf(element));
      text += fmt::format("#define {0}(cell) (*({0}_t*)&(cell))\n", name);
    }
  return text;
}

std::string laneUndefinitions(const std::string& code) {
  std::string text;
  for (const ElementType element : kElements)
    for (const int width : kWidths)
      if (const std::string name = vectorName(element, width); code.find(name + "(") != std::string::npos)
        text += fmt::format("#undef {}\n", name);
  return text;
}

} // namespace polyloom
