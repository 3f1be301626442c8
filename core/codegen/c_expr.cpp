#include "core/codegen/c_expr.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string_view>

namespace polyloom {

namespace {

/// C's precedence levels, higher binds tighter.
enum Precedence { kSelect = 1, kOr, kAnd, kBitOr, kBitXor, kBitAnd, kEqual, kLess, kShift, kSum, kProduct, kUnary, kPrimary };

struct Text {
  std::string text;
  int precedence = kPrimary;
};

std::string within(const Text& text, int needed) {
  return text.precedence < needed ? "(" + text.text + ")" : text.text;
}

Text binary(const Text& left, std::string_view op, const Text& right, int precedence) {
  return {fmt::format("{} {} {}", within(left, precedence), op, within(right, precedence + 1)), precedence};
}

int precedenceOf(Operator op) {
  switch (op) {
  case Operator::Or: return kOr;
  case Operator::And: return kAnd;
  case Operator::BitOr: return kBitOr;
  case Operator::BitXor: return kBitXor;
  case Operator::BitAnd: return kBitAnd;
  case Operator::Equal:
  case Operator::NotEqual: return kEqual;
  case Operator::Less:
  case Operator::LessEqual:
  case Operator::Greater:
  case Operator::GreaterEqual: return kLess;
  case Operator::ShiftLeft:
  case Operator::ShiftRight: return kShift;
  case Operator::Add:
  case Operator::Subtract: return kSum;
  case Operator::Multiply:
  case Operator::Divide:
  case Operator::Remainder: return kProduct;
  default: return kUnary;
  }
}

Text textOf(const IndexExpr& expr);

Text foldMacro(std::string_view macro, const std::vector<IndexExpr>& operands) {
  std::string text = textOf(operands.front()).text;
  for (std::size_t o = 1; o < operands.size(); ++o)
    text = fmt::format("{}({}, {})", macro, text, textOf(operands[o]).text);
  return {text};
}

Text fold(std::string_view op, const std::vector<IndexExpr>& operands, int precedence) {
  Text text = textOf(operands.front());
  for (std::size_t o = 1; o < operands.size(); ++o)
    text = binary(text, op, textOf(operands[o]), precedence);
  return text;
}

/// Compilers warn of && within || without parentheses.
Text foldOr(const std::vector<IndexExpr>& operands) {
  std::string text;
  for (const IndexExpr& operand : operands)
    text += (text.empty() ? "" : " || ") + within(textOf(operand), kBitOr);
  return {text, operands.size() == 1 ? kPrimary : kOr};
}

Text textOf(const IndexExpr& expr) {
  using Op = IndexExpr::Op;
  switch (expr.op) {
  case Op::Constant: return {std::to_string(expr.value), expr.value < 0 ? kUnary : kPrimary};
  case Op::Variable: return {expr.name};
  case Op::Add: return fold("+", expr.operands, kSum);
  case Op::Subtract: return fold("-", expr.operands, kSum);
  case Op::Multiply: return fold("*", expr.operands, kProduct);
  case Op::Negate: return {"-" + within(textOf(expr.operands[0]), kPrimary), kUnary};
  case Op::Min: return foldMacro("pl_min", expr.operands);
  case Op::Max: return foldMacro("pl_max", expr.operands);
  case Op::DivideFloor: return foldMacro("pl_floord", expr.operands);
  case Op::DivideExact:
  case Op::DividePositive: return fold("/", expr.operands, kProduct);
  case Op::ModuloPositive:
  case Op::ModuloZero: return fold("%", expr.operands, kProduct);
  case Op::Select:
    return {fmt::format("{} ? {} : {}", within(textOf(expr.operands[0]), kOr), textOf(expr.operands[1]).text,
                        within(textOf(expr.operands[2]), kSelect)), kSelect};
  case Op::Equal: return fold("==", expr.operands, kEqual);
  case Op::Less: return fold("<", expr.operands, kLess);
  case Op::LessEqual: return fold("<=", expr.operands, kLess);
  case Op::Greater: return fold(">", expr.operands, kLess);
  case Op::GreaterEqual: return fold(">=", expr.operands, kLess);
  case Op::And: return fold("&&", expr.operands, kAnd);
  case Op::Or: return foldOr(expr.operands);
  }
  return {};
}

/// A floating constant that reads back to the same value, with a point or an exponent.
std::string floatingText(double value, ElementType type) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos)
    text += ".0";
  return type == ElementType::Float32 ? text + "f" : text;
}

class ValueWriter {
public:
  ValueWriter(const Kernel& kernel, const StatementCall& call, std::map<std::size_t, std::string> cells = {})
      : kernel_(kernel), call_(call), statement_(kernel.statements[static_cast<std::size_t>(call.statement)]),
        cells_(std::move(cells)) {}

