// Measurements: what is believed, and what a bad variant costs.
#include "jit/measure.h"

#include "jit/prepared.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace polyloom::test {

namespace {

MeasureOptions quick(int runs = 3) {
  MeasureOptions options;
  options.runs = runs;
  options.runLimit = std::chrono::milliseconds(1000);
  return options;
}

MeasureReport measured(const Kernel& original, const std::vector<Variant>& variants,
                       const MeasureOptions& options = quick()) {
  const auto report = measure(original, variants, options);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report.value_or(MeasureReport{});
}

/// y[i] = y[i + offset]: far offsets hit no memory.
Kernel reader(std::int64_t offset) {
  Kernel kernel = axpy(100);
  kernel.body = loop("i", constant(0), variable("N") - 1,
                     call(0, {{variable("i")}, {variable("i") + offset}, {variable("i")}}));
  return kernel;
}

Kernel writer(std::int64_t offset) {
  Kernel kernel = axpy(100);
  kernel.body = loop("i", constant(0), variable("N") - 1,
                     call(0, {{variable("i") + offset}, {variable("i")}, {variable("i")}}));
  return kernel;
}

/// Years of the same recurrence.
Kernel endless() {
  return axpy(loop("i", constant(0), constant(std::int64_t{1} << 60), call(0, {{constant(0)}, {constant(0)}, {constant(0)}})),
              100);
}

/// y[0] += x[i] for all i, upwards or downwards: rounding differs.
Kernel sum(bool isDownwards) {
  Kernel kernel = axpy(1000);
  kernel.statements = {statement({0, 0, 1}, binary(Operator::Add, read(1), read(2)))};
  const IndexExpr source = isDownwards ? variable("N") - 1 - variable("i") : variable("i");
  kernel.body = loop("i", constant(0), variable("N") - 1, call(0, {{constant(0)}, {constant(0)}, {source}}));
  return kernel;
}

} // namespace

TEST(Measure, AnotherOrderIsTimedAndEqual) {
  const MeasureReport report = measured(gemm(60), {{"ikj", gemm(60, "ikj")}}, quick(5));
  EXPECT_EQ(report.runs, 5);
  EXPECT_EQ(report.original.samples.size(), 5U);
  EXPECT_GT(report.original.median, 0);
  const VariantReport& variant = report.variants.at(0);
  EXPECT_EQ(variant.outcome, Outcome::Measured) << variant.message;
  EXPECT_EQ(variant.name, "ikj");
  EXPECT_NE(variant.result, ResultCheck::Different);
  EXPECT_EQ(variant.timing.samples.size(), 5U);
  EXPECT_GT(variant.speedup, 0);
  EXPECT_LE(variant.speedupInterval.low, variant.speedup);
  EXPECT_GE(variant.speedupInterval.high, variant.speedup);
  EXPECT_LE(variant.timing.interval.low, variant.timing.median);
}

TEST(Measure, AVisitAddsToThoseBefore) {
  MeasureOptions options = quick(3);
  options.fastestOf = 4;
  auto prepared = PreparedMeasurement::prepare(gemm(60), {{"ikj", gemm(60, "ikj")}}, options);
  ASSERT_TRUE(prepared) << prepared.error().message;
  const auto first = prepared->time();
  ASSERT_TRUE(first && first->runs == 3);
  const auto second = prepared->time();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->runs, 4) << "all rounds that were wanted are there: one more to see whether that is still so";
  EXPECT_TRUE(std::ranges::equal(first->original.samples, std::span(second->original.samples).first(3)));
  EXPECT_EQ(second->variants.at(0).timing.samples.size(), 4U);
}

TEST(Measure, SaysHowLongCodeTookToBeReady) {
  const MeasureReport report = measured(axpy(100), {{"same", axpy(100)}});
  for (const CodeTimes& times : {report.originalCode, report.variants.at(0).code}) {
    EXPECT_GT(times.compile, 0);
    EXPECT_GT(times.start, 0);
    EXPECT_GT(times.link, 0);
    EXPECT_LT(times.compile + times.start + times.link, 60);
  }
}

