// The roofline's arithmetic, and kernels that compute what they say.
#include "jit/roofline.h"

#include "jit/roofline_kernels.h"
#include "tests/support/run_kernel.h"

#include <gtest/gtest.h>

namespace polyloom::test {

namespace {

constexpr Roofline kRoofline{.threads = 1, .peak = 50e9, .readBandwidth = 20e9, .triadBandwidth = 10e9};

/// The kernel with its arrays as inputs and results instead of locals.
Kernel withResults(RooflineKernel kernel) {
  for (KernelArray& array : kernel.kernel.arrays)
    array.isLocal = false;
  return std::move(kernel.kernel);
}

} // namespace

TEST(Achieved, RatesNeedNoRoofline) {
  const Achieved result = achieved(4e9, 2e9, 2, nullptr, 0);
  EXPECT_EQ(result.flops, 2e9);
  EXPECT_EQ(result.bandwidth, 1e9);
  EXPECT_EQ(result.bound, Achieved::Bound::Unknown);
}

TEST(Achieved, TheLongerOfComputingAndMovingIsTheRoof) {
  const Achieved compute = achieved(50e9, 1e9, 4, &kRoofline, 0);
  EXPECT_EQ(compute.bound, Achieved::Bound::Compute);
  EXPECT_DOUBLE_EQ(compute.fraction, 0.25);
  const Achieved memory = achieved(1e9, 20e9, 2, &kRoofline, 0);
  EXPECT_EQ(memory.bound, Achieved::Bound::Memory);
  EXPECT_DOUBLE_EQ(memory.fraction, 0.5);
}

TEST(Achieved, WhatFitsInTheCacheNeedNotBeMoved) {
  const Achieved result = achieved(1e6, 20e6, 1, &kRoofline, 32e6);
  EXPECT_EQ(result.bound, Achieved::Bound::Compute);
  EXPECT_EQ(achieved(0, 20e6, 1, &kRoofline, 32e6).bound, Achieved::Bound::Unknown);
}

TEST(RooflineKernels, ReadSumsEveryCellIntoItsLane) {
  const RooflineKernel made = readKernel(2, 4096); // 2 × 320 doubles
  EXPECT_EQ(made.bytes, 2 * 320 * 8);
  const Execution run(withResults(made), {.threads = 2});
  ASSERT_EQ(run.error(), "");
  const auto a = run.before("a"), before = run.before("s"), after = run.after("s");
  for (std::size_t lane = 0; lane < 64; ++lane) {
    double expected = before[64 + lane];
    for (std::size_t at = lane; at < 320; at += 64)
      expected += a[320 + at];
    EXPECT_DOUBLE_EQ(after[64 + lane], expected) << lane;
  }
}

TEST(RooflineKernels, TriadWritesEveryCell) {
  const RooflineKernel made = triadKernel(1, 1024); // 192 doubles
  EXPECT_EQ(made.operations, 2 * 192);
  EXPECT_EQ(made.bytes, 3 * 192 * 8);
  const Execution run(withResults(made));
  ASSERT_EQ(run.error(), "");
  const auto b = run.before("b"), c = run.before("c"), a = run.after("a");
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_DOUBLE_EQ(a[i], b[i] + 3 * c[i]) << i;
}

TEST(RooflineKernels, PeakRunsEveryLink) {
  const RooflineKernel made = peakKernel(1);
  EXPECT_EQ(made.operations, 2.0 * 20'000 * 512 * 32);
  const Execution run(withResults(made));
  ASSERT_EQ(run.error(), "");
  for (const double cell : run.after("y"))
    EXPECT_DOUBLE_EQ(cell, 0.5); // where x = 0.75 x + 0.125 ends up
}

} // namespace polyloom::test
