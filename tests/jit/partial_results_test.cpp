// Lanes that sum up in parts of their own: the code, and what it computes.
#include "core/codegen/register_blocks.h"
#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <regex>

namespace polyloom::test {
namespace {

/// s[0] = s[0] op x[i], in groups of `width` lanes, the loop over groups unrolled `unroll` times.
Kernel inLanes(std::int64_t n, int width, int unroll, const ExprPtr& value) {
  Kernel kernel = axpy(n);
  kernel.arrays = {array("s", {constant(1)}), array("x", {variable("N")})};
  kernel.statements = {statement({0, 0, 1}, value)};
  LoopNode lanes = loop("i", width * variable("g"), minimum(variable("N") - 1, width * variable("g") + (width - 1)),
                        call(0, {{constant(0)}, {constant(0)}, {variable("i")}}), {.vectorWidth = width});
  kernel.body = loop("g", constant(0), combine(Op::DivideFloor, {variable("N") - 1, constant(width)}), std::move(lanes), {.unroll = unroll});
  return withRegisterBlocks(std::move(kernel));
}

const ExprPtr kSum = binary(Operator::Add, read(1), read(2));
const ExprPtr kDifference = binary(Operator::Subtract, read(1), read(2));
const ExprPtr kGreatest = makeCall("fmax", ElementType::Float64, {read(1), read(2)});

struct Shape {
  int width, unroll;
};

TEST(PartialResults, AddUpToTheWholeWhateverIsLeft) {
  for (const Shape shape : {Shape{4, 0}, Shape{8, 4}, Shape{3, 2}, Shape{2, 3}})
    for (const std::int64_t n : {1, 2, 3, 7, 8, 9, 31, 32, 33, 40, 100}) {
      const Execution run(inLanes(n, shape.width, shape.unroll, kSum));
      ASSERT_EQ(run.error(), "");
      const std::vector<double> x = run.before("x");
      const double expected = std::accumulate(x.begin(), x.end(), run.before("s")[0]);
      EXPECT_NEAR(run.after("s")[0], expected, 1e-12 * std::abs(expected)) << shape.width << " lanes, N = " << n;
    }
}

TEST(PartialResults, OfADifferenceAreAdded) {
  const Execution run(inLanes(77, 8, 2, kDifference));
  ASSERT_EQ(run.error(), "");
  const std::vector<double> x = run.before("x");
  const double expected = run.before("s")[0] - std::accumulate(x.begin(), x.end(), 0.0);
  EXPECT_NEAR(run.after("s")[0], expected, 1e-12 * std::abs(expected));
}

TEST(PartialResults, OfAGreatestStartFromTheCell) {
  for (const std::int64_t n : {3, 64, 77}) {
    const Execution run(inLanes(n, 8, 2, kGreatest));
    ASSERT_EQ(run.error(), "");
    const std::vector<double> x = run.before("x");
    EXPECT_EQ(run.after("s")[0], std::max(run.before("s")[0], *std::ranges::max_element(x)));
  }
}

int countOf(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  return static_cast<int>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), {}));
}

TEST(PartialResults, StayInVectorsUntilTheLoopEnds) {
  const auto text = emitLlvm(inLanes(1000, 8, 0, kSum));
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(countOf(*text, "alloca"), 0);
  EXPECT_GT(countOf(*text, "phi <8 x double>"), 0);
  EXPECT_EQ(countOf(*text, "fadd contract <4 x double>"), 1);
  EXPECT_GT(countOf(*text, "fadd contract <2 x double>"), 0);
}

TEST(PartialResults, OfAnUnrolledLoopStandSideBySide) {
  const auto text = emitLlvm(inLanes(1000, 8, 4, kSum));
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(countOf(*text, "alloca"), 0);
  EXPECT_GE(countOf(*text, "phi <8 x double>"), 4);
}

} // namespace
} // namespace polyloom::test