TEST(Measure, RoundsEndOnceTheIntervalsAreNarrow) {
  MeasureOptions options = quick(50);
  options.fewestRuns = 7;
  options.narrowWidth = 1000;
  const MeasureReport report = measured(gemm(20), {{"ikj", gemm(20, "ikj")}}, options);
  EXPECT_EQ(report.ending, Ending::Narrow);
  EXPECT_EQ(report.runs, 7);
  EXPECT_EQ(report.original.samples.size(), 7U);
  EXPECT_NE(report.ended.find("after 7 rounds"), std::string::npos) << report.ended;
}

TEST(Measure, RoundsEndAtTheMostAllowed) {
  MeasureOptions options = quick(12);
  options.narrowWidth = 0;
  const MeasureReport report = measured(gemm(20), {{"ikj", gemm(20, "ikj")}}, options);
  EXPECT_EQ(report.ending, Ending::RoundsUsed);
  EXPECT_EQ(report.runs, 12);
}

TEST(Measure, RoundsEndWithTheBudgetAfterThree) {
  MeasureOptions options = quick(50);
  options.totalBudget = std::chrono::milliseconds(0);
  const MeasureReport report = measured(gemm(20), {{"ikj", gemm(20, "ikj")}}, options);
  EXPECT_EQ(report.ending, Ending::BudgetUsed);
  EXPECT_EQ(report.runs, 3);
}

TEST(Measure, WithoutVariantsTheOriginalsOwnIntervalCounts) {
  MeasureOptions options = quick(50);
  options.narrowWidth = 1000;
  const MeasureReport report = measured(gemm(20), {}, options);
  EXPECT_EQ(report.ending, Ending::Narrow);
  EXPECT_EQ(report.runs, options.fewestRuns);
}

TEST(Measure, AParallelLoopThatIsTooSmallIsWarnedOf) {
  MeasureOptions options = quick();
  options.threads = 2;
  const MeasureReport report =
      measured(axpy(100), {{"parallel", axpy(100, {.parallel = true})}, {"lanes", axpyInLanes(100, 4)}}, options);
  EXPECT_NE(report.variants[0].warning.find("too small"), std::string::npos) << report.variants[0].warning;
  EXPECT_EQ(report.variants[1].warning, "");
  options.teamCosts = false;
  const MeasureReport unasked = measured(axpy(100), {{"parallel", axpy(100, {.parallel = true})}}, options);
  EXPECT_EQ(unasked.variants[0].warning, "");
}

TEST(Measure, EventsAreCountedOrTheReportSaysWhyNot) {
  const MeasureReport report = measured(gemm(60), {{"ikj", gemm(60, "ikj")}});
  const bool hasAll = std::ranges::all_of(EventCounts::kAll, [&](auto event) {
    return (report.original.events.*event).has_value() && (report.variants[0].timing.events.*event).has_value();
  });
  EXPECT_EQ(report.countersMissing.empty(), hasAll) << report.countersMissing;
}

TEST(Measure, ColdRunsAreSlowerThanWarmOnes) {
  MeasureOptions options = quick(7); // 400 KiB in the second level's cache or in memory
  const double warm = measured(axpy(25'000), {}, options).original.median;
  options.cold = true;
  const MeasureReport cold = measured(axpy(25'000), {{"parallel", axpy(25'000, {.parallel = true})}}, options);
  EXPECT_TRUE(cold.memory.isCold);
  EXPECT_GT(cold.original.median, 1.3 * warm);
  EXPECT_EQ(cold.variants[0].outcome, Outcome::Measured);
}

