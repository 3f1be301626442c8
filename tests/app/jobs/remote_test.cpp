// Other machines: what is said to them, and what becomes of those that do not answer.
#include "app/jobs/remote/remote_place.h"

#include "app/jobs/measure_wire.h"
#include "app/jobs/measuring.h"
#include "app/jobs/open.h"
#include "core/isl/context.h"
#include "tests/support/fake_ssh.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace polyloom::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Kind = LineChild::Read::Kind;

LineChild::Clock::time_point in(std::chrono::milliseconds time) { return LineChild::Clock::now() + time; }

TEST(LineChild, TakesAndGivesLines) {
  auto child = LineChild::start({"sed", "-u", "s/a/b/"});
  ASSERT_TRUE(child);
  child->write("banana");
  child->write(std::string(300'000, 'a')); // more than a pipe or a socket holds
  EXPECT_EQ(child->read(in(10s)).line, "bbnana");
  EXPECT_EQ(child->read(in(10s)).line.size(), 300'000U);
  EXPECT_EQ(child->read(in(20ms)).kind, Kind::Late);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(child->read(in(10s), stop.get_token()).kind, Kind::Canceled);
  EXPECT_EQ(child->finish(), 0); // it ends with its input
}

TEST(LineChild, TellsHowItEndedAndWhatItComplainedOf) {
  auto child = LineChild::start({"sh", "-c", "echo one; printf two; echo wrong >&2; exit 7"});
  ASSERT_TRUE(child);
  child->write("nobody reads this");
  EXPECT_EQ(child->read(in(10s)).line, "one");
  EXPECT_EQ(child->read(in(10s)).line, "two");
  EXPECT_EQ(child->read(in(10s)).kind, Kind::End);
  EXPECT_EQ(WEXITSTATUS(child->finish().value_or(-1)), 7);
  EXPECT_EQ(child->errors(), "wrong\n");
}

TEST(LineChild, DoesNotWaitForWhatOutlivesIt) {
  auto child = LineChild::start({"sh", "-c", "sleep 20 >/dev/null & echo wrong >&2; exit 3"});
  ASSERT_TRUE(child);
  const auto start = LineChild::Clock::now();
  EXPECT_EQ(child->read(in(10s)).kind, Kind::End);
  EXPECT_EQ(WEXITSTATUS(child->finish().value_or(-1)), 3);
  EXPECT_EQ(child->errors(), "wrong\n");
  EXPECT_LT(LineChild::Clock::now() - start, 5s);
}

TEST(LineChild, AProgramThatIsMissingIsNoChild) { EXPECT_FALSE(LineChild::start({"no-such-program-anywhere"})); }

TEST(Host, TakesNamesAndNotOptions) {
  EXPECT_TRUE(makeHost("me@box.example.org", ""));
  EXPECT_TRUE(makeHost("box", "~/polyloom/bin/polyloom-worker"));
  for (const char* name : {"", "-v", "a b", "a\n"})
    EXPECT_EQ(makeHost(name, "").error().code, "bad-host") << name;
  EXPECT_EQ(makeHost("box", "/a\n/b").error().code, "bad-host");
}

TEST(Host, ThePathOfTheWorkerIsOneWordThere) {
  EXPECT_EQ(workerCommand({"box", ""}).back(), "polyloom-worker");
  EXPECT_EQ(workerCommand({"box", "/a b/it's"}).back(), "'/a b/it'\\''s'");
  EXPECT_EQ(workerCommand({"box", "~/a b"}).back(), "~/'a b'");
}

TEST(Host, SaysWhatSshSays) {
  const auto exited = [](int code) { return code << 8; };
  const Diagnostic key = whyNoWorker({"box", ""}, exited(255), "Warning: this\r\nHost key verification failed.\r\n\n");
  EXPECT_EQ(key.message, "there is no connection to box: Host key verification failed.");
  EXPECT_EQ(key.notes, std::vector<std::string>{"run ssh box once in a terminal and confirm its key"});
  EXPECT_EQ(whyNoWorker({"box", ""}, exited(255), "").message, "there is no connection to box: ssh does not say why");
  EXPECT_EQ(whyNoWorker({"box", ""}, exited(127), "").message, "box has no polyloom-worker on its PATH");
  EXPECT_EQ(whyNoWorker({"box", "/w"}, exited(126), "sh: /w: Permission denied").message,
            "box has no program /w (sh: /w: Permission denied)");
  EXPECT_EQ(whyNoWorker({"box", ""}, exited(1), "").message, "polyloom-worker on box ended early, with exit code 1");
  EXPECT_EQ(whyNoWorker({"box", ""}, SIGTERM, "").message, "ssh to box was ended by signal 15");
}

TEST(MeasureWire, AReportComesBackAsItWas) {
  MeasureReport report;
  report.threads = 2;
  report.runs = 3;
  report.forkJoin = 1.0 / 3e6;
  report.memory = {true, true, 5, 7};
  report.ended = "ended after 3 rounds";
  report.ending = Ending::BudgetUsed;
  report.countersMissing = "none";
  report.original.samples = {3e-3, 1.0 / 3e2, 4e-3};
  report.original.events.cycles = 1e6;
  VariantReport good{.name = "recipe 1", .outcome = Outcome::Measured, .result = ResultCheck::WithinTolerance,
                     .maxRelativeError = 1e-12, .timing = {.samples = {1e-3, 2e-3, 1.0 / 7e2}}, .warning = "too small"};
  good.timing.events.llcMisses = 12;
  VariantReport bad{.name = "recipe 2", .outcome = Outcome::Crashed, .message = "signal 11",
                    .maxRelativeError = std::numeric_limits<double>::quiet_NaN()};
  report.variants = {good, bad};
  const MeasureReport read = reportFromWire(json::parse(reportToWire(report).dump()));
  EXPECT_EQ(reportToWire(read).dump(), reportToWire(report).dump());
  EXPECT_EQ(read.original.samples, report.original.samples);
  EXPECT_EQ(read.variants[0].timing.samples, good.timing.samples);
  EXPECT_EQ(read.variants[0].timing.median, 1.0 / 7e2);
  EXPECT_EQ(read.variants[0].warning, "too small");
  EXPECT_EQ(read.variants[0].timing.events.llcMisses, 12);
  EXPECT_GT(read.variants[0].speedup, 2);
  EXPECT_EQ(read.variants[1].outcome, Outcome::Crashed);
  EXPECT_EQ(read.memory.arrayBytes, 7U);
  EXPECT_EQ(read.ended, report.ended);
  EXPECT_EQ(read.ending, Ending::BudgetUsed);
}

TEST(MeasureWire, OptionsComeBackAsTheyWere) {
  const IslContext context;
  const auto regions = openProgram(context.get(), POLYLOOM_EXAMPLES "/gemm.c");
  ASSERT_TRUE(regions);
  MeasureOptions options{.parameters = {{"NI", 20}}, .scalars = {{"alpha", 0.1}}, .threads = 3, .pin = false, .runs = 7,
                         .fewestRuns = 5, .totalBudget = 1234ms, .seed = 9, .cold = true, .hugePages = true,
                         .reassociate = true};
  const json wire = optionsToJson(options);
  const MeasureOptions read = optionsFrom(wire, *regions->front());
  EXPECT_EQ(optionsToJson(read), wire);
  EXPECT_EQ(read.parameters, options.parameters);
  EXPECT_EQ(read.scalars, options.scalars);
  EXPECT_EQ(read.totalBudget, 1234ms);
  EXPECT_EQ(optionsToJson(optionsFrom(json::object(), *regions->front())), optionsToJson(MeasureOptions()));
}

class RemotePlaceTest : public ::testing::Test {
protected:
  static constexpr Patience kImpatient{.greeting = 5000ms, .silence = 300ms};
  FakeSsh ssh_{POLYLOOM_BIN};
};

TEST_F(RemotePlaceTest, KnowsTheOtherMachine) {
  const auto place = RemotePlace::connect({"tower", ""});
  ASSERT_TRUE(place) << toText(place.error());
  EXPECT_EQ((*place)->name(), "tower");
  EXPECT_EQ((*place)->identity().machine.cores, 4097);
  EXPECT_EQ((*place)->identity().compiler, compilerVersion());
  EXPECT_GT((*place)->cacheBytes(), 0U);
}

TEST_F(RemotePlaceTest, WhereNobodyAnswersItGivesUp) {
  const auto start = LineChild::Clock::now();
  const auto place = RemotePlace::connect({"silent", ""}, {.greeting = 300ms});
  ASSERT_FALSE(place);
  EXPECT_EQ(place.error().code, "worker-silent");
  EXPECT_EQ(place.error().message, "nobody on silent answers as polyloom-worker");
  EXPECT_LT(LineChild::Clock::now() - start, 5s);
}

TEST_F(RemotePlaceTest, AWorkerThatFallsSilentIsGivenUp) {
  const IslContext context;
  const auto regions = openProgram(context.get(), POLYLOOM_EXAMPLES "/gemm.c");
  ASSERT_TRUE(regions);
  const auto place = RemotePlace::connect({"stuck", ""}, kImpatient);
  ASSERT_TRUE(place) << toText(place.error());
  const MeasureOptions options{.parameters = {{"NI", 20}, {"NJ", 20}, {"NK", 20}}, .runs = 3};
  const auto answer = measureRecipes(regions->front(), std::vector<std::string>{"reverse i"}, options, Figures::Fresh, **place);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "worker-silent");
  EXPECT_EQ(answer.error().message, "polyloom-worker on stuck does not answer any more");
}

TEST_F(RemotePlaceTest, AMeasurementThereCanBeCanceled) {
  const IslContext context;
  const auto regions = openProgram(context.get(), POLYLOOM_EXAMPLES "/gemm.c");
  ASSERT_TRUE(regions);
  const auto place = RemotePlace::connect({"stuck", ""});
  ASSERT_TRUE(place) << toText(place.error());
  std::stop_source stop;
  const std::jthread impatient([&] {
    std::this_thread::sleep_for(200ms);
    stop.request_stop();
  });
  const MeasureOptions options{.stop = stop.get_token()};
  const auto answer = measureRecipes(regions->front(), {}, options, Figures::Fresh, **place);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "canceled");
}

TEST(RemotePlace, WithoutSshThereIsASentence) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const auto place = RemotePlace::connect({"box", ""});
  setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(place);
  EXPECT_EQ(place.error().code, "no-ssh");
}

} // namespace
} // namespace polyloom::test
