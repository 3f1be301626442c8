#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {

namespace {

std::int64_t valueOf(const IndexExpr& expr) {
  return evaluate(expr, [](const std::string& name) { return name == "n" ? std::int64_t{-7} : std::int64_t{3}; });
}

std::int64_t valueOf(Op op, std::int64_t left, std::int64_t right) {
  return valueOf(combine(op, {constant(left), constant(right)}));
}

} // namespace

TEST(Evaluate, LooksVariablesUp) {
  EXPECT_EQ(valueOf(variable("n") + variable("i")), -4);
}

TEST(Evaluate, DivisionsRoundAsTheirNamesSay) {
  EXPECT_EQ(valueOf(Op::DivideFloor, -7, 4), -2);
  EXPECT_EQ(valueOf(Op::DivideFloor, 7, 4), 1);
  EXPECT_EQ(valueOf(Op::DivideFloor, -8, 4), -2);
  EXPECT_EQ(valueOf(Op::DivideExact, -8, 4), -2);
  EXPECT_EQ(valueOf(Op::DividePositive, 9, 4), 2);
  EXPECT_EQ(valueOf(Op::ModuloPositive, 9, 4), 1);
  EXPECT_NE(valueOf(Op::ModuloZero, -9, 4), 0);
  EXPECT_EQ(valueOf(Op::ModuloZero, -8, 4), 0);
}

TEST(Evaluate, FoldsManyOperands) {
  EXPECT_EQ(valueOf(combine(Op::Min, {constant(4), constant(-1), constant(2)})), -1);
  EXPECT_EQ(valueOf(combine(Op::Max, {constant(4), constant(9), constant(2)})), 9);
  EXPECT_EQ(valueOf(combine(Op::Add, {constant(4), constant(9), constant(2)})), 15);
  EXPECT_EQ(valueOf(combine(Op::And, {constant(1), constant(0)})), 0);
  EXPECT_EQ(valueOf(combine(Op::Or, {constant(0), constant(0), constant(5)})), 1);
}

TEST(Evaluate, SelectsAndCompares) {
  EXPECT_EQ(valueOf(combine(Op::Select, {combine(Op::Less, {variable("n"), constant(0)}), constant(1), constant(2)})),
            1);
  EXPECT_EQ(valueOf(Op::GreaterEqual, 3, 3), 1);
  EXPECT_EQ(valueOf(Op::Greater, 3, 3), 0);
  EXPECT_EQ(valueOf(Op::LessEqual, 4, 3), 0);
  EXPECT_EQ(valueOf(Op::Equal, 4, 4), 1);
  EXPECT_EQ(valueOf(combine(Op::Negate, {constant(4)})), -4);
}

} // namespace polyloom::test
