// The store alone: what it keeps, what it finds, what it refuses.
#include "jit/store/measurement_store.h"

#include "tests/jit/store/samples.h"
#include "tests/support/child.h"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <functional>
#include <limits>

namespace polyloom::test {
namespace {

class MeasurementStoreTest : public ::testing::Test {
protected:
  MeasurementStore open() {
    Result<MeasurementStore> store = MeasurementStore::open(file());
    if (!store)
      throw std::runtime_error(store.error().message);
    return *std::move(store);
  }
  std::filesystem::path file() const { return folder_.path() / "data" / "measurements.sqlite"; }
  void add(const StoredMeasurement& measurement) {
    const Result<void> added = open().add(std::vector{measurement});
    ASSERT_TRUE(added) << added.error().message;
  }
  /// What the store has of the point, from a connection of its own.
  std::optional<StoredMeasurement> found(const MeasurementPoint& point, int runs = 3) {
    Result<std::optional<StoredMeasurement>> result = open().find(point, runs);
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : std::nullopt;
  }
  /// Opening fails with one sentence that names the file and holds `part`.
  void expectRefusal(const std::string& part) {
    const Result<MeasurementStore> store = MeasurementStore::open(file());
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, "store");
    EXPECT_NE(store.error().message.find(file().string()), std::string::npos) << store.error().message;
    EXPECT_NE(store.error().message.find(part), std::string::npos) << store.error().message;
  }

  TemporaryFolder folder_;
};

TEST_F(MeasurementStoreTest, GivesBackEveryPartOfAMeasurement) {
  const StoredMeasurement written = sampleMeasurement();
  add(written);
  const auto read = found(written.point);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->point.program, written.point.program);
  EXPECT_EQ(read->point.recipe, written.point.recipe);
  EXPECT_EQ(read->point.parameters, written.point.parameters);
  EXPECT_EQ(read->point.scalars, written.point.scalars);
  EXPECT_EQ(read->point.threads, 2);
  EXPECT_TRUE(read->point.pinned);
  EXPECT_FALSE(read->point.reassociate);
  EXPECT_EQ(read->point.seed, 1U);
  EXPECT_EQ(read->point.compiler, written.point.compiler);
  EXPECT_EQ(read->point.machine, written.point.machine);
  EXPECT_EQ(read->taken, written.taken);
  EXPECT_EQ(read->function, written.function);
  EXPECT_EQ(read->path, written.path);
  EXPECT_EQ(read->runs, 3);
  EXPECT_EQ(read->outcome, Outcome::Measured);
  EXPECT_EQ(read->result, ResultCheck::WithinTolerance);
  EXPECT_EQ(read->maxRelativeError, written.maxRelativeError);
  EXPECT_EQ(read->samples, written.samples); // bit by bit, in order
  EXPECT_EQ(read->originalSamples, written.originalSamples);
  EXPECT_EQ(read->place, "me@tower");
  EXPECT_EQ(toJson(read->facts), toJson(written.facts));
  EXPECT_EQ(read->facts.events.cycles, 1.0 / 3);
  EXPECT_EQ(read->facts.events.l1dMisses, std::nullopt);
  EXPECT_EQ(read->facts.originalEvents.instructions, 1e9);
  EXPECT_EQ(read->facts.warning, "too small");
  EXPECT_EQ(read->facts.memory->hugeBytes, 1U << 21);
  EXPECT_EQ(read->facts.roofline->triadBandwidth, 2e10);
}

TEST_F(MeasurementStoreTest, ReportsWhatTheMeasurementReported) {
  const VariantReport report = reportOf(sampleMeasurement());
  EXPECT_EQ(report.timing.median, 1.0 / 3e3);
  EXPECT_EQ(report.timing.interval, (Interval{1.0 / 7e3, 0.1 + 0.2}));
  EXPECT_DOUBLE_EQ(report.speedup, 2);
  EXPECT_EQ(report.warning, "too small");
  EXPECT_EQ(report.timing.events.llcMisses, 7);
  EXPECT_EQ(originalTimingOf(sampleMeasurement()).events.instructions, 1e9);
}

