// The values of a program text's statements, with the conversions of C.
#include "core/poly/statement.h"

#include "core/assemble/iteration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace polyloom {

namespace {

Operator operatorOf(const std::string& text) {
  static const std::map<std::string, Operator> kOperators = {
      {"+", Operator::Add},      {"-", Operator::Subtract},   {"*", Operator::Multiply},      {"/", Operator::Divide},
      {"%", Operator::Remainder}, {"<", Operator::Less},      {"<=", Operator::LessEqual},    {">", Operator::Greater},
      {">=", Operator::GreaterEqual}, {"==", Operator::Equal}, {"!=", Operator::NotEqual},    {"&&", Operator::And},
      {"||", Operator::Or}};
  return kOperators.at(text);
}

bool isComparison(Operator op) { return op >= Operator::Less && op <= Operator::NotEqual; }

ExprPtr integerOf(const PolySyntax& syntax) {
  std::int64_t value = 0;
  const char* end = syntax.text.data() + syntax.text.size();
  if (std::from_chars(syntax.text.data(), end, value).ec != std::errc())
    failPoly("bad-number", syntax.range, fmt::format("{} has more than 64 bits", syntax.text));
  return makeInteger(value, value > INT32_MAX ? ElementType::Int64 : ElementType::Int32);
}

/// Arguments of a function of the math library.
std::size_t arityOf(const std::string& name) {
  if (name == "fma")
    return 3;
  return name == "atan2" || name == "copysign" || name == "fdim" || name == "fmax" || name == "fmin" || name == "fmod" ||
                 name == "hypot" || name == "pow"
             ? 2
             : 1;
}

} // namespace

ElementType commonType(ElementType a, ElementType b) {
  return std::max({ElementType::Int32, a, b}); // the types stand in the order of their ranks
}

bool PolyStatementReader::isLinear(const PolySyntax& syntax) const {
  switch (syntax.kind) {
  case PolySyntax::Kind::Integer: return true;
  case PolySyntax::Kind::Name: return affine_.knows(syntax.text);
  case PolySyntax::Kind::Unary: return syntax.text == "-" && isLinear(syntax.operands[0]);
  case PolySyntax::Kind::Binary: break;
  default: return false;
  }
  const auto isInteger = [](const PolySyntax& operand) { return operand.kind == PolySyntax::Kind::Integer; };
  const bool isProduct = syntax.text == "*" && (isInteger(syntax.operands[0]) || isInteger(syntax.operands[1]));
  return (syntax.text == "+" || syntax.text == "-" || isProduct) && isLinear(syntax.operands[0]) && isLinear(syntax.operands[1]);
}

/// Iterators and parameters are integers without bounds: as values, the longest that there are.
ExprPtr PolyStatementReader::affineValue(const PolySyntax& syntax) {
  const isl::multi_id tuple = tupleOf(scope_.ctx, text_.name.text, iterators_);
  result_.affineValues.push_back(isl::multi_pw_aff(affine_.value(syntax).unbind_params_insert_domain(tuple)).at(0));
  return makeAffine(static_cast<int>(result_.affineValues.size()) - 1, ElementType::Int64);
}

ExprPtr PolyStatementReader::value(const PolySyntax& syntax) {
  if (syntax.kind != PolySyntax::Kind::Integer && isLinear(syntax))
    return affineValue(syntax);
  switch (syntax.kind) {
  case PolySyntax::Kind::Integer: return integerOf(syntax);
  case PolySyntax::Kind::Floating:
    return makeFloating(std::strtod(syntax.text.c_str(), nullptr),
                        syntax.text.ends_with('f') ? ElementType::Float32 : ElementType::Float64);
  case PolySyntax::Kind::Name:
  case PolySyntax::Kind::Cell: return name(syntax);
  case PolySyntax::Kind::Call: return call(syntax);
  case PolySyntax::Kind::Unary: return unary(syntax);
  case PolySyntax::Kind::Binary: return binary(syntax);
  case PolySyntax::Kind::Select: break;
  }
  return select(syntax);
}

ExprPtr PolyStatementReader::name(const PolySyntax& syntax) {
  const auto& scalars = scope_.scop.scalars;
  const auto scalar = std::ranges::find(scalars, syntax.text, &DataScalar::name);
  if (scalar != scalars.end() && syntax.kind == PolySyntax::Kind::Name)
    return makeScalar(static_cast<int>(scalar - scalars.begin()), scalar->type);
  if (syntax.kind == PolySyntax::Kind::Name && std::ranges::find(scope_.scop.arrays, syntax.text, &Array::name) == scope_.scop.arrays.end())
    failPoly("unknown-name", syntax.range,
             fmt::format("'{0}' is no iterator, parameter, scalar or array; wanted a line such as \"scalar {0}\"", syntax.text));
  const int access = addAccess(syntax, false);
  const int array = result_.accesses[static_cast<std::size_t>(access)].array;
  return makeRead(access, scope_.scop.arrays[static_cast<std::size_t>(array)].element);
}

