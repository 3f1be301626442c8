// Runners that are not what they should be, and runners that are.
#include "jit/runner_process.h"

#include "jit/compile.h"
#include "jit/entrant.h"
#include "jit/measure.h"
#include "jit/processor.h"
#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

namespace polyloom::test {

namespace {

/// A program that stands in for the runner; removed with this.
class FakeRunner {
public:
  explicit FakeRunner(const std::string& script)
      : path_(std::filesystem::temp_directory_path() /
              ("polyloom-fake-" + std::to_string(getpid()) + "-" + std::to_string(count_++))) {
    std::ofstream(path_) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~FakeRunner() { std::filesystem::remove(path_); }

  Diagnostic failureOf() const {
    MeasureOptions options;
    options.runner = path_.string();
    const auto report = measure(axpy(10), {}, options);
    EXPECT_FALSE(report);
    return report ? Diagnostic{} : report.error();
  }

private:
  static inline int count_ = 0;
  std::filesystem::path path_;
};

/// Processor time of all threads of a process, in clock ticks.
long ticksOf(int process) {
  long total = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
    std::ifstream stream(thread.path() / "stat");
    std::string word;
    for (int i = 1; i < 14; ++i)
      stream >> word;
    long user = 0, system = 0;
    stream >> user >> system;
    total += user + system;
  }
  return total;
}

} // namespace

TEST(Runner, OneThatExitsIsReported) {
  const Diagnostic error = FakeRunner("exit 9").failureOf();
  EXPECT_EQ(error.code, "original-failed");
  EXPECT_NE(error.message.find("status 9"), std::string::npos) << error.message;
}

TEST(Runner, OneThatAnswersGarbageIsReported) {
  const Diagnostic error = FakeRunner("echo 'a lot of text that is no message at all, really' >&3; sleep 5").failureOf();
  EXPECT_NE(error.message.find("no usable answer"), std::string::npos) << error.message;
}

TEST(Runner, OneThatAnswersZerosIsReported) {
  const Diagnostic error = FakeRunner("head -c 4096 /dev/zero >&3; sleep 5").failureOf();
  EXPECT_NE(error.message.find("no usable answer"), std::string::npos) << error.message;
}

TEST(Runner, OneThatDiesAfterHalfAMessageIsReported) {
  const Diagnostic error = FakeRunner("printf '\\100\\0\\0\\0\\0\\0\\0\\0' >&3; kill -9 $$").failureOf();
  EXPECT_NE(error.message.find("SIGKILL"), std::string::npos) << error.message;
}

TEST(Runner, PoolThreadsSleepAfterAParallelRun) {
  const Kernel kernel = axpy(100, {.parallel = true});
  MeasureOptions options;
  options.threads = 2;
  auto setting = makeSetting(kernel, options);
  ASSERT_TRUE(setting && makeInputs(kernel, *setting));
  auto entrant = Entrant::start(*setting, kernel, *compileToObject(kernel));
  ASSERT_TRUE(entrant) << entrant.error().message;
  ASSERT_TRUE(entrant->run(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  const long before = ticksOf(entrant->processId());
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  EXPECT_LE(ticksOf(entrant->processId()) - before, 1);
}

TEST(Runner, WorksOnTheSamePagesAsTheOthers) {
  const Kernel kernel = axpy(100);
  auto setting = makeSetting(kernel, {});
  ASSERT_TRUE(setting && makeInputs(kernel, *setting));
  if (memoryNodes() > 1) { // there each runner has pages of its own
    EXPECT_LT(setting->arrays.descriptor(), 0);
    return;
  }
  const Setting::Room room = setting->sharedArrays.at("y");
  const std::uint64_t pageEnd = (room.offset + room.bytes + 4095) / 4096 * 4096; // where the array ends, to within 63 bytes
  const auto inSharedMemory = setting->arrays.bytes().subspan(pageEnd - (room.bytes + 63) / 64 * 64, room.bytes);
  for (int turn = 0; turn < 2; ++turn) {
    std::ranges::fill(inSharedMemory, std::byte{0});
    auto entrant = Entrant::start(*setting, kernel, *compileToObject(kernel));
    ASSERT_TRUE(entrant) << entrant.error().message;
    ASSERT_TRUE(entrant->runForResults());
    EXPECT_TRUE(std::ranges::equal(entrant->results().at("y"), inSharedMemory)) << turn;
  }
  setting->options.hugePages = true;
  auto withHugePages = makeSetting(kernel, setting->options);
  ASSERT_TRUE(withHugePages && makeInputs(kernel, *withHugePages));
  EXPECT_LT(withHugePages->arrays.descriptor(), 0);
}

TEST(Runner, LeavesNoSharedMemoryBehind) {
  const Execution run(axpy(100, {.parallel = true}));
  ASSERT_EQ(run.error(), "");
  const std::filesystem::path folder = "/dev/shm";
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << "no /dev/shm here";
  // Other runners may be starting at this moment: only this one's name counts.
  const std::string own = "KMP_REGISTERED_LIB_" + std::to_string(run.processId()) + "_";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    EXPECT_EQ(entry.path().filename().string().find(own), std::string::npos) << entry.path();
}

} // namespace polyloom::test
