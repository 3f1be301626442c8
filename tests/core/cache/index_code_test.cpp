// Index expressions in their fast form have the values that they have by name.
#include "core/cache/index_code.h"

#include "core/generate/random.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

const IndexNames kNames{.parameters = {{"N", 7}}, .slots = {{"i", 0}, {"j", 1}}};

IndexExpr randomIndex(Random& random, int depth) {
  if (depth == 0 || random.oneIn(5)) {
    const std::vector<IndexExpr> leaves = {variable("i"), variable("j"), variable("N"), constant(random.between(-4, 9))};
    return random.pick(leaves);
  }
  const auto operand = [&] { return randomIndex(random, depth - 1); };
  const std::vector<Op> binary = {Op::Add, Op::Subtract, Op::Multiply, Op::Min, Op::Max, Op::Equal, Op::Less,
                                  Op::LessEqual, Op::Greater, Op::GreaterEqual, Op::And, Op::Or};
  const std::vector<Op> divisions = {Op::DivideExact, Op::DivideFloor, Op::DividePositive, Op::ModuloPositive, Op::ModuloZero};
  switch (random.below(5)) {
  case 0: return combine(Op::Negate, {operand()});
  case 1: return combine(random.pick(divisions), {operand(), constant(random.between(1, 5))});
  case 2: return combine(Op::Select, {operand(), operand(), operand()});
  case 3: return combine(random.pick(std::vector{Op::Add, Op::Min, Op::Max, Op::And, Op::Or}), {operand(), operand(), operand()});
  default: return combine(random.pick(binary), {operand(), operand()});
  }
}

TEST(IndexCode, HasTheValuesOfTheExpression) {
  Random random(2);
  for (int e = 0; e < 3000; ++e) {
    const IndexExpr expr = randomIndex(random, 4);
    const IndexCode code(expr, kNames);
    for (int point = 0; point < 10; ++point) {
      const std::vector<std::int64_t> slots = {random.between(-5, 12), random.between(-5, 12)};
      const std::map<std::string, std::int64_t> values = {{"N", 7}, {"i", slots[0]}, {"j", slots[1]}};
      ASSERT_EQ(code.at(slots), evaluate(expr, [&](const std::string& name) { return values.at(name); }));
    }
  }
}

TEST(IndexCode, MovesByItsFactorUnlessItHidesTheSlot) {
  Random random(3);
  int hidden = 0;
  for (int e = 0; e < 2000; ++e) {
    const IndexCode code(randomIndex(random, 3), kNames);
    if (code.hides(0)) {
      ++hidden;
      continue;
    }
    for (std::int64_t i = -3; i < 3; ++i)
      ASSERT_EQ(code.at(std::vector<std::int64_t>{i + 1, 4}) - code.at(std::vector<std::int64_t>{i, 4}), code.factorOf(0));
  }
  EXPECT_GT(hidden, 100);
  EXPECT_LT(hidden, 1500);
}

TEST(IndexCode, AddsAndScales) {
  const IndexCode sum = IndexCode(2 * variable("i") + 3, kNames).plus(IndexCode(variable("i") + minimum(variable("j"), constant(2)), kNames), -2);
  EXPECT_EQ(sum.factorOf(0), 0);
  EXPECT_EQ(sum.at(std::vector<std::int64_t>{5, 1}), 3 - 2);
  EXPECT_EQ(sum.times(3).at(std::vector<std::int64_t>{5, 9}), 3 * (3 - 4));
  EXPECT_TRUE(IndexCode(constant(3) * variable("N") - minimum(variable("N"), constant(2)), kNames).isConstant());
}

} // namespace
} // namespace polyloom::test
