#include "jit/store/measurement_store.h"

#include "jit/store/data_folder.h"
#include "jit/store/words.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace polyloom {

namespace {

using nlohmann::json;

/// Of the table below, in SQLite's user_version. Another table needs another number and the way from the older one.
constexpr int kFormat = 2;
constexpr int kBusyMilliseconds = 10'000;

constexpr const char* kTable = R"sql(
  CREATE TABLE measurement (
    id INTEGER PRIMARY KEY,
    taken TEXT NOT NULL,
    program TEXT NOT NULL, recipe TEXT NOT NULL, parameters TEXT NOT NULL, scalars TEXT NOT NULL,
    threads INTEGER NOT NULL, pinned INTEGER NOT NULL, reassociate INTEGER NOT NULL, seed INTEGER NOT NULL,
    cold INTEGER NOT NULL, huge_pages INTEGER NOT NULL,
    compiler TEXT NOT NULL, cpu TEXT NOT NULL, host TEXT NOT NULL, cores INTEGER NOT NULL,
    function TEXT NOT NULL, path TEXT NOT NULL, runs INTEGER NOT NULL,
    outcome TEXT NOT NULL, message TEXT NOT NULL, result TEXT NOT NULL, max_relative_error REAL,
    samples TEXT NOT NULL, original_samples TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX measurement_point ON measurement (program, recipe);
)sql";

/// From format 1, where all was measured on the user's machine and nothing was kept beside the times.
constexpr const char* kUpgrade = R"sql(
  ALTER TABLE measurement ADD COLUMN place TEXT NOT NULL DEFAULT '';
  ALTER TABLE measurement ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
)sql";

constexpr const char* kColumns =
    "taken, program, recipe, parameters, scalars, threads, pinned, reassociate, seed, cold, huge_pages, compiler, cpu, host, "
    "cores, function, path, runs, outcome, message, result, max_relative_error, samples, original_samples, place, facts";

/// A row is of the point that bindPoint has bound.
constexpr const char* kIsOfPoint =
    "program = ?2 AND recipe = ?3 AND parameters = ?4 AND scalars = ?5 AND threads = ?6 AND pinned = ?7 AND "
    "reassociate = ?8 AND seed = ?9 AND cold = ?10 AND huge_pages = ?11 AND compiler = ?12 AND cpu = ?13 AND "
    "host = ?14 AND cores = ?15";

