// Every measurement that was taken, in one file of the user's.
#pragma once

#include "core/base/diagnostic.h"
#include "jit/store/measurement.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace SQLite {
class Database;
}

namespace polyloom {

/// An SQLite file. Several programs may read and write it at once; a program that is killed while it writes leaves the
/// measurements of before, and all or none of those it was writing. Nothing is ever replaced: of the same point
/// the newest counts. What is older than `Limits` allow goes when something is added. All failures have code "store" and
/// name the file.
///
/// The journal is SQLite's rollback journal and not its write-ahead log: that log needs memory which all writers
/// share, and home folders on network file systems have none; nor could a file in a folder that is read-only be read.
/// What the log would gain, writers that do not wait for readers, is nothing beside the seconds that a measurement
/// takes. Writers wait for each other, ten seconds at most.
class MeasurementStore {
public:
  /// How much is kept: of each point so many figures, and as many that crashed or were wrong; of all together so many
  /// bytes, before the oldest tenth goes.
  struct Limits {
    int perPoint = 20;
    std::int64_t bytes = 64 << 20;
  };

  /// Opens the file, made with its folders where it is missing. Refuses one that a newer Polyloom has written, and one
  /// that is something else.
  static Result<MeasurementStore> open(const std::filesystem::path& file, const Limits& limits);
  static Result<MeasurementStore> open(const std::filesystem::path& file) { return open(file, Limits()); }
  MeasurementStore(MeasurementStore&&) noexcept;
  MeasurementStore& operator=(MeasurementStore&&) noexcept;
  ~MeasurementStore();

  /// The newest figure of the point that was asked for with at least so many rounds. Only successful ones: what
  /// crashed or was wrong deserves another try.
  Result<std::optional<StoredMeasurement>> find(const MeasurementPoint& point, int runs) const;

  /// What the newest figure from this place was measured with: the machine that the name last stood for.
  Result<std::optional<Identity>> identityAt(const std::string& place) const;

  /// The measurements of these programs (by their digests), oldest first.
  Result<std::vector<StoredMeasurement>> list(std::span<const std::string> programs) const;
  /// All of them.
  Result<std::vector<StoredMeasurement>> listAll() const;

  /// Keeps all of them or, where that fails, none.
  Result<void> add(std::span<const StoredMeasurement> measurements);

private:
  MeasurementStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> database, const Limits& limits);

  std::filesystem::path file_;
  std::unique_ptr<SQLite::Database> database_;
  Limits limits_;
};

/// Where the user's measurements are: measurements.sqlite in the data folder (data_folder.h). Fails where there is none.
Result<std::filesystem::path> measurementStorePath();

} // namespace polyloom