TEST_F(MeasurementStoreTest, KnowsWhichMachineANameLastStoodFor) {
  StoredMeasurement measurement = sampleMeasurement();
  EXPECT_EQ(open().identityAt("me@tower").value(), std::nullopt);
  add(measurement);
  measurement.point.machine.cores = 64;
  add(measurement);
  EXPECT_EQ(open().identityAt("me@tower").value(), (Identity{measurement.point.machine, measurement.point.compiler}));
  EXPECT_EQ(open().identityAt("").value(), std::nullopt);
}

TEST_F(MeasurementStoreTest, OfAPointTheNewestStayAndAsManyThatFailed) {
  MeasurementStore store = *MeasurementStore::open(file(), {.perPoint = 3});
  StoredMeasurement other = sampleMeasurement();
  other.point.threads = 7;
  EXPECT_TRUE(store.add(std::vector{other}));
  for (int k = 0; k < 5; ++k) {
    StoredMeasurement good = sampleMeasurement(), bad = sampleMeasurement();
    good.function = bad.function = std::to_string(k);
    bad.outcome = Outcome::Crashed;
    EXPECT_TRUE(store.add(std::vector{good, bad}));
  }
  std::string kept;
  const auto all = *store.listAll();
  for (const StoredMeasurement& measurement : all)
    kept += measurement.function + (measurement.outcome == Outcome::Measured ? "+ " : "- ");
  EXPECT_EQ(kept, "gemm+ 2+ 2- 3+ 3- 4+ 4- ");
}

TEST_F(MeasurementStoreTest, TheOldestGoWhereTheFileWouldBecomeTooLarge) {
  constexpr std::int64_t kBytes = 200'000;
  MeasurementStore store = *MeasurementStore::open(file(), {.bytes = kBytes});
  for (int k = 0; k < 300; ++k) {
    StoredMeasurement measurement = sampleMeasurement();
    measurement.point.seed = static_cast<std::uint64_t>(k);
    ASSERT_TRUE(store.add(std::vector{measurement}));
  }
  const auto all = *store.listAll();
  EXPECT_GT(all.size(), 50U);
  EXPECT_LT(all.size(), 290U);
  for (std::size_t k = 0; k < all.size(); ++k)
    EXPECT_EQ(all[k].point.seed, 300 - all.size() + k); // those that are left are the newest
  EXPECT_LT(std::filesystem::file_size(file()), 2 * kBytes);
}

TEST_F(MeasurementStoreTest, AMeasurementThatIsTooLargeAloneIsKeptAllTheSame) {
  MeasurementStore store = *MeasurementStore::open(file(), {.bytes = 1});
  EXPECT_TRUE(store.add(std::vector{sampleMeasurement(), sampleMeasurement()}));
  EXPECT_EQ(store.listAll()->size(), 2U);
}

TEST_F(MeasurementStoreTest, AFileOfTheFirstFormatIsReadOn) {
  add(sampleMeasurement());
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE)
      .exec("ALTER TABLE measurement DROP COLUMN place; ALTER TABLE measurement DROP COLUMN facts; PRAGMA user_version = 1");
  const auto read = found(sampleMeasurement().point);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->samples, sampleMeasurement().samples);
  EXPECT_EQ(read->place, "");
  EXPECT_EQ(read->facts.events.cycles, std::nullopt);
  EXPECT_FALSE(read->facts.memory);
  add(sampleMeasurement());
  EXPECT_EQ(found(sampleMeasurement().point)->place, "me@tower");
}

TEST_F(MeasurementStoreTest, FindsNothingAtAnotherPoint) {
  add(sampleMeasurement());
  using Change = std::function<void(MeasurementPoint&)>;
  const std::vector<std::pair<const char*, Change>> changes = {
      {"program", [](auto& point) { point.program = "c0ffef"; }},
      {"recipe", [](auto& point) { point.recipe += "2"; }},
      {"no recipe", [](auto& point) { point.recipe.clear(); }},
      {"parameter", [](auto& point) { point.parameters["N"] = 1001; }},
      {"scalar", [](auto& point) { point.scalars["alpha"] = std::nextafter(0.1, 1); }},
      {"threads", [](auto& point) { point.threads = 1; }},
      {"pinning", [](auto& point) { point.pinned = false; }},
      {"caches", [](auto& point) { point.cold = true; }},
      {"pages", [](auto& point) { point.hugePages = true; }},
      {"reassociation", [](auto& point) { point.reassociate = true; }},
      {"seed", [](auto& point) { point.seed = std::numeric_limits<std::uint64_t>::max(); }},
      {"compiler", [](auto& point) { point.compiler = "Polyloom 0.1.0, LLVM 19.1.8"; }},
      {"processor", [](auto& point) { point.machine.cpu = "AMD EPYC 9R15"; }},
      {"host", [](auto& point) { point.machine.host = "laptop"; }},
      {"cores", [](auto& point) { point.machine.cores = 4; }}};
  for (const auto& [what, change] : changes) {
    StoredMeasurement other = sampleMeasurement();
    change(other.point);
    EXPECT_FALSE(found(other.point)) << what;
    add(other);
    EXPECT_TRUE(found(other.point)) << what;
  }
  EXPECT_TRUE(found(sampleMeasurement().point));
}