/// The file or what it holds is not as this program needs it. Thrown inside this file only, like SQLite's own.
class BadStore : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// JSON has no infinities and no NaN: they stand there as words.
json numberToJson(double value) {
  if (std::isfinite(value))
    return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

double numberFromJson(const json& value) {
  if (value.is_number())
    return value.get<double>();
  const double infinity = std::numeric_limits<double>::infinity();
  return value == "nan" ? std::numeric_limits<double>::quiet_NaN() : value == "inf" ? infinity : -infinity;
}

/// One text for equal values: names are sorted, numbers are as short as they can be.
std::string scalarsText(const std::map<std::string, double>& scalars) {
  json object = json::object();
  for (const auto& [name, value] : scalars)
    object[name] = numberToJson(value);
  return object.dump();
}

std::map<std::string, double> scalarsFrom(const std::string& text) {
  std::map<std::string, double> scalars;
  const json object = json::parse(text);
  for (const auto& [name, value] : object.items())
    scalars[name] = numberFromJson(value);
  return scalars;
}

/// Binds the parts of a point to ?2 … ?15.
void bindPoint(SQLite::Statement& statement, const MeasurementPoint& point) {
  int index = 2;
  const auto next = [&](const auto& value) { statement.bind(index++, value); };
  next(point.program);
  next(point.recipe);
  next(json(point.parameters).dump());
  next(scalarsText(point.scalars));
  next(point.threads);
  next(static_cast<int>(point.pinned));
  next(static_cast<int>(point.reassociate));
  next(static_cast<std::int64_t>(point.seed));
  next(static_cast<int>(point.cold));
  next(static_cast<int>(point.hugePages));
  next(point.compiler);
  next(point.machine.cpu);
  next(point.machine.host);
  next(point.machine.cores);
}

/// Binds a whole row in the order of kColumns.
void bindRow(SQLite::Statement& statement, const StoredMeasurement& measurement) {
  statement.bind(1, measurement.taken);
  bindPoint(statement, measurement.point);
  int index = 16;
  const auto next = [&](const auto& value) { statement.bind(index++, value); };
  next(measurement.function);
  next(measurement.path);
  next(measurement.runs);
  next(std::string(wordOf(measurement.outcome)));
  next(measurement.message);
  next(std::string(wordOf(measurement.result)));
  next(measurement.maxRelativeError); // SQLite makes NULL of NaN
  next(json(measurement.samples).dump());
  next(json(measurement.originalSamples).dump());
  next(measurement.place);
  next(toJson(measurement.facts).dump());
}

MeasurementPoint readPoint(SQLite::Statement& row) {
  MeasurementPoint point;
  point.program = row.getColumn("program").getString();
  point.recipe = row.getColumn("recipe").getString();
  point.parameters = json::parse(row.getColumn("parameters").getString()).get<std::map<std::string, std::int64_t>>();
  point.scalars = scalarsFrom(row.getColumn("scalars").getString());
  point.threads = row.getColumn("threads").getInt();
  point.pinned = row.getColumn("pinned").getInt() != 0;
  point.reassociate = row.getColumn("reassociate").getInt() != 0;
  point.seed = static_cast<std::uint64_t>(row.getColumn("seed").getInt64());
  point.cold = row.getColumn("cold").getInt() != 0;
  point.hugePages = row.getColumn("huge_pages").getInt() != 0;
  point.compiler = row.getColumn("compiler").getString();
  point.machine = {row.getColumn("cpu").getString(), row.getColumn("host").getString(), row.getColumn("cores").getInt()};
  return point;
}

StoredMeasurement readRow(SQLite::Statement& row) {
  StoredMeasurement measurement;
  measurement.point = readPoint(row);
  measurement.taken = row.getColumn("taken").getString();
  measurement.function = row.getColumn("function").getString();
  measurement.path = row.getColumn("path").getString();
  measurement.runs = row.getColumn("runs").getInt();
  const auto outcome = outcomeFromWord(row.getColumn("outcome").getString());
  const auto result = resultFromWord(row.getColumn("result").getString());
  if (!outcome || !result)
    throw BadStore("a measurement in it has an unknown outcome");
  measurement.outcome = *outcome;
  measurement.message = row.getColumn("message").getString();
  measurement.result = *result;
  const SQLite::Column error = row.getColumn("max_relative_error");
  measurement.maxRelativeError = error.isNull() ? std::numeric_limits<double>::quiet_NaN() : error.getDouble();
  measurement.samples = json::parse(row.getColumn("samples").getString()).get<std::vector<double>>();
  measurement.originalSamples = json::parse(row.getColumn("original_samples").getString()).get<std::vector<double>>();
  measurement.place = row.getColumn("place").getString();
  measurement.facts = factsFrom(json::parse(row.getColumn("facts").getString()));
  if (measurement.outcome == Outcome::Measured && measurement.samples.size() != measurement.originalSamples.size())
    throw BadStore("a measurement in it has lost some of its times");
  return measurement;
}

/// Makes the table in a new file, adds what an older one lacks, and refuses a file of another kind or of the future.
void prepare(SQLite::Database& database) {
  database.exec("PRAGMA synchronous = FULL"); // a figure that was reported is still there after the power fails
  const auto format = [&] { return database.execAndGet("PRAGMA user_version").getInt(); };
  if (format() < kFormat) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int found = format(); // somebody else may have been faster
    if (found == 0 && database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() != 0)
      throw BadStore("it holds something else");
    if (found < kFormat) {
      database.exec(found == 0 ? kTable : kUpgrade);
      database.exec(fmt::format("PRAGMA user_version = {}", kFormat));
    }
    transaction.commit();
  }
  if (format() > kFormat)
    throw BadStore(fmt::format("a newer Polyloom has written it (format {}; this one reads {})", format(), kFormat));
}

/// Removes what is too old among the figures of this point that came out alike: measured, or not.
void pruneLike(SQLite::Database& database, const StoredMeasurement& measurement, int kept) {
  SQLite::Statement prune(database, fmt::format("DELETE FROM measurement WHERE id IN (SELECT id FROM measurement WHERE {} "
                                                "AND (outcome = 'measured') = ?16 ORDER BY id DESC LIMIT -1 OFFSET ?1)",
                                                kIsOfPoint));
  prune.bind(1, kept);
  bindPoint(prune, measurement.point);
  prune.bind(16, static_cast<int>(measurement.outcome == Outcome::Measured));
  prune.exec();
}

/// Removes the oldest figures, a tenth at a time, until those that are left need no more than so many bytes. Those from
/// `first` on stay in any case.
void pruneToSize(SQLite::Database& database, std::int64_t first, std::int64_t bytes) {
  const auto number = [&](const char* pragma) { return database.execAndGet(fmt::format("PRAGMA {}", pragma)).getInt64(); };
  const auto isTooLarge = [&] { return (number("page_count") - number("freelist_count")) * number("page_size") > bytes; };
  SQLite::Statement prune(database, "DELETE FROM measurement WHERE id < ?1 AND id <= (SELECT id FROM measurement "
                                    "ORDER BY id LIMIT 1 OFFSET (SELECT count(*) / 10 FROM measurement))");
  prune.bind(1, first);
  while (isTooLarge() && prune.exec() > 0)
    prune.reset();
}