ExprPtr PolyStatementReader::call(const PolySyntax& syntax) {
  if (syntax.text == "min" || syntax.text == "max")
    return extremum(syntax);
  if (!isPureMathFunction(syntax.text))
    failPoly("unknown-function", syntax.range, fmt::format("'{}' is no function of C's math library", syntax.text));
  const std::string plain = syntax.text.substr(0, syntax.text.size() - 1);
  const bool isFloat = syntax.text.ends_with('f') && isPureMathFunction(plain);
  const std::size_t arity = arityOf(isFloat ? plain : syntax.text);
  if (syntax.operands.size() != arity)
    failPoly("wrong-arguments", syntax.range,
             fmt::format("'{}' has {} arguments; {} takes {}", toText(syntax), syntax.operands.size(), syntax.text, arity));
  const ElementType type = syntax.text == "abs"    ? ElementType::Int32
                           : syntax.text == "labs" ? ElementType::Int64
                           : isFloat               ? ElementType::Float32
                                                   : ElementType::Float64;
  std::vector<ExprPtr> arguments;
  for (const PolySyntax& operand : syntax.operands)
    arguments.push_back(makeCast(type, value(operand)));
  return makeCall(syntax.text, type, std::move(arguments));
}

/// min(a, b) is a < b ? a : b.
ExprPtr PolyStatementReader::extremum(const PolySyntax& syntax) {
  ExprPtr result = value(syntax.operands[0]);
  for (std::size_t k = 1; k < syntax.operands.size(); ++k) {
    ExprPtr other = value(syntax.operands[k]);
    const ElementType type = commonType(result->type, other->type);
    result = makeCast(type, result);
    other = makeCast(type, other);
    const ExprPtr condition = makeBinary(syntax.text == "min" ? Operator::Less : Operator::Greater, ElementType::Int32, result, other);
    result = makeSelect(condition, result, other);
  }
  return result;
}

ExprPtr PolyStatementReader::unary(const PolySyntax& syntax) {
  const ExprPtr operand = value(syntax.operands[0]);
  if (syntax.text == "!")
    return makeUnary(Operator::Not, ElementType::Int32, operand);
  const ElementType type = commonType(operand->type, operand->type);
  return makeUnary(Operator::Negate, type, makeCast(type, operand));
}

ExprPtr PolyStatementReader::binary(const PolySyntax& syntax) {
  const Operator op = operatorOf(syntax.text);
  if (op == Operator::And || op == Operator::Or)
    return lazy(syntax);
  const ExprPtr left = value(syntax.operands[0]), right = value(syntax.operands[1]);
  const ElementType type = commonType(left->type, right->type);
  if (op == Operator::Remainder && isFloating(type))
    failPoly("wrong-type", syntax.range, fmt::format("'{}' takes the remainder of floating-point numbers; wanted fmod", toText(syntax)));
  return makeBinary(op, isComparison(op) ? ElementType::Int32 : type, makeCast(type, left), makeCast(type, right));
}

/// The right side is evaluated where the left one does not decide.
ExprPtr PolyStatementReader::lazy(const PolySyntax& syntax) {
  const Operator op = operatorOf(syntax.text);
  const ExprPtr left = value(syntax.operands[0]);
  const std::optional<isl::set> holds = decided(syntax.operands[0]);
  const isl::set goesOn = !holds ? allParameters(scope_.ctx) : op == Operator::And ? *holds : holds->complement();
  return makeBinary(op, ElementType::Int32, left, valueWhere(syntax.operands[1], goesOn));
}

ExprPtr PolyStatementReader::select(const PolySyntax& syntax) {
  const ExprPtr condition = value(syntax.operands[0]);
  const std::optional<isl::set> holds = decided(syntax.operands[0]);
  const isl::set all = allParameters(scope_.ctx);
  const ExprPtr ifTrue = valueWhere(syntax.operands[1], holds.value_or(all));
  const ExprPtr ifFalse = valueWhere(syntax.operands[2], holds ? holds->complement() : all);
  const ElementType type = commonType(ifTrue->type, ifFalse->type);
  return makeSelect(condition, makeCast(type, ifTrue), makeCast(type, ifFalse));
}

ExprPtr PolyStatementReader::valueWhere(const PolySyntax& syntax, const isl::set& condition) {
  const isl::set outer = std::exchange(reached_, reached_.intersect(condition));
  ExprPtr result = value(syntax);
  reached_ = outer;
  return result;
}

std::optional<isl::set> PolyStatementReader::decided(const PolySyntax& condition) const {
  try {
    return affine_.condition(condition);
  } catch (const BadPoly&) { // data decides
    return std::nullopt;
  }
}

} // namespace polyloom