TEST_F(MeasurementStoreTest, ScalarsThatAreNoNumbersAreDifferentPoints) {
  using Limits = std::numeric_limits<double>;
  for (const double value : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()}) {
    StoredMeasurement measurement = sampleMeasurement();
    measurement.point.scalars = {{"alpha", value}};
    EXPECT_FALSE(found(measurement.point)) << value;
    add(measurement);
    const auto read = found(measurement.point);
    ASSERT_TRUE(read) << value;
    EXPECT_TRUE(read->point.scalars.at("alpha") == value || std::isnan(value)) << value;
  }
}

TEST_F(MeasurementStoreTest, AsksForEnoughRounds) {
  add(sampleMeasurement());
  EXPECT_TRUE(found(sampleMeasurement().point, 2));
  EXPECT_FALSE(found(sampleMeasurement().point, 4));
}

TEST_F(MeasurementStoreTest, TheNewestCountsAndTheOlderStay) {
  StoredMeasurement measurement = sampleMeasurement();
  add(measurement);
  measurement.taken = "2026-02-02T00:00:00Z";
  add(measurement);
  EXPECT_EQ(found(measurement.point)->taken, "2026-02-02T00:00:00Z");
  EXPECT_EQ(open().listAll()->size(), 2U);
}

TEST_F(MeasurementStoreTest, FailuresAreListedButDoNotAnswer) {
  StoredMeasurement measurement = sampleMeasurement();
  measurement.outcome = Outcome::WrongResult;
  measurement.message = "its results hold values that are not numbers";
  measurement.result = ResultCheck::Different;
  measurement.maxRelativeError = std::numeric_limits<double>::quiet_NaN();
  measurement.samples.clear();
  add(measurement);
  EXPECT_FALSE(found(measurement.point));
  const auto all = open().listAll();
  ASSERT_TRUE(all && all->size() == 1);
  EXPECT_EQ(all->front().outcome, Outcome::WrongResult);
  EXPECT_EQ(all->front().message, measurement.message);
  EXPECT_TRUE(std::isnan(all->front().maxRelativeError));
}

TEST_F(MeasurementStoreTest, ListsTheProgramsThatAreAskedFor) {
  for (const char* program : {"aa", "bb", "cc", "aa"}) {
    StoredMeasurement measurement = sampleMeasurement();
    measurement.point.program = program;
    add(measurement);
  }
  EXPECT_EQ(open().list(std::vector<std::string>{"aa", "cc"})->size(), 3U);
  EXPECT_TRUE(open().list(std::vector<std::string>{})->empty());
}

TEST_F(MeasurementStoreTest, RefusesAFileOfANewerVersion) {
  add(sampleMeasurement());
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 3");
  expectRefusal("a newer Polyloom has written it (format 3; this one reads 2)");
}

TEST_F(MeasurementStoreTest, RefusesAFileThatIsNoDatabase) {
  std::filesystem::create_directories(file().parent_path());
  folder_.write("data/measurements.sqlite", "These are not the measurements you are looking for." + std::string(5000, '!'));
  expectRefusal("file is not a database");
}

TEST_F(MeasurementStoreTest, RefusesADatabaseOfSomebodyElse) {
  std::filesystem::create_directories(file().parent_path());
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE bookmark (url TEXT)");
  expectRefusal("it holds something else");
}

