#include "core/poly/syntax.h"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace polyloom {

namespace {

constexpr int kDeepest = 200;
constexpr int kMostOperators = 2000; ///< in one expression: trees are walked recursively

/// From the weakest: or, and, comparisons, sums, products.
enum Level { kOr, kAnd, kComparison, kSum, kProduct, kUnary };

struct BinaryOperator {
  std::string text; ///< in C's spelling
  Level level;
};

std::optional<BinaryOperator> binaryOperator(const PolyToken& token) {
  static const std::map<std::string, BinaryOperator> kOperators = {
      {"or", {"||", kOr}},         {"||", {"||", kOr}},         {"and", {"&&", kAnd}},      {"&&", {"&&", kAnd}},
      {"<", {"<", kComparison}},   {"<=", {"<=", kComparison}}, {">", {">", kComparison}},  {">=", {">=", kComparison}},
      {"=", {"==", kComparison}},  {"==", {"==", kComparison}}, {"!=", {"!=", kComparison}}, {"+", {"+", kSum}},
      {"-", {"-", kSum}},          {"*", {"*", kProduct}},      {"/", {"/", kProduct}},      {"%", {"%", kProduct}},
      {"mod", {"%", kProduct}}};
  const auto found = kOperators.find(token.text);
  if (token.kind == PolyToken::Kind::End || found == kOperators.end())
    return std::nullopt;
  return found->second;
}

SourceRange spanning(const SourceRange& first, const SourceRange& last) {
  return {first.file, first.line, first.column, last.endLine, last.endColumn};
}

class ExpressionParser {
public:
  explicit ExpressionParser(PolyTokens& tokens) : tokens_(&tokens) {}

  PolySyntax expression() {
    const Depth depth(*this);
    PolySyntax condition = binary(kOr);
    if (!tokens_->accept("?"))
      return condition;
    PolySyntax ifTrue = expression();
    tokens_->expect(":");
    PolySyntax ifFalse = expression();
    const SourceRange range = spanning(condition.range, ifFalse.range);
    return {PolySyntax::Kind::Select, "?:", {std::move(condition), std::move(ifTrue), std::move(ifFalse)}, range};
  }

  PolySyntax cell() {
    const PolyToken name = tokens_->expectName("a name");
    PolySyntax result{PolySyntax::Kind::Name, name.text, {}, name.range};
    while (tokens_->accept("[")) {
      result.kind = PolySyntax::Kind::Cell;
      list("]", result);
    }
    return result;
  }

private:
  /// Guards the stack against texts that are nested without end.
  struct Depth {
    explicit Depth(ExpressionParser& parser) : own(parser) {
      if (++own.depth_ > kDeepest)
        failPoly("bad-text", own.tokens_->peek().range, "the expression is nested too deeply");
    }
    ~Depth() { --own.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ExpressionParser& own;
  };

  /// Operands up to the closing sign.
  void list(const std::string& closing, PolySyntax& result) {
    do {
      result.operands.push_back(expression());
    } while (tokens_->accept(","));
    result.range = spanning(result.range, tokens_->expect(closing).range);
  }

  PolySyntax binary(int level) {
    if (level == kUnary)
      return unary();
    PolySyntax left = binary(level + 1);
    if (level == kComparison)
      return comparisons(std::move(left));
    for (auto op = binaryOperator(tokens_->peek()); op && op->level == level; op = binaryOperator(tokens_->peek())) {
      tokens_->next();
      left = combine(op->text, std::move(left), binary(level + 1));
    }
    return left;
  }

  /// a <= b < c is a <= b and b < c.
  PolySyntax comparisons(PolySyntax left) {
    std::optional<PolySyntax> all;
    for (auto op = binaryOperator(tokens_->peek()); op && op->level == kComparison; op = binaryOperator(tokens_->peek())) {
      tokens_->next();
      PolySyntax right = binary(kComparison + 1);
      PolySyntax one = combine(op->text, std::move(left), right);
      all = all ? combine("&&", std::move(*all), std::move(one)) : std::move(one);
      left = std::move(right);
    }
    return all ? std::move(*all) : left;
  }

  PolySyntax combine(const std::string& op, PolySyntax left, PolySyntax right) {
    const SourceRange range = spanning(left.range, right.range);
    if (++operators_ > kMostOperators)
      failPoly("bad-text", range, fmt::format("the expression has more than {} operators", kMostOperators));
    return {PolySyntax::Kind::Binary, op, {std::move(left), std::move(right)}, range};
  }

  PolySyntax unary() {
    const Depth depth(*this);
    const PolyToken token = tokens_->peek();
    if (token.kind == PolyToken::Kind::End || (token.text != "-" && token.text != "!" && token.text != "not"))
      return primary();
    tokens_->next();
    PolySyntax operand = unary();
    const SourceRange range = spanning(token.range, operand.range);
    return {PolySyntax::Kind::Unary, token.text == "-" ? "-" : "!", {std::move(operand)}, range};
  }

  PolySyntax primary() {
    const PolyToken token = tokens_->peek();
    switch (token.kind) {
    case PolyToken::Kind::Integer:
    case PolyToken::Kind::Floating:
      tokens_->next();
      return {token.kind == PolyToken::Kind::Integer ? PolySyntax::Kind::Integer : PolySyntax::Kind::Floating,
              token.text, {}, token.range};
    case PolyToken::Kind::Word: return named();
    default: break;
    }
    if (!tokens_->accept("("))
      failPoly("bad-text", token.range,
               token.kind == PolyToken::Kind::End
                   ? "the text ends where an expression is wanted"
                   : fmt::format("'{}' stands where an expression is wanted", token.text));
    PolySyntax inner = expression();
    tokens_->expect(")");
    return inner;
  }

  PolySyntax named() {
    PolySyntax result = cell();
    if (result.kind == PolySyntax::Kind::Name && tokens_->accept("(")) {
      result.kind = PolySyntax::Kind::Call;
      list(")", result);
    }
    return result;
  }

  PolyTokens* tokens_;
  int depth_ = 0, operators_ = 0;
};

/// Enough parentheses to be read back.
std::string inner(const PolySyntax& syntax) {
  const bool isCompound = syntax.kind == PolySyntax::Kind::Binary || syntax.kind == PolySyntax::Kind::Select;
  return isCompound ? "(" + toText(syntax) + ")" : toText(syntax);
}

} // namespace

PolySyntax parseExpression(PolyTokens& tokens) { return ExpressionParser(tokens).expression(); }

PolySyntax parseCell(PolyTokens& tokens) { return ExpressionParser(tokens).cell(); }

std::string toText(const PolySyntax& syntax) {
  std::string text = syntax.text;
  switch (syntax.kind) {
  case PolySyntax::Kind::Integer:
  case PolySyntax::Kind::Floating:
  case PolySyntax::Kind::Name: return text;
  case PolySyntax::Kind::Cell:
    for (const PolySyntax& subscript : syntax.operands)
      text += "[" + toText(subscript) + "]";
    return text;
  case PolySyntax::Kind::Call:
    for (std::size_t k = 0; k < syntax.operands.size(); ++k)
      text += (k == 0 ? "(" : ", ") + toText(syntax.operands[k]);
    return text + ")";
  case PolySyntax::Kind::Unary: return text + inner(syntax.operands[0]);
  case PolySyntax::Kind::Binary: return inner(syntax.operands[0]) + " " + text + " " + inner(syntax.operands[1]);
  case PolySyntax::Kind::Select: break;
  }
  return inner(syntax.operands[0]) + " ? " + inner(syntax.operands[1]) + " : " + inner(syntax.operands[2]);
}

} // namespace polyloom
