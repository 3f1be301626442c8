#include "core/codegen/c_expr.h"

#include "core/codegen/index_expr.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(IndexText, PutsParenthesesOnlyWhereTheyAreNeeded) {
  const IndexExpr a = variable("a");
  const IndexExpr b = variable("b");
  const IndexExpr c = variable("c");
  EXPECT_EQ(toC(a + b + c), "a + b + c");
  EXPECT_EQ(toC(a - (b - c)), "a - (b - c)");
  EXPECT_EQ(toC(a - (b + c)), "a - (b + c)");
  EXPECT_EQ(toC((a + b) * c), "(a + b) * c");
  EXPECT_EQ(toC(a + b * c), "a + b * c");
  EXPECT_EQ(toC(combine(Op::DivideExact, {a, b * c})), "a / (b * c)");
  EXPECT_EQ(toC(combine(Op::ModuloPositive, {a + b, constant(4)})), "(a + b) % 4");
  EXPECT_EQ(toC(combine(Op::Negate, {a + b})), "-(a + b)");
  EXPECT_EQ(toC(combine(Op::Negate, {constant(-3)})), "-(-3)");
  EXPECT_EQ(toC(combine(Op::And, {combine(Op::Or, {a, b}), c})), "(a || b) && c");
  EXPECT_EQ(toC(combine(Op::Equal, {combine(Op::ModuloZero, {a, constant(2)}), constant(0)})), "a % 2 == 0");
  EXPECT_EQ(toC(combine(Op::Select, {combine(Op::Less, {a, b}), a, b})), "a < b ? a : b");
}

TEST(IndexText, NestsMinimaMaximaAndFloors) {
  const IndexExpr a = variable("a");
  EXPECT_EQ(toC(combine(Op::Min, {a, constant(2), variable("b")})), "pl_min(pl_min(a, 2), b)");
  EXPECT_EQ(toC(maximum(a, constant(-1)) + 1), "pl_max(a, -1) + 1");
  EXPECT_EQ(toC(combine(Op::DivideFloor, {a - 1, constant(32)})), "pl_floord(a - 1, 32)");
}

TEST(IndexSum, FoldsConstants) {
  const IndexExpr n = variable("N");
  EXPECT_EQ(toC(plus(constant(3), -5)), "-2");
  EXPECT_EQ(toC(plus(n, -1)), "N - 1");
  EXPECT_EQ(toC(plus(plus(n, -1), -1)), "N - 2");
  EXPECT_EQ(toC(plus(plus(n, -1), 1)), "N");
  EXPECT_EQ(toC(plus(plus(n, -1), 3)), "N + 2");
}

/// "x[0] = …;" of a value over one array x and a scalar alpha.
std::string assignment(const ExprPtr& value) {
  Kernel kernel;
  kernel.arrays = {array("x", {constant(10)})};
  kernel.scalars = {{"alpha", ElementType::Float64, 1.5}};
  kernel.statements = {statement({0, 0}, value)};
  StatementCall call{.statement = 0, .subscripts = {{constant(0)}, {variable("i") + 1}}};
  call.affineValues = {variable("i") + 2};
  return toC(kernel, call);
}

ExprPtr alpha() { return makeScalar(0, ElementType::Float64); }

TEST(ValueText, KeepsTheTreeOfOperations) {
  EXPECT_EQ(assignment(binary(Operator::Subtract, read(1), binary(Operator::Subtract, alpha(), read(1)))),
            "x[0] = x[i + 1] - (alpha - x[i + 1]);");
  EXPECT_EQ(assignment(binary(Operator::Multiply, binary(Operator::Add, read(1), alpha()), alpha())),
            "x[0] = (x[i + 1] + alpha) * alpha;");
  EXPECT_EQ(assignment(binary(Operator::Add, read(1), binary(Operator::Add, alpha(), alpha()))),
            "x[0] = x[i + 1] + (alpha + alpha);"); // floating-point sums are not associative
  EXPECT_EQ(assignment(makeUnary(Operator::Negate, ElementType::Float64, binary(Operator::Add, alpha(), alpha()))),
            "x[0] = -(alpha + alpha);");
  EXPECT_EQ(assignment(makeUnary(Operator::Negate, ElementType::Float64, makeFloating(-1.5))), "x[0] = -(-1.5);");
}

TEST(ValueText, WritesNumbersThatReadBack) {
  EXPECT_EQ(assignment(makeFloating(3)), "x[0] = 3.0;");
  EXPECT_EQ(assignment(makeFloating(0.1)), "x[0] = 0.1;");
  EXPECT_EQ(assignment(makeFloating(1e300)), "x[0] = 1e+300;");
  EXPECT_EQ(assignment(makeFloating(2, ElementType::Float32)), "x[0] = 2.0f;");
  EXPECT_EQ(assignment(makeInteger(5, ElementType::Int64)), "x[0] = 5L;");
  EXPECT_EQ(assignment(makeInteger(-5)), "x[0] = -5;");
}

TEST(ValueText, WritesCastsCallsAndChoices) {
  EXPECT_EQ(assignment(makeCast(ElementType::Float32, binary(Operator::Add, alpha(), alpha()))),
            "x[0] = (float)(alpha + alpha);");
  EXPECT_EQ(assignment(makeCall("sqrt", ElementType::Float64, {binary(Operator::Add, alpha(), alpha())})),
            "x[0] = sqrt(alpha + alpha);");
  const ExprPtr less = makeBinary(Operator::Less, ElementType::Int32, read(1), alpha());
  EXPECT_EQ(assignment(makeSelect(less, read(1), alpha())), "x[0] = x[i + 1] < alpha ? x[i + 1] : alpha;");
  EXPECT_EQ(assignment(binary(Operator::Add, makeSelect(less, read(1), alpha()), alpha())),
            "x[0] = (x[i + 1] < alpha ? x[i + 1] : alpha) + alpha;");
}

TEST(ValueText, CastsLoopVariablesBackToTheSourcesType) {
  EXPECT_EQ(assignment(makeAffine(0, ElementType::Int32)), "x[0] = (int)(i + 2);");
  EXPECT_EQ(assignment(makeAffine(0, ElementType::Int64)), "x[0] = (i + 2);");
}

TEST(Macros, AreDefinedWhereTheyAreUsed) {
  EXPECT_EQ(macroDefinitions("i <= pl_min(a, b)"), "#define pl_min(a, b) ((a) < (b) ? (a) : (b))\n");
  EXPECT_EQ(macroUndefinitions("i <= pl_min(a, b)"), "#undef pl_min\n");
  EXPECT_EQ(macroDefinitions("i <= a"), "");
}

} // namespace
} // namespace polyloom::test
