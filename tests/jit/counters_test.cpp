// Hardware counters: readings, scaling, and machines without them.
#include "jit/runner/counters.h"

#include "jit/event_counts.h"

#include <gtest/gtest.h>

#include <vector>

namespace polyloom::test {

using runner::addDifference, runner::Counters, runner::CounterReadings, runner::CounterValues, runner::kNone;

TEST(Counters, ARunIsTheDifferenceOfTwoReadings) {
  CounterValues sum = {};
  const CounterReadings before = {{{100, 1000, 1000}, {50, 1000, 1000}, {7, 1000, 1000}, {1, 1000, 1000}}};
  const CounterReadings after = {{{160, 2000, 2000}, {55, 2000, 2000}, {7, 2000, 2000}, {4, 2000, 2000}}};
  addDifference(sum, before, after);
  addDifference(sum, before, after);
  EXPECT_EQ(sum, (CounterValues{120, 10, 0, 6}));
}

TEST(Counters, WhatWasCountedForAPartOfTheTimeIsScaledUp) {
  CounterValues sum = {};
  const CounterReadings before = {{{100, 1000, 500}, {}, {}, {}}};
  const CounterReadings after = {{{130, 2000, 750}, {}, {}, {}}}; // 30 in a quarter of the time
  addDifference(sum, before, after);
  EXPECT_EQ(sum[0], 120U);
}

TEST(Counters, OneThatDidNotRunIsNotCountedForGood) {
  CounterValues sum = {};
  CounterReadings before = {}, after = {};
  addDifference(sum, before, after);
  EXPECT_EQ(sum, (CounterValues{kNone, kNone, kNone, kNone}));
  after[0] = {10, 100, 100};
  addDifference(sum, before, after);
  EXPECT_EQ(sum[0], kNone);
}

TEST(Counters, CountInstructionsWhereTheMachineDoes) {
  Counters counters;
  EXPECT_EQ(counters.read()[runner::kInstructions].running, 0U); // not open
  counters.open();
  if (counters.reason() != 0)
    GTEST_SKIP() << "no hardware counters here";
  CounterValues sum = {};
  const CounterReadings before = counters.read();
  volatile int work = 0;
  for (int i = 0; i < 1'000'000; ++i)
    work = work + 1;
  addDifference(sum, before, counters.read());
  EXPECT_GT(sum[runner::kInstructions], 2'000'000U);
  EXPECT_LT(sum[runner::kInstructions], 50'000'000U);
}

TEST(EventCounts, MediansAreOfTheSamplesThatHaveThem) {
  const std::vector<EventCounts> samples = {{.cycles = 5}, {.cycles = 1, .l1dMisses = 4}, {.cycles = 3}};
  const EventCounts result = medians(samples);
  EXPECT_EQ(result.cycles, 3);
  EXPECT_EQ(result.l1dMisses, 4);
  EXPECT_FALSE(result.instructions);
}

} // namespace polyloom::test
