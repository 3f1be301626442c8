// Counting code that is reached, against a walk of every iteration.
#include "core/codegen/loop_count.h"

#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {

namespace {

using Values = std::map<std::string, std::int64_t>;

/// A call weighs its statement's number plus one.
std::optional<std::int64_t> callWeight(const LoopNode& node) {
  return node.kind == LoopNode::Kind::Call ? std::optional<std::int64_t>(node.call.statement + 1) : std::nullopt;
}

std::int64_t walk(const LoopNode& node, Values& values) {
  const auto valueOf = [&](const IndexExpr& expr) {
    return evaluate(expr, [&](const std::string& name) { return values.at(name); });
  };
  std::int64_t sum = 0;
  switch (node.kind) {
  case LoopNode::Kind::Call: return node.call.statement + 1;
  case LoopNode::Kind::Block:
    for (const LoopNode& child : node.children)
      sum += walk(child, values);
    return sum;
  case LoopNode::Kind::If: {
    const std::size_t arm = valueOf(node.condition) != 0 ? 0 : 1;
    return arm < node.children.size() ? walk(node.children[arm], values) : 0;
  }
  case LoopNode::Kind::For:
    for (std::int64_t i = valueOf(node.first), last = valueOf(node.last); i <= last; i += node.step) {
      values[node.variable] = i;
      sum += walk(node.children[0], values);
    }
    return sum;
  }
  return sum;
}

void expectCounted(const LoopNode& body) {
  for (const std::int64_t n : {0, 1, 2, 5, 17, 30}) {
    Values values = {{"N", n}, {"M", 7}};
    EXPECT_EQ(countReached(body, values, callWeight), walk(body, values)) << "N = " << n;
  }
}

LoopNode leaf(int statement = 0) { return call(statement, {}); }
IndexExpr v(const char* name) { return variable(name); }

} // namespace

TEST(LoopCount, RectanglesAreProducts) {
  expectCounted(loop("i", constant(0), v("N") - 1, loop("j", constant(2), v("M"), leaf(), {}, 3)));
}

TEST(LoopCount, TrianglesAreSeries) {
  expectCounted(loop("i", constant(0), v("N") - 1, loop("j", constant(0), v("i"), leaf())));
  expectCounted(loop("i", constant(0), v("N") - 1, loop("j", v("i") + 1, v("N") - 1, leaf(2)), {}, 2));
  expectCounted(loop("i", constant(0), v("N"), loop("j", 2 * v("i"), 3 * v("i") + 4, leaf())));
}

TEST(LoopCount, ATriangleThatIsEmptyAtOneEndIsWalked) {
  expectCounted(loop("i", constant(0), v("N"), loop("j", v("i"), v("M"), leaf())));
  expectCounted(loop("i", constant(0), v("N"), loop("j", constant(0), v("i") - 4, leaf())));
}

TEST(LoopCount, PyramidsWithSeveralStatements) {
  const LoopNode inner = block({leaf(1), loop("k", constant(0), v("j") - 1, leaf(4)), leaf(0)});
  expectCounted(loop("i", constant(0), v("N") - 1, block({loop("j", constant(0), v("i"), inner), leaf(3)})));
}

TEST(LoopCount, GuardsTilesAndRemaindersAreWalked) {
  const IndexExpr isOdd = combine(Op::Equal, {combine(Op::ModuloPositive, {v("i"), constant(2)}), constant(1)});
  expectCounted(loop("i", constant(0), v("N"), guard(isOdd, {leaf(1), loop("j", constant(0), v("i"), leaf())})));
  expectCounted(loop("it", constant(0), v("N"),
                     loop("i", v("it"), minimum(v("N"), v("it") + 7), loop("j", v("i"), v("N"), leaf())), {}, 8));
}

TEST(LoopCount, LargeTrianglesTakeFewSteps) {
  const LoopNode nest = loop("i", constant(0), v("N") - 1, loop("j", constant(0), v("i"),
                                                                loop("k", v("j"), v("i"), leaf())));
  const std::int64_t n = 10'000;
  EXPECT_EQ(countReached(nest, {{"N", n}}, callWeight, n), n * (n + 1) * (n + 2) / 6);
}

TEST(LoopCount, GivesUpRatherThanTakingLongOrOverflowing) {
  const LoopNode crooked = loop("i", constant(0), v("N"), loop("j", constant(0), minimum(v("i"), v("M")), leaf()));
  EXPECT_FALSE(countReached(crooked, {{"N", 1000}, {"M", 5}}, callWeight, 999));
  EXPECT_TRUE(countReached(crooked, {{"N", 1000}, {"M", 5}}, callWeight, 1001));
  LoopNode deep = leaf();
  for (const char* name : {"a", "b", "c", "d"})
    deep = loop(name, constant(1), v("N"), std::move(deep));
  EXPECT_FALSE(countReached(deep, {{"N", 100'000}}, callWeight));
}

TEST(LoopCount, BelowAWeightNothingCounts) {
  const auto parallelLoops = [](const LoopNode& node) -> std::optional<std::int64_t> {
    if (node.kind == LoopNode::Kind::For && node.attributes.parallel)
      return 1;
    return node.kind == LoopNode::Kind::Call ? std::optional<std::int64_t>(0) : std::nullopt;
  };
  const LoopNode inner = loop("k", constant(0), v("j"), leaf(), {.parallel = true});
  const LoopNode middle = loop("j", constant(0), v("i"), inner, {.parallel = true});
  EXPECT_EQ(countReached(loop("i", constant(0), v("N") - 1, middle), {{"N", 12}}, parallelLoops), 12);
  EXPECT_EQ(countReached(loop("i", constant(0), v("N") - 1, leaf()), {{"N", 12}}, parallelLoops), 0);
}

} // namespace polyloom::test