/// Does what throws where the file is not as it should be.
template <typename Action>
auto guarded(const std::filesystem::path& file, const char* what, const Action& action) -> Result<decltype(action())> {
  const auto refusal = [&](const std::exception& error) {
    return failure("store", fmt::format("the measurement store {} cannot be {}: {}", file.string(), what, error.what()));
  };
  try {
    if constexpr (std::is_void_v<decltype(action())>) {
      action();
      return {};
    } else {
      return action();
    }
  } catch (const SQLite::Exception& error) {
    return refusal(error);
  } catch (const json::exception& error) {
    return refusal(error);
  } catch (const BadStore& error) {
    return refusal(error);
  }
}

void makeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw BadStore("its folder cannot be made: " + error.message());
}

std::vector<StoredMeasurement> rowsOf(SQLite::Statement& query) {
  std::vector<StoredMeasurement> rows;
  while (query.executeStep())
    rows.push_back(readRow(query));
  return rows;
}

} // namespace

MeasurementStore::MeasurementStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> database,
                                   const Limits& limits)
    : file_(std::move(file)), database_(std::move(database)), limits_(limits) {}
MeasurementStore::MeasurementStore(MeasurementStore&&) noexcept = default;
MeasurementStore& MeasurementStore::operator=(MeasurementStore&&) noexcept = default;
MeasurementStore::~MeasurementStore() = default;

Result<MeasurementStore> MeasurementStore::open(const std::filesystem::path& file, const Limits& limits) {
  return guarded(file, "opened", [&] {
    makeFolder(file.parent_path());
    auto database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                       kBusyMilliseconds);
    prepare(*database);
    return MeasurementStore(file, std::move(database), limits);
  });
}

Result<std::optional<StoredMeasurement>> MeasurementStore::find(const MeasurementPoint& point, int runs) const {
  return guarded(file_, "read", [&]() -> std::optional<StoredMeasurement> {
    SQLite::Statement query(*database_, fmt::format("SELECT {} FROM measurement WHERE runs >= ?1 AND {} AND "
                                                    "outcome = 'measured' ORDER BY id DESC LIMIT 1", kColumns, kIsOfPoint));
    query.bind(1, runs);
    bindPoint(query, point);
    if (!query.executeStep())
      return std::nullopt;
    return readRow(query);
  });
}

Result<std::optional<Identity>> MeasurementStore::identityAt(const std::string& place) const {
  return guarded(file_, "read", [&]() -> std::optional<Identity> {
    SQLite::Statement query(*database_, "SELECT cpu, host, cores, compiler FROM measurement WHERE place = ?1 ORDER BY id "
                                        "DESC LIMIT 1");
    query.bind(1, place);
    if (!query.executeStep())
      return std::nullopt;
    return Identity{{query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getInt()},
                    query.getColumn(3).getString()};
  });
}

Result<std::vector<StoredMeasurement>> MeasurementStore::list(std::span<const std::string> programs) const {
  return guarded(file_, "read", [&] {
    SQLite::Statement query(*database_, fmt::format("SELECT {} FROM measurement WHERE program IN "
                                                    "(SELECT value FROM json_each(?1)) ORDER BY id", kColumns));
    query.bind(1, json(programs).dump());
    return rowsOf(query);
  });
}

Result<std::vector<StoredMeasurement>> MeasurementStore::listAll() const {
  return guarded(file_, "read", [&] {
    SQLite::Statement query(*database_, fmt::format("SELECT {} FROM measurement ORDER BY id", kColumns));
    return rowsOf(query);
  });
}

Result<void> MeasurementStore::add(std::span<const StoredMeasurement> measurements) {
  return guarded(file_, "written", [&] {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(*database_, fmt::format("INSERT INTO measurement ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                                                     "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
                                                     "?21, ?22, ?23, ?24, ?25, ?26)", kColumns));
    std::optional<std::int64_t> first;
    for (const StoredMeasurement& measurement : measurements) {
      bindRow(insert, measurement);
      insert.exec();
      insert.reset();
      first = first.value_or(database_->getLastInsertRowid());
      pruneLike(*database_, measurement, limits_.perPoint);
    }
    if (first)
      pruneToSize(*database_, *first, limits_.bytes);
    transaction.commit();
  });
}

Result<std::filesystem::path> measurementStorePath() {
  const Result<std::filesystem::path> folder = dataFolder();
  if (!folder)
    return failure("store", folder.error().message);
  return *folder / "measurements.sqlite";
}

} // namespace polyloom