  std::string cell(std::size_t access) const {
    if (const auto other = cells_.find(access); other != cells_.end())
      return other->second;
    std::string text = kernel_.arrays[static_cast<std::size_t>(statement_.arrays[access])].name;
    for (const IndexExpr& subscript : call_.subscripts[access])
      text += fmt::format("[{}]", textOf(subscript).text);
    return text;
  }

  Text value(const Expr& expr) const {
    switch (expr.kind) {
    case Expr::Kind::Integer: return integer(expr);
    case Expr::Kind::Floating:
      return {floatingText(expr.floating, expr.type), expr.floating < 0 ? kUnary : kPrimary};
    case Expr::Kind::Read: return {cell(static_cast<std::size_t>(expr.index))};
    case Expr::Kind::Scalar: return {kernel_.scalars[static_cast<std::size_t>(expr.index)].name};
    case Expr::Kind::Affine: return affine(expr);
    case Expr::Kind::Unary: return {spelling(expr.op) + within(value(*expr.operands[0]), kPrimary), kUnary};
    case Expr::Kind::Binary:
      return binary(value(*expr.operands[0]), spelling(expr.op), value(*expr.operands[1]), precedenceOf(expr.op));
    case Expr::Kind::Select:
      return {fmt::format("{} ? {} : {}", within(value(*expr.operands[0]), kOr), value(*expr.operands[1]).text,
                          within(value(*expr.operands[2]), kSelect)), kSelect};
    case Expr::Kind::Call: return call(expr);
    case Expr::Kind::Cast:
      return {fmt::format("({}){}", cName(expr.type), within(value(*expr.operands[0]), kUnary)), kUnary};
    case Expr::Kind::Opaque: break; // shown as a whole statement
    }
    return {};
  }

private:
  static Text integer(const Expr& expr) {
    const std::string suffix = expr.type == ElementType::Int64 ? "L" : "";
    return {std::to_string(expr.integer) + suffix, expr.integer < 0 ? kUnary : kPrimary};
  }

  /// Loop variables are long in the generated code: the source's type comes back through a cast.
  Text affine(const Expr& expr) const {
    const Text text = textOf(call_.affineValues[static_cast<std::size_t>(expr.index)]);
    if (expr.type == ElementType::Int64)
      return {"(" + text.text + ")"};
    return {fmt::format("({}){}", cName(expr.type), within(text, kUnary)), kUnary};
  }

  Text call(const Expr& expr) const {
    std::vector<std::string> arguments;
    for (const ExprPtr& argument : expr.operands)
      arguments.push_back(value(*argument).text);
    return {fmt::format("{}({})", expr.name, fmt::join(arguments, ", "))};
  }

  const Kernel& kernel_;
  const StatementCall& call_;
  const KernelStatement& statement_;
  std::map<std::size_t, std::string> cells_; ///< texts instead of those of the accesses
};

/// "S0(t, i);": what runs where nobody knows what it computes.
std::string instanceText(const KernelStatement& statement, const StatementCall& call) {
  std::vector<std::string> iterators;
  for (const IndexExpr& iterator : call.iterators)
    iterators.push_back(textOf(iterator).text);
  return fmt::format("{}({});", statement.name, fmt::join(iterators, ", "));
}

struct Macro {
  std::string_view name;
  std::string_view definition;
};
constexpr std::array<Macro, 3> kMacros = {{
    {"pl_min", "#define pl_min(a, b) ((a) < (b) ? (a) : (b))\n"},
    {"pl_max", "#define pl_max(a, b) ((a) > (b) ? (a) : (b))\n"},
    {"pl_floord", "#define pl_floord(a, b) ((a) / (b) - ((a) % (b) < 0))\n"},
}};

} // namespace

std::string toC(const IndexExpr& expr) { return textOf(expr).text; }

std::string toC(const Kernel& kernel, const StatementCall& call) {
  const ValueWriter writer(kernel, call);
  const KernelStatement& statement = kernel.statements[static_cast<std::size_t>(call.statement)];
  if (statement.value->kind == Expr::Kind::Opaque)
    return instanceText(statement, call);
  return fmt::format("{} = {};", writer.cell(0), writer.value(*statement.value).text);
}

std::string cellText(const Kernel& kernel, const StatementCall& call, std::size_t access) {
  return ValueWriter(kernel, call).cell(access);
}

std::string valueText(const Kernel& kernel, const StatementCall& call, const std::map<std::size_t, std::string>& cells) {
  return ValueWriter(kernel, call, cells).value(*kernel.statements[static_cast<std::size_t>(call.statement)].value).text;
}

std::string macroDefinitions(const std::string& code) {
  std::string text;
  for (const Macro& macro : kMacros)
    if (code.find(macro.name) != std::string::npos)
      text += macro.definition;
  return text;
}

std::string macroUndefinitions(const std::string& code) {
  std::string text;
  for (const Macro& macro : kMacros)
    if (code.find(macro.name) != std::string::npos)
      text += fmt::format("#undef {}\n", macro.name);
  return text;
}

} // namespace polyloom
