// C's operators, types, conversions and math functions, against the same expressions in C++.
#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

#include <cmath>
#include <limits>

namespace polyloom::test {

namespace {

constexpr std::int64_t kCount = 64;

template <typename T> constexpr ElementType elementOf() {
  if constexpr (std::is_same_v<T, float>)
    return ElementType::Float32;
  else if constexpr (std::is_same_v<T, double>)
    return ElementType::Float64;
  else
    return sizeof(T) == 1   ? ElementType::Int8
           : sizeof(T) == 2 ? ElementType::Int16
           : sizeof(T) == 4 ? ElementType::Int32
                            : ElementType::Int64;
}

/// out[i] = value(a[i], b[i]), with `value` over accesses 1 (a) and 2 (b), sequential or in lanes.
template <typename Out, typename In> Kernel pointwise(ExprPtr value, int width) {
  Kernel kernel;
  kernel.function = "pointwise";
  kernel.parameters = {{"N", kCount}};
  kernel.arrays = {array("out", {variable("N")}, elementOf<Out>()), array("a", {variable("N")}, elementOf<In>()),
                   array("b", {variable("N")}, elementOf<In>())};
  kernel.statements = {statement({0, 1, 2}, std::move(value))};
  const IndexExpr i = variable("i");
  const LoopNode body = call(0, {{i}, {i}, {i}}, {2 * i - 40});
  if (width == 0)
    kernel.body = loop("i", constant(0), variable("N") - 1, body);
  else
    kernel.body = loop("g", constant(0), variable("N") - 1,
                       loop("i", variable("g"), minimum(variable("N") - 1, variable("g") + (width - 1)), body,
                            {.vectorWidth = width}),
                       {}, width);
  return kernel;
}

/// Compares with `expected(a, b, i)` in each cell, for one instance at a time and for groups of lanes.
template <typename Out, typename In, typename Expected> void expectCells(ExprPtr value, Expected expected) {
  for (const int width : {0, 4, 5, 16}) {
    const Execution run(pointwise<Out, In>(value, width), {}, {.contract = false});
    ASSERT_EQ(run.error(), "");
    const auto a = run.before<In>("a"), b = run.before<In>("b");
    const auto out = run.after<Out>("out");
    for (std::size_t i = 0; i < kCount; ++i)
      EXPECT_EQ(out[i], static_cast<Out>(expected(a[i], b[i], static_cast<std::int64_t>(i))))
          << "a = " << +a[i] << ", b = " << +b[i] << ", width " << width;
  }
}

template <typename T> ExprPtr a() { return makeRead(1, elementOf<T>()); }
template <typename T> ExprPtr b() { return makeRead(2, elementOf<T>()); }

template <typename T, typename Expected> void expectBinary(Operator op, Expected expected) {
  expectCells<T, T>(makeBinary(op, elementOf<T>(), a<T>(), b<T>()),
                    [&](T x, T y, std::int64_t) { return expected(x, y); });
}

template <typename T, typename Expected> void expectComparison(Operator op, Expected expected) {
  expectCells<std::int32_t, T>(makeBinary(op, ElementType::Int32, a<T>(), b<T>()),
                               [&](T x, T y, std::int64_t) { return expected(x, y); });
}

template <typename T> void expectArithmetic() {
  expectBinary<T>(Operator::Add, [](T x, T y) { return x + y; });
  expectBinary<T>(Operator::Subtract, [](T x, T y) { return x - y; });
  expectBinary<T>(Operator::Multiply, [](T x, T y) { return x * y; });
  expectComparison<T>(Operator::Less, [](T x, T y) { return x < y; });
  expectComparison<T>(Operator::LessEqual, [](T x, T y) { return x <= y; });
  expectComparison<T>(Operator::Greater, [](T x, T y) { return x > y; });
  expectComparison<T>(Operator::GreaterEqual, [](T x, T y) { return x >= y; });
  expectComparison<T>(Operator::Equal, [](T x, T y) { return x == y; });
  expectComparison<T>(Operator::NotEqual, [](T x, T y) { return x != y; });
  expectCells<T, T>(makeUnary(Operator::Negate, elementOf<T>(), a<T>()), [](T x, T, auto) { return -x; });
  expectCells<std::int32_t, T>(makeUnary(Operator::Not, ElementType::Int32, a<T>()), [](T x, T, auto) { return !x; });
}

template <typename T> void expectBits() {
  expectBinary<T>(Operator::BitAnd, [](T x, T y) { return x & y; });
  expectBinary<T>(Operator::BitOr, [](T x, T y) { return x | y; });
  expectBinary<T>(Operator::BitXor, [](T x, T y) { return x ^ y; });
  expectBinary<T>(Operator::ShiftLeft, [](T x, T y) { return x << y; });
  expectBinary<T>(Operator::ShiftRight, [](T x, T y) { return x >> y; });
  expectCells<T, T>(makeUnary(Operator::BitNot, elementOf<T>(), a<T>()), [](T x, T, auto) { return ~x; });
}

ExprPtr affine(ElementType type = ElementType::Int32) { return makeAffine(0, type); }

} // namespace

TEST(Operators, ArithmeticOnDouble) {
  expectArithmetic<double>();
  expectBinary<double>(Operator::Divide, [](double x, double y) { return x / y; });
}

TEST(Operators, ArithmeticOnFloat) {
  expectArithmetic<float>();
  expectBinary<float>(Operator::Divide, [](float x, float y) { return x / y; });
}

TEST(Operators, ArithmeticOnInt) {
  expectArithmetic<std::int32_t>();
  expectBits<std::int32_t>();
}

TEST(Operators, ArithmeticOnLong) {
  expectArithmetic<std::int64_t>();
  expectBits<std::int64_t>();
}

TEST(Operators, IntegerDivisionTruncates) {
  const ExprPtr divisor = binary(Operator::Add, b<std::int32_t>(), makeInteger(1));
  expectCells<std::int32_t, std::int32_t>(binary(Operator::Divide, affine(), divisor),
                                          [](auto, auto y, auto i) { return (2 * i - 40) / (y + 1); });
  expectCells<std::int32_t, std::int32_t>(binary(Operator::Remainder, affine(), divisor),
                                          [](auto, auto y, auto i) { return (2 * i - 40) % (y + 1); });
}

TEST(Operators, SmallTypesArePromotedAndNarrowed) {
  // out (short) = (int)a * 1000 + (int)b, from char
  const auto widened = [](int access) { return makeCast(ElementType::Int32, makeRead(access, ElementType::Int8)); };
  const ExprPtr value = binary(Operator::Add, binary(Operator::Multiply, widened(1), makeInteger(1000)), widened(2));
  expectCells<std::int16_t, std::int8_t>(makeCast(ElementType::Int16, value),
                                         [](auto x, auto y, auto) { return x * 1000 + y; });
  expectCells<std::int8_t, std::int8_t>(makeCast(ElementType::Int8, value),
                                        [](auto x, auto y, auto) { return x * 1000 + y; });
}

TEST(Operators, ConversionsBetweenFloatingAndInteger) {
  const ExprPtr scaled = binary(Operator::Multiply, a<double>(), makeFloating(-100));
  expectCells<std::int32_t, double>(makeCast(ElementType::Int32, scaled), [](double x, auto, auto) { return x * -100; });
  expectCells<std::int64_t, double>(makeCast(ElementType::Int64, scaled), [](double x, auto, auto) { return x * -100; });
  expectCells<float, double>(makeCast(ElementType::Float32, scaled), [](double x, auto, auto) { return x * -100; });
  expectCells<double, float>(makeCast(ElementType::Float64, a<float>()), [](float x, auto, auto) { return x; });
  expectCells<double, std::int32_t>(makeCast(ElementType::Float64, affine()),
                                    [](auto, auto, auto i) { return 2 * i - 40; });
}

TEST(Operators, SelectTakesOneArm) {
  const ExprPtr isLess = makeBinary(Operator::Less, ElementType::Int32, a<double>(), b<double>());
  expectCells<double, double>(makeSelect(isLess, b<double>(), a<double>()),
                              [](double x, double y, auto) { return x < y ? y : x; });
}

TEST(Operators, TheArmNotTakenMayDivideByZero) {
  const ExprPtr isZero = makeBinary(Operator::Equal, ElementType::Int32, b<std::int32_t>(), makeInteger(0));
  const ExprPtr quotient = binary(Operator::Divide, affine(), b<std::int32_t>());
  expectCells<std::int32_t, std::int32_t>(makeSelect(isZero, makeInteger(-1), quotient),
                                          [](auto, auto y, auto i) { return y == 0 ? -1 : (2 * i - 40) / y; });
}

TEST(Operators, TheArmNotTakenMayReadOutsideItsArray) {
  // out[i] = i - 1 >= 0 ? a[i - 1000000 * (i < 1)] : 7, in C: the first read would crash
  for (const int width : {0, 8}) {
    Kernel kernel = pointwise<double, double>(makeFloating(0), width);
    const IndexExpr i = variable("i");
    const ExprPtr isInside = makeBinary(Operator::Greater, ElementType::Int32, makeAffine(0, ElementType::Int32),
                                        makeInteger(0));
    kernel.statements = {statement({0, 1}, makeSelect(isInside, read(1), makeFloating(7)))};
    const IndexExpr far = i - 1000000 * combine(Op::Less, {i, constant(1)});
    LoopNode* body = &kernel.body;
    while (body->kind == LoopNode::Kind::For)
      body = &body->children[0];
    *body = call(0, {{i}, {far}}, {i});
    const Execution run(kernel);
    ASSERT_EQ(run.error(), "");
    auto expected = run.before("a");
    expected[0] = 7;
    EXPECT_EQ(run.after("out"), expected);
  }
}

TEST(Operators, LogicalOperatorsStopWhereDecided) {
  const auto isPositive = [](ExprPtr value) {
    return makeBinary(Operator::Greater, ElementType::Int32, std::move(value), makeInteger(0));
  };
  const ExprPtr quotient = isPositive(binary(Operator::Divide, affine(), b<std::int32_t>()));
  const ExprPtr isZero = makeBinary(Operator::Equal, ElementType::Int32, b<std::int32_t>(), makeInteger(0));
  const ExprPtr both = makeBinary(Operator::And, ElementType::Int32, b<std::int32_t>(), quotient);
  const ExprPtr either = makeBinary(Operator::Or, ElementType::Int32, isZero, quotient);
  expectCells<std::int32_t, std::int32_t>(both, [](auto, auto y, auto i) { return y && (2 * i - 40) / y > 0; });
  expectCells<std::int32_t, std::int32_t>(either, [](auto, auto y, auto i) { return y == 0 || (2 * i - 40) / y > 0; });
  const ExprPtr safe = makeBinary(Operator::And, ElementType::Int32, a<std::int32_t>(), b<std::int32_t>());
  expectCells<std::int32_t, std::int32_t>(safe, [](auto x, auto y, auto) { return x && y; });
}

TEST(Operators, ScalarsComeAsTheirTypes) {
  Kernel kernel = axpy(16);
  kernel.scalars = {{"alpha", ElementType::Float64, 0.1}, {"count", ElementType::Int32, -3}};
  const ExprPtr count = makeCast(ElementType::Float64, makeScalar(1, ElementType::Int32));
  kernel.statements = {statement(
      {0, 0, 1}, binary(Operator::Add, binary(Operator::Multiply, read(2), makeScalar(0, ElementType::Float64)), count))};
  MeasureOptions options;
  options.scalars = {{"alpha", 2.5}};
  const Execution run(kernel, options, {.contract = false});
  ASSERT_EQ(run.error(), "");
  const auto x = run.before("x"), y = run.after("y");
  for (std::size_t i = 0; i < y.size(); ++i)
    EXPECT_EQ(y[i], x[i] * 2.5 - 3);
}

TEST(Operators, MathFunctionsAgreeWithTheLibrary) {
  struct Case {
    const char* name;
    double (*function)(double);
  };
  const Case cases[] = {{"sqrt", std::sqrt}, {"fabs", std::fabs}, {"floor", std::floor}, {"ceil", std::ceil},
                        {"trunc", std::trunc}, {"rint", std::rint}, {"nearbyint", std::nearbyint},
                        {"round", std::round}, {"exp", std::exp}, {"log", std::log}, {"sin", std::sin},
                        {"cos", std::cos}, {"tanh", std::tanh}, {"cbrt", std::cbrt}, {"erf", std::erf}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const ExprPtr argument = binary(Operator::Multiply, a<double>(), makeFloating(3.7));
    expectCells<double, double>(makeCall(one.name, ElementType::Float64, {argument}),
                                [&](double x, auto, auto) { return one.function(x * 3.7); });
  }
}

TEST(Operators, MathFunctionsOfTwoAndThreeArguments) {
  const auto call2 = [](const char* name) { return makeCall(name, ElementType::Float64, {a<double>(), b<double>()}); };
  expectCells<double, double>(call2("pow"), [](double x, double y, auto) { return std::pow(x, y); });
  expectCells<double, double>(call2("fmin"), [](double x, double y, auto) { return std::fmin(x, y); });
  expectCells<double, double>(call2("fmax"), [](double x, double y, auto) { return std::fmax(x, y); });
  expectCells<double, double>(call2("fmod"), [](double x, double y, auto) { return std::fmod(x, y); });
  expectCells<double, double>(call2("atan2"), [](double x, double y, auto) { return std::atan2(x, y); });
  expectCells<double, double>(call2("copysign"), [](double x, double y, auto) { return std::copysign(x, y); });
  expectCells<double, double>(makeCall("fma", ElementType::Float64, {a<double>(), b<double>(), makeFloating(0.3)}),
                              [](double x, double y, auto) { return std::fma(x, y, 0.3); });
}

TEST(Operators, MathFunctionsOfOtherTypes) {
  expectCells<float, float>(makeCall("sqrtf", ElementType::Float32, {a<float>()}),
                            [](float x, auto, auto) { return std::sqrt(x); });
  expectCells<float, float>(makeCall("expf", ElementType::Float32, {a<float>()}),
                            [](float x, auto, auto) { return std::exp(x); });
  expectCells<std::int32_t, std::int32_t>(makeCall("abs", ElementType::Int32, {affine()}),
                                          [](auto, auto, auto i) { return std::abs(2 * i - 40); });
  expectCells<std::int64_t, std::int64_t>(makeCall("labs", ElementType::Int64, {affine(ElementType::Int64)}),
                                          [](auto, auto, auto i) { return std::abs(2 * i - 40); });
}

TEST(Operators, SpecialFloatingValues) {
  const double infinity = std::numeric_limits<double>::infinity();
  const ExprPtr quotient = binary(Operator::Divide, a<double>(), makeFloating(0));
  expectCells<double, double>(quotient, [&](double, auto, auto) { return infinity; });
  const ExprPtr undefined = binary(Operator::Subtract, quotient, quotient);
  expectCells<std::int32_t, double>(makeBinary(Operator::NotEqual, ElementType::Int32, undefined, undefined),
                                    [](auto, auto, auto) { return 1; });
  expectCells<std::int32_t, double>(makeBinary(Operator::LessEqual, ElementType::Int32, undefined, undefined),
                                    [](auto, auto, auto) { return 0; });
}

} // namespace polyloom::test