TEST_F(MeasurementStoreTest, DamageInsideTheFileIsAFailureWithASentence) {
  for (int k = 0; k < 200; ++k) {
    StoredMeasurement measurement = sampleMeasurement();
    measurement.point.seed = static_cast<std::uint64_t>(k);
    add(measurement);
  }
  std::string bytes = readFile(file());
  for (std::size_t at = 4096; at < bytes.size(); ++at)
    bytes[at] = static_cast<char>(at * 7919U);
  folder_.write("data/measurements.sqlite", bytes);
  MeasurementStore store = open(); // the first page is whole
  for (const auto& message : {store.listAll().error().message, store.find(sampleMeasurement().point, 3).error().message,
                              store.add(std::vector{sampleMeasurement()}).error().message})
    EXPECT_NE(message.find("malformed"), std::string::npos) << message;
}

TEST_F(MeasurementStoreTest, ARowThatWasChangedByHandIsAFailureWithASentence) {
  add(sampleMeasurement());
  SQLite::Database(file().string(), SQLite::OPEN_READWRITE).exec("UPDATE measurement SET samples = '[1.0]'");
  const auto read = open().find(sampleMeasurement().point, 3);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("lost some of its times"), std::string::npos) << read.error().message;
}

/// Lets file permissions hold even where the tests run as root.
class AsNobody {
public:
  AsNobody() { EXPECT_TRUE(geteuid() != 0 || (wasRoot_ = seteuid(65534) == 0)); }
  ~AsNobody() { EXPECT_TRUE(!wasRoot_ || seteuid(0) == 0); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

private:
  bool wasRoot_ = false;
};

TEST_F(MeasurementStoreTest, IsReadInAReadOnlyFolderButNotWritten) {
  add(sampleMeasurement());
  ASSERT_EQ(chmod(folder_.path().c_str(), 0755), 0);
  ASSERT_EQ(chmod(file().parent_path().c_str(), 0555), 0);
  ASSERT_EQ(chmod(file().c_str(), 0444), 0);
  {
    const AsNobody nobody;
    EXPECT_TRUE(found(sampleMeasurement().point));
    const Result<void> added = open().add(std::vector{sampleMeasurement()});
    ASSERT_FALSE(added);
    EXPECT_NE(added.error().message.find("cannot be written"), std::string::npos) << added.error().message;
  }
  ASSERT_EQ(chmod(file().parent_path().c_str(), 0755), 0);
}

TEST_F(MeasurementStoreTest, AFolderThatCannotBeMadeIsAFailureWithASentence) {
  ASSERT_EQ(chmod(folder_.path().c_str(), 0555), 0);
  {
    const AsNobody nobody;
    expectRefusal("its folder cannot be made: Permission denied");
  }
  ASSERT_EQ(chmod(folder_.path().c_str(), 0755), 0);
}

/// The environment variables that name the data folder, as they were afterwards.
class MeasurementStorePathTest : public ::testing::Test {
protected:
  void TearDown() override {
    for (const auto& [name, value] : before_)
      value ? setenv(name, value->c_str(), 1) : unsetenv(name);
  }
  void set(const char* name, const char* value) { value != nullptr ? setenv(name, value, 1) : unsetenv(name); }

private:
  static std::optional<std::string> valueOf(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }
  std::map<const char*, std::optional<std::string>> before_ = {
      {"POLYLOOM_DATA", valueOf("POLYLOOM_DATA")}, {"XDG_DATA_HOME", valueOf("XDG_DATA_HOME")}, {"HOME", valueOf("HOME")}};
};

TEST_F(MeasurementStorePathTest, FollowsTheEnvironment) {
  set("POLYLOOM_DATA", "/data/a");
  set("XDG_DATA_HOME", "/xdg");
  set("HOME", "/home/a");
  EXPECT_EQ(measurementStorePath()->string(), "/data/a/measurements.sqlite");
  set("POLYLOOM_DATA", nullptr);
  EXPECT_EQ(measurementStorePath()->string(), "/xdg/polyloom/measurements.sqlite");
  set("XDG_DATA_HOME", "not/absolute");
  EXPECT_EQ(measurementStorePath()->string(), "/home/a/.local/share/polyloom/measurements.sqlite");
  set("HOME", nullptr);
  EXPECT_FALSE(measurementStorePath());
}

} // namespace
} // namespace polyloom::test
