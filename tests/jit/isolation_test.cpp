// Kernels that misbehave in the middle of a measurement: each is reported in a sentence, and the others go on.
#include "jit/peer.h"

#include "jit/measure.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace polyloom::test {

namespace {

constexpr const char* kHead = "#include <stdint.h>\n"
                              "#include <stdlib.h>\n"
                              "#include <string.h>\n"
                              "#include <unistd.h>\n";
constexpr const char* kKernel = "void polyloom_kernel(void** arrays, const int64_t* parameters, const double* scalars) {\n"
                                "  double *y = arrays[0], *x = arrays[1];\n"
                                "  static int calls = 0;\n"
                                "  (void)scalars; calls++;\n";
constexpr const char* kLoop = "  for (int64_t i = 0; i < parameters[0]; i++) y[i] = y[i] * 0.5 + x[i];\n}\n";

/// Measures axpy against C text that stands before its loop, and against lanes, which must not notice.
VariantReport measuredWith(const std::string& prologue, const std::string& before = "", MeasureOptions options = {}) {
  const auto object = compilePeer(kHead + before + kKernel + prologue + kLoop, {"cc", "-O1"});
  if (!object) {
    ADD_FAILURE() << toText(object.error());
    return {};
  }
  options.runs = 5;
  options.runLimit = std::chrono::milliseconds(300);
  const std::vector<Variant> variants = {
      {"lanes", axpyInLanes(500, 4)}, {"bad", SharedObject{object->path()}}, {"more lanes", axpyInLanes(500, 8)}};
  const auto report = measure(axpy(500), variants, options);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  if (!report)
    return {};
  for (const std::size_t good : {0U, 2U}) {
    EXPECT_EQ(report->variants[good].outcome, Outcome::Measured) << report->variants[good].message;
    EXPECT_EQ(report->variants[good].timing.samples.size(), 5U);
  }
  return report->variants[1];
}

void expectCrash(const VariantReport& report, const std::string& reason) {
  EXPECT_EQ(report.outcome, Outcome::Crashed);
  EXPECT_FALSE(report.message.empty());
  EXPECT_NE(report.message.find(reason), std::string::npos) << report.message;
}

/// The runner of this process that was started last; 0: there is none.
pid_t youngestRunner() {
  pid_t youngest = 0;
  unsigned long long latest = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string line;
    std::getline(stat, line);
    if (line.find("(polyloom-runner)") == std::string::npos)
      continue;
    std::istringstream fields(line.substr(line.rfind(')') + 2)); // from the third one on
    std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
    if (words.size() > 19 && std::stol(words[1]) == getpid() && std::stoull(words[19]) >= latest) {
      latest = std::stoull(words[19]);
      youngest = std::max(youngest, static_cast<pid_t>(std::stol(line)));
    }
  }
  return youngest;
}

} // namespace

TEST(Isolation, ACrashInALaterRun) {
  expectCrash(measuredWith("  if (calls == 4) *(volatile int*)8 = 1;\n"), "SIGSEGV");
}

TEST(Isolation, ALaterRunThatNeverEnds) {
  const VariantReport report = measuredWith("  if (calls == 4) for (;;) __asm__ volatile(\"\");\n");
  EXPECT_EQ(report.outcome, Outcome::TimedOut);
  EXPECT_NE(report.message.find("time limit"), std::string::npos) << report.message;
}

TEST(Isolation, AForbiddenCallInALaterRun) {
  expectCrash(measuredWith("  if (calls == 4) unlink(\"/tmp/polyloom-is-not-there\");\n"), "not allowed");
}

TEST(Isolation, AWriteBeforeAnArray) {
  expectCrash(measuredWith("  y[-1000] = 1;\n"), "SIGSEGV");
}

TEST(Isolation, ARecursionWithoutEnd) {
  expectCrash(measuredWith("  y[0] += deeper(1);\n",
                           "double deeper(int n) { volatile double a[64]; a[n % 64] = n; "
                           "return n < 0 ? 0 : deeper(n + 1) + a[n % 64]; }\n"),
              "SIGSEGV");
}

TEST(Isolation, AllMemoryThatThereIs) {
  // asks for more and more, and uses what it was not given
  expectCrash(measuredWith("  for (;;) { char* p = malloc(1 << 30); *(volatile char*)p = 1; }\n"), "SIGSEGV");
}

TEST(Isolation, NoiseOnTheChannel) {
  // the sentence depends on which end gives up first
  expectCrash(measuredWith("  char noise[4096]; memset(noise, 0x5a, sizeof noise);\n"
                           "  if (write(3, noise, sizeof noise) < 0) _exit(9);\n"),
              "");
}

TEST(Isolation, AClosedChannel) {
  expectCrash(measuredWith("  close(3);\n"), "");
}

TEST(Isolation, ARunnerThatIsKilledFromOutside) {
  MeasureOptions options;
  bool isDone = false;
  options.progress = [&](const std::string& activity, double) {
    if (activity != "checking more lanes" || isDone) // by then the bad one is the youngest
      return;
    isDone = true;
    const pid_t victim = youngestRunner();
    EXPECT_GT(victim, 0);
    if (victim > 0)
      kill(victim, SIGKILL);
  };
  expectCrash(measuredWith("", "", options), "ended from outside (SIGKILL)");
  EXPECT_TRUE(isDone);
}

} // namespace polyloom::test