TEST(Measure, HugePagesAreCountedWhereTheSystemGivesThem) {
  MeasureOptions options = quick();
  options.threads = 2;
  options.runLimit = std::chrono::seconds(30); // these products are large, and machines may do much else
  const std::vector<Variant> variants = {{"parallel", gemm(600, "ikj", {.parallel = true})}};
  EXPECT_EQ(measured(gemm(600), variants, options).memory.hugeBytes, 0U);
  options.hugePages = true;
  const MeasureReport report = measured(gemm(600), variants, options); // three arrays of 2.7 MiB
  ASSERT_EQ(report.variants.size(), 1U);
  EXPECT_EQ(report.variants[0].result, ResultCheck::Equal);
  EXPECT_EQ(report.memory.arrayBytes, 3U * 600 * 600 * 8);
  std::ifstream stream("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string modes;
  std::getline(stream, modes);
  if (!modes.empty() && modes.find("[never]") == std::string::npos) {
    EXPECT_GT(report.memory.hugeBytes, 0U);
    EXPECT_LE(report.memory.hugeBytes, 3U << 21); // one whole huge page fits into each
  }
}

TEST(Measure, LanesAndThreadsAreEqualToo) {
  MeasureOptions options = quick();
  options.threads = 2;
  const MeasureReport report = measured(
      axpy(5003), {{"lanes", axpyInLanes(5003, 8)}, {"parallel", axpy(5003, {.parallel = true})}}, options);
  for (const VariantReport& variant : report.variants) {
    EXPECT_EQ(variant.outcome, Outcome::Measured) << variant.name << ": " << variant.message;
    EXPECT_EQ(variant.result, ResultCheck::Equal) << variant.name;
  }
}

TEST(Measure, ABadVariantCostsOnlyItsOwnRun) {
  const auto far = std::int64_t{1} << 40;
  const MeasureReport report = measured(
      axpy(100), {{"good", axpyInLanes(100, 4)},
                  {"wild read", reader(far)},
                  {"wild write", writer(far)},
                  {"just outside", writer(8)},
                  {"the same", reader(0)},
                  {"endless", endless()},
                  {"shifted", axpy(loop("i", constant(1), variable("N") - 1, axpyCall("i")), 100)},
                  {"good again", axpyInLanes(100, 8)}});
  ASSERT_EQ(report.variants.size(), 8U);
  const auto outcome = [&](std::size_t i) { return report.variants[i].outcome; };
  EXPECT_EQ(outcome(0), Outcome::Measured) << report.variants[0].message;
  for (const std::size_t i : {1U, 2U, 3U}) {
    EXPECT_EQ(outcome(i), Outcome::Crashed) << report.variants[i].name;
    EXPECT_NE(report.variants[i].message.find("SIGSEGV"), std::string::npos) << report.variants[i].message;
  }
  EXPECT_EQ(outcome(4), Outcome::Measured); // the very same program
  EXPECT_EQ(outcome(5), Outcome::TimedOut);
  EXPECT_NE(report.variants[5].message.find("time limit"), std::string::npos);
  EXPECT_EQ(outcome(6), Outcome::WrongResult);
  EXPECT_EQ(report.variants[6].result, ResultCheck::Different);
  EXPECT_GT(report.variants[6].maxRelativeError, 0);
  EXPECT_EQ(outcome(7), Outcome::Measured) << report.variants[7].message;
}

TEST(Measure, RegroupedSumsAreWrongUnlessReassociated) {
  MeasureOptions options = quick();
  VariantReport strict = measured(sum(false), {{"downwards", sum(true)}}, options).variants.at(0);
  EXPECT_EQ(strict.outcome, Outcome::WrongResult);
  EXPECT_LT(strict.maxRelativeError, 1e-9);
  EXPECT_NE(strict.message.find("last bits"), std::string::npos);
  options.reassociate = true;
  VariantReport relaxed = measured(sum(false), {{"downwards", sum(true)}}, options).variants.at(0);
  EXPECT_EQ(relaxed.outcome, Outcome::Measured);
}

TEST(Measure, WithoutTheStrictBuildResultsAreComparedWithinTheTolerance) {
  MeasureOptions options = quick();
  options.strict = false;
  const VariantReport regrouped = measured(sum(false), {{"downwards", sum(true)}}, options).variants.at(0);
  EXPECT_EQ(regrouped.outcome, Outcome::Measured);
  EXPECT_EQ(regrouped.result, ResultCheck::WithinTolerance);
  const Kernel shifted = axpy(loop("i", constant(1), variable("N") - 1, axpyCall("i")), 100);
  EXPECT_EQ(measured(axpy(100), {{"shifted", shifted}}, options).variants.at(0).outcome, Outcome::WrongResult);
}

TEST(Measure, NaNIsNeverEqual) {
  Kernel kernel = axpy(100);
  const ExprPtr infinity = binary(Operator::Divide, read(1), makeFloating(0));
  kernel.statements = {statement({0, 0, 1}, binary(Operator::Subtract, infinity, infinity))};
  const auto original = measure(kernel, std::vector<Variant>{{"same", kernel}}, quick());
  ASSERT_FALSE(original);
  EXPECT_EQ(original.error().code, "original-failed");
  const VariantReport variant = measured(axpy(100), {{"NaN", kernel}}).variants.at(0);
  EXPECT_EQ(variant.outcome, Outcome::WrongResult);
}

TEST(Measure, TooMuchMemoryIsRefused) {
  MeasureOptions options = quick();
  options.parameters = {{"N", 1'000'000}};
  const auto report = measure(gemm(10), {}, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "too-much-memory");
  EXPECT_NE(report.error().message.find("half of this machine's memory"), std::string::npos);
}

TEST(Measure, UnknownNamesAreRefused) {
  MeasureOptions options = quick();
  options.parameters = {{"M", 10}};
  EXPECT_EQ(measure(gemm(10), {}, options).error().code, "unknown-parameter");
  options = quick();
  options.scalars = {{"beta", 10}};
  EXPECT_EQ(measure(gemm(10), {}, options).error().code, "unknown-parameter");
}

TEST(Measure, AnOriginalThatCrashesLeavesNothingToCompare) {
  const auto report = measure(writer(std::int64_t{1} << 40), {}, quick());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "original-failed");
  EXPECT_NE(report.error().message.find("SIGSEGV"), std::string::npos);
}

