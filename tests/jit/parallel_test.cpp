#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

namespace polyloom::test {

namespace {

std::vector<double> resultOf(const Kernel& kernel, int threads, const std::string& name) {
  MeasureOptions options;
  options.threads = threads;
  const Execution run(kernel, options, {.contract = false});
  EXPECT_EQ(run.error(), "");
  return run.error().empty() ? run.after(name) : std::vector<double>{};
}

} // namespace

TEST(Parallel, ComputesWhatOneThreadComputes) {
  const auto expected = resultOf(gemm(37, "ikj"), 1, "C");
  for (const int threads : {1, 2, 3, 8})
    EXPECT_EQ(resultOf(gemm(37, "ikj", {.parallel = true}), threads, "C"), expected) << threads << " threads";
}

TEST(Parallel, InnerLoopsSeeTheLoopsAround) {
  const auto expected = resultOf(gemm(20, "kij"), 1, "C");
  Kernel kernel = gemm(20, "kij");
  kernel.body.children[0].attributes.parallel = true; // i, inside k
  EXPECT_EQ(resultOf(kernel, 2, "C"), expected);
}

TEST(Parallel, NestedParallelLoopsRunOnTheOuterOnesThreads) {
  Kernel kernel = gemm(20, "ijk", {.parallel = true});
  kernel.body.children[0].attributes.parallel = true;
  EXPECT_EQ(resultOf(kernel, 2, "C"), resultOf(gemm(20), 1, "C"));
}

TEST(Parallel, EmptyAndShortRangesWork) {
  for (const std::int64_t last : {-1, 0, 1}) {
    const Kernel kernel = axpy(loop("i", constant(0), constant(last), axpyCall("i"), {.parallel = true}), 10);
    const Kernel sequential = axpy(loop("i", constant(0), constant(last), axpyCall("i")), 10);
    EXPECT_EQ(resultOf(kernel, 4, "y"), resultOf(sequential, 1, "y"));
  }
}

TEST(Parallel, StepsAreKept) {
  const auto everyThird = [](LoopAttributes attributes) {
    return axpy(loop("i", constant(1), variable("N") - 1, axpyCall("i"), attributes, 3), 100);
  };
  EXPECT_EQ(resultOf(everyThird({.parallel = true}), 3, "y"), resultOf(everyThird({}), 1, "y"));
}

TEST(Parallel, UnevenIterationsAllRun) {
  for (const std::int64_t step : {1, 3}) {
    const auto triangle = [&](LoopAttributes attributes) {
      const LoopNode inner = loop("j", constant(0), variable("i"), call(0, {{variable("i")}, {variable("i")}, {variable("j")}}));
      LoopNode rows = loop("i", constant(1), variable("N") - 1, inner, attributes, step);
      rows.isUneven = attributes.parallel;
      return axpy(std::move(rows), 500);
    };
    const auto expected = resultOf(triangle({}), 1, "y");
    for (const int threads : {1, 2, 3, 8})
      EXPECT_EQ(resultOf(triangle({.parallel = true}), threads, "y"), expected) << threads << " threads";
  }
}

TEST(Parallel, LanesInsideAParallelLoop) {
  Kernel kernel = axpyInLanes(1003, 8);
  kernel.body.attributes.parallel = true;
  EXPECT_EQ(resultOf(kernel, 2, "y"), resultOf(axpy(1003), 1, "y"));
}

} // namespace polyloom::test
