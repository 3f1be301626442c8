// The sentences of a measurement.
#include "jit/measure_text.h"

#include "jit/team_warning.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace polyloom::test {

TEST(MeasureText, SaysWhyTheRoundsEnded) {
  MeasureReport report;
  report.runs = 14;
  report.widestInterval = 0.0123;
  report.variants.emplace_back();
  report.ending = Ending::Narrow;
  EXPECT_EQ(endingSentence(report, {}),
            "ended after 14 rounds: the widest interval of a speedup is 1.2 % wide, narrower than 3 %");
  report.ending = Ending::RoundsUsed;
  EXPECT_EQ(endingSentence(report, {}),
            "ended after 14 rounds, as many as allowed; the widest interval of a speedup is 1.2 % wide");
  report.ending = Ending::BudgetUsed;
  report.variants.clear();
  EXPECT_EQ(endingSentence(report, {}), "ended after 14 rounds: the 120 s of the budget are used up; the interval of "
                                        "the original's time is 1.2 % wide");
}

TEST(MeasureText, SaysWhatIsCountedAndWhyNot) {
  EXPECT_EQ(eventsSentence({}), "");
  EXPECT_EQ(eventsSentence({.cycles = 2e6, .instructions = 5e6, .llcMisses = 12}),
            "2e+06 cycles, 5e+06 instructions (2.50 per cycle), 12 LLC misses");
  EXPECT_EQ(countersSentence(0), "");
  EXPECT_NE(countersSentence(ENOENT).find("virtual machines"), std::string::npos);
  EXPECT_NE(countersSentence(EACCES).find("perf_event_paranoid"), std::string::npos);
}

TEST(MeasureText, SaysWhatTheArraysLayOn) {
  EXPECT_EQ(memorySentence({}), "plain 4 KiB pages, warm caches");
  EXPECT_EQ(memorySentence({.isCold = true, .wantsHugePages = true, .hugeBytes = 4 << 20, .arrayBytes = 5 << 20}),
            "huge pages for 4.0 of 5.0 MiB of the original's arrays, caches emptied before every run");
}

TEST(MeasureText, CountsOutliersAloud) {
  EXPECT_EQ(outlierSentence({.samples = {1, 2, 3}}), "");
  EXPECT_EQ(outlierSentence({.outliers = 1, .samples = {1, 2, 30}}),
            "1 of 3 samples lies beyond 1.5 interquartile ranges from the quartiles; they are counted");
}

TEST(TeamWarning, OnlyWhereTheTeamTakesANoticeablePart) {
  const Kernel parallel = axpy(100, {.parallel = true});
  EXPECT_EQ(teamWarning(parallel, {{"N", 100}}, {1e-6, 2e-6}, 1e-3), "");
  EXPECT_EQ(teamWarning(parallel, {{"N", 100}}, {1.23e-6, 0}, 1e-5),
            "starting and joining the threads takes about 12 % of a run (1 region of 1.2 µs, and 0.0 µs to wake them); "
            "the parallel loop is too small for this many threads");
  EXPECT_NE(teamWarning(parallel, {{"N", 100}}, {1e-6, 5e-5}, 1e-4).find("about 51 %"), std::string::npos);
  EXPECT_EQ(teamWarning(axpy(100), {{"N", 100}}, {1e-6, 1e-6}, 1e-6), "");
}

TEST(TeamWarning, CountsEveryRegionOfARun) {
  Kernel kernel = axpy(100);
  kernel.body = loop("t", constant(1), constant(40),
                     loop("i", constant(0), variable("N") - 1, axpyCall("i"), {.parallel = true}));
  EXPECT_NE(teamWarning(kernel, {{"N", 100}}, {1e-6, 0}, 1e-4).find("about 40 % of a run (40 regions"),
            std::string::npos);
}

} // namespace polyloom::test
