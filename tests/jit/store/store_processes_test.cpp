// Several processes and the store: writers at once, and writers that are killed.
#include "jit/store/measurement_store.h"
#include "tests/support/child.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <thread>

extern char** environ;

namespace polyloom::test {
namespace {

/// A running store_writer, its acknowledgments in a file.
class Writer {
public:
  Writer(const std::filesystem::path& store, const std::string& label, int first, int count,
         std::filesystem::path acknowledged)
      : acknowledged_(std::move(acknowledged)) {
    std::vector<std::string> words = {POLYLOOM_STORE_WRITER, store.string(), label, std::to_string(first),
                                      std::to_string(count)};
    std::vector<char*> arguments;
    for (std::string& word : words)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, acknowledged_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    EXPECT_EQ(posix_spawn(&process_, words[0].c_str(), &actions, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
  }

  /// The last whole line that it printed; nothing before the first.
  std::optional<int> lastAcknowledged() const {
    const std::string text = readFile(acknowledged_);
    const std::size_t end = text.rfind('\n');
    if (end == std::string::npos)
      return std::nullopt;
    const std::size_t start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    return std::stoi(text.substr(start == std::string::npos ? 0 : start + 1));
  }
  void kill() const { ::kill(process_, SIGKILL); }
  int wait() const {
    int status = 0;
    waitpid(process_, &status, 0);
    return status;
  }

private:
  std::filesystem::path acknowledged_;
  pid_t process_ = -1;
};

/// Number of measurements per batch number; every one has all its times.
std::map<int, int> batches(const std::filesystem::path& file, const std::string& label) {
  std::map<int, int> counts;
  const Result<MeasurementStore> store = MeasurementStore::open(file);
  const auto all = store ? store->listAll() : std::unexpected(store.error());
  EXPECT_TRUE(all) << all.error().message;
  if (!all)
    return counts;
  for (const StoredMeasurement& measurement : *all) {
    EXPECT_EQ(measurement.samples.size(), 1000U);
    EXPECT_EQ(measurement.samples, measurement.originalSamples);
    if (measurement.function == label)
      ++counts[std::stoi(measurement.path)];
  }
  return counts;
}

TEST(StoreProcesses, WritersAtOnceLoseNothing) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "measurements.sqlite"; // none of them finds it made
  constexpr int kBatches = 40;
  std::vector<Writer> writers;
  for (const char* label : {"a", "b", "c", "d"})
    writers.emplace_back(file, label, 0, kBatches, folder.path() / label);
  for (const Writer& writer : writers)
    EXPECT_EQ(writer.wait(), 0);
  for (const char* label : {"a", "b", "c", "d"}) {
    const std::map<int, int> counts = batches(file, label);
    EXPECT_EQ(counts.size(), static_cast<std::size_t>(kBatches)) << label;
    for (const auto& [batch, count] : counts)
      EXPECT_EQ(count, 3) << label << " " << batch;
  }
}

TEST(StoreProcesses, AKilledWriterLeavesWholeMeasurementsOnly) {
  using namespace std::chrono_literals;
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "measurements.sqlite";
  std::mt19937 random(5);
  std::uniform_int_distribution<int> microseconds(0, 4000);
  int interrupted = 0; // kills that left a transaction half written
  int next = 0;
  for (int round = 0; round < 200 && (round < 30 || interrupted < 5); ++round) {
    const Writer writer(file, "k", next, 1'000'000, folder.path() / "acknowledged");
    const auto giveUp = std::chrono::steady_clock::now() + 60s;
    while (!writer.lastAcknowledged() && std::chrono::steady_clock::now() < giveUp)
      std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    writer.kill();
    EXPECT_TRUE(WIFSIGNALED(writer.wait()));
    interrupted += std::filesystem::exists(file.string() + "-journal") ? 1 : 0;
    const std::optional<int> last = writer.lastAcknowledged();
    ASSERT_TRUE(last);
    const std::map<int, int> counts = batches(file, "k");
    for (const auto& [batch, count] : counts)
      EXPECT_EQ(count, 3) << batch; // all of a batch or nothing
    for (int batch = 0; batch <= *last; ++batch)
      ASSERT_TRUE(counts.contains(batch)) << batch << " was acknowledged and is lost";
    ASSERT_LE(counts.rbegin()->first, *last + 1); // the one under way may have come through
    next = counts.rbegin()->first + 1;
  }
  EXPECT_GE(interrupted, 5) << "too few kills hit a writer that was writing";
}

} // namespace
} // namespace polyloom::test
