#include "core/poly/affine.h"

#include "core/assemble/iteration.h"
#include "core/isl/sets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

namespace polyloom {

namespace {

[[noreturn]] void failAffine(const PolySyntax& syntax, const std::string& why) {
  failPoly("not-affine", syntax.range, fmt::format("'{}' is not affine: {}", toText(syntax), why));
}

bool isComparison(const std::string& op) {
  return op == "<" || op == "<=" || op == ">" || op == ">=" || op == "==" || op == "!=";
}

/// Isl's operations take parts whose parameters are constants, too: only a literal is a number here.
std::optional<long> literal(const PolySyntax& syntax) {
  if (syntax.kind == PolySyntax::Kind::Unary && syntax.text == "-") {
    const std::optional<long> positive = literal(syntax.operands[0]);
    return positive ? std::optional(-*positive) : std::nullopt;
  }
  long value = 0;
  const char* end = syntax.text.data() + syntax.text.size();
  if (syntax.kind != PolySyntax::Kind::Integer || std::from_chars(syntax.text.data(), end, value) != std::from_chars_result{end, {}})
    return std::nullopt;
  return value;
}

} // namespace

isl::pw_aff PolyAffine::value(const PolySyntax& syntax) const {
  switch (syntax.kind) {
  case PolySyntax::Kind::Integer: return constantValue(ctx_, number(syntax, "a number of at most 18 digits"));
  case PolySyntax::Kind::Floating: failAffine(syntax, "it has to be an integer");
  case PolySyntax::Kind::Name: return name(syntax);
  case PolySyntax::Kind::Cell: failAffine(syntax, "the contents of an array are not known");
  case PolySyntax::Kind::Call: return call(syntax);
  case PolySyntax::Kind::Unary:
    if (syntax.text == "-")
      return value(syntax.operands[0]).neg();
    break;
  case PolySyntax::Kind::Binary: return binary(syntax);
  case PolySyntax::Kind::Select: break;
  }
  failAffine(syntax, "wanted a sum of iterators and parameters");
}

isl::pw_aff PolyAffine::name(const PolySyntax& syntax) const {
  if (!names_.contains(syntax.text))
    failPoly("unknown-name", syntax.range,
             fmt::format("'{}' is no iterator and no parameter here; there are {}", syntax.text,
                         names_.empty() ? "none" : fmt::format("{}", fmt::join(names_, ", "))));
  return parameterValue(ctx_, syntax.text);
}

isl::pw_aff PolyAffine::call(const PolySyntax& syntax) const {
  const std::vector<PolySyntax>& operands = syntax.operands;
  if ((syntax.text == "min" || syntax.text == "max") && operands.size() >= 2) {
    isl::pw_aff result = value(operands[0]);
    for (std::size_t k = 1; k < operands.size(); ++k)
      result = syntax.text == "min" ? result.min(value(operands[k])) : result.max(value(operands[k]));
    return result;
  }
  const bool isQuotient = operands.size() == 1 && operands[0].kind == PolySyntax::Kind::Binary && operands[0].text == "/";
  if (syntax.text != "floor" || !isQuotient)
    failAffine(syntax, "of the functions there are floor(… / n), min and max");
  const long divisor = number(operands[0].operands[1], "a positive number to divide by");
  if (divisor <= 0)
    failAffine(operands[0], "wanted a positive number to divide by");
  return value(operands[0].operands[0]).scale_down(isl::val(ctx_, divisor)).floor();
}

isl::pw_aff PolyAffine::binary(const PolySyntax& syntax) const {
  if (syntax.text == "+")
    return value(syntax.operands[0]).add(value(syntax.operands[1]));
  if (syntax.text == "-")
    return value(syntax.operands[0]).sub(value(syntax.operands[1]));
  if (syntax.text == "*")
    return product(syntax);
  if (syntax.text == "/")
    failAffine(syntax, fmt::format("wanted floor({})", toText(syntax)));
  if (syntax.text != "%")
    failAffine(syntax, "a condition stands where a value is wanted");
  const long modulus = number(syntax.operands[1], "a positive number behind mod");
  if (modulus <= 0)
    failAffine(syntax, "wanted a positive number behind mod");
  return value(syntax.operands[0]).mod(isl::val(ctx_, modulus));
}

isl::pw_aff PolyAffine::product(const PolySyntax& syntax) const {
  const isl::pw_aff left = value(syntax.operands[0]), right = value(syntax.operands[1]);
  if (!isConstant(left) && !isConstant(right))
    failAffine(syntax, "one side of a product has to be a number");
  return left.mul(right);
}

long PolyAffine::number(const PolySyntax& syntax, const char* wanted) const {
  const std::optional<long> value = literal(syntax);
  if (!value || std::abs(*value) > 1'000'000'000'000'000'000L)
    failAffine(syntax, std::string("wanted ") + wanted);
  return *value;
}

isl::set PolyAffine::condition(const PolySyntax& syntax) const {
  const std::string& op = syntax.text;
  if (syntax.kind == PolySyntax::Kind::Unary && op == "!")
    return condition(syntax.operands[0]).complement();
  if (syntax.kind != PolySyntax::Kind::Binary || (op != "&&" && op != "||" && !isComparison(op)))
    failPoly("not-affine", syntax.range,
             fmt::format("'{}' is no condition; wanted comparisons, joined by and, or, not", toText(syntax)));
  if (op == "&&")
    return condition(syntax.operands[0]).intersect(condition(syntax.operands[1]));
  if (op == "||")
    return condition(syntax.operands[0]).unite(condition(syntax.operands[1]));
  const isl::pw_aff left = value(syntax.operands[0]), right = value(syntax.operands[1]);
  if (op == "<")
    return left.lt_set(right);
  if (op == "<=")
    return left.le_set(right);
  if (op == ">")
    return left.gt_set(right);
  if (op == ">=")
    return left.ge_set(right);
  return op == "==" ? left.eq_set(right) : left.ne_set(right);
}

} // namespace polyloom
