#include "core/codegen/linear.h"

#include "core/codegen/c_expr.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Op = IndexExpr::Op;

IndexExpr variable(const char* name) { return {.op = Op::Variable, .name = name}; }
IndexExpr number(std::int64_t value) { return {.value = value}; }
IndexExpr make(Op op, IndexExpr left, IndexExpr right) { return {.op = op, .operands = {left, right}}; }
std::string text(const LinearForm& form) { return toC(form.toIndexExpr()); }

TEST(LinearForm, CollectsEqualTerms) {
  // 8 * (i + 3) - (i - N) - 8 * i
  const IndexExpr expr = make(Op::Subtract,
                              make(Op::Subtract, make(Op::Multiply, number(8), make(Op::Add, variable("i"), number(3))),
                                   make(Op::Subtract, variable("i"), variable("N"))),
                              make(Op::Multiply, variable("i"), number(8)));
  const LinearForm form(expr);
  EXPECT_EQ(form.factorOf("i"), -1);
  EXPECT_EQ(form.factorOf("N"), 1);
  EXPECT_EQ(form.constant(), 24);
  EXPECT_EQ(text(form), "N - i + 24");
}

TEST(LinearForm, IsConstantWhereAllTermsCancel) {
  const LinearForm form(make(Op::Add, variable("i"), number(7)));
  EXPECT_TRUE(form.plus(LinearForm(variable("i")), -1).isConstant());
  EXPECT_EQ(form.plus(form, -1), LinearForm(0));
  EXPECT_NE(form, LinearForm(variable("i")));
}

TEST(LinearForm, TakesAQuotientAsOneTerm) {
  const IndexExpr quotient = make(Op::DivideFloor, make(Op::Subtract, variable("N"), number(1)), number(8));
  const LinearForm form(make(Op::Subtract, make(Op::Multiply, number(3), quotient), quotient));
  EXPECT_EQ(text(form), "2 * pl_floord(N - 1, 8)");
  EXPECT_TRUE(form.hides("N"));
  EXPECT_TRUE(form.mentions("N"));
  EXPECT_EQ(form.factorOf("N"), 0);
  EXPECT_FALSE(form.mentions("i"));
}

TEST(LinearForm, TakesAProductOfVariablesAsOneTerm) {
  const LinearForm form(make(Op::Multiply, variable("i"), variable("N")));
  EXPECT_EQ(form.factorOf("i"), 0);
  EXPECT_TRUE(form.hides("i"));
}

TEST(LinearForm, PutsASumInTheVariablesPlace) {
  const LinearForm form(make(Op::Subtract, variable("N"), make(Op::Multiply, number(8), variable("j"))));
  const LinearForm value(make(Op::Add, make(Op::Multiply, number(3), variable("t")), number(2)));
  EXPECT_EQ(text(form.with("j", value)), "N - 24 * t - 16");
  EXPECT_EQ(form.with("k", value), form);
}

TEST(LinearForm, WritesSumsThatOnlySubtract) {
  EXPECT_EQ(text(LinearForm(IndexExpr{.op = Op::Negate, .operands = {variable("i")}})), "-i");
  EXPECT_EQ(text(LinearForm(make(Op::Subtract, number(0), make(Op::Multiply, number(2), variable("i"))))), "-(2 * i)");
  EXPECT_EQ(text(LinearForm(-3)), "-3");
}

} // namespace
} // namespace polyloom::test