TEST(Measure, AVariantWithOtherArraysIsRefused) {
  Kernel other = axpy(100);
  other.arrays[0].name = "z";
  EXPECT_EQ(measured(axpy(100), {{"other", other}}).variants.at(0).outcome, Outcome::Refused);
}

TEST(Measure, AVariantWithOtherParametersIsRefused) {
  Kernel other = axpy(100);
  other.parameters.push_back({"M", 3});
  const VariantReport report = measured(axpy(100), {{"other", other}}).variants.at(0);
  EXPECT_EQ(report.outcome, Outcome::Refused);
  EXPECT_NE(report.message.find("parameter M"), std::string::npos) << report.message;
}

TEST(Measure, AMissingRunnerIsSaid) {
  MeasureOptions options = quick();
  options.runner = "/nowhere/polyloom-runner";
  const auto report = measure(gemm(10), {}, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "no-runner");
}

TEST(Measure, CancelEndsARunningKernel) {
  std::stop_source source;
  MeasureOptions options = quick();
  options.runLimit = std::chrono::hours(1);
  options.stop = source.get_token();
  options.progress = [&](const std::string& activity, double) {
    if (activity == "checking endless")
      std::thread([source]() mutable {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        source.request_stop();
      }).detach();
  };
  const auto report = measure(axpy(100), std::vector<Variant>{{"endless", endless()}}, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "canceled");
}

TEST(Measure, ProgressRunsFromStartToEnd) {
  std::vector<double> fractions;
  MeasureOptions options = quick();
  options.progress = [&](const std::string&, double fraction) { fractions.push_back(fraction); };
  measured(axpy(100), {{"lanes", axpyInLanes(100, 4)}}, options);
  EXPECT_TRUE(std::ranges::is_sorted(fractions));
  EXPECT_EQ(fractions.front(), 0);
  EXPECT_LE(fractions.back(), 1);
}

} // namespace polyloom::test
