#include "app/cli/commands.h"
#include "app/jobs/json.h"
#include "app/jobs/measure_notes.h"
#include "app/jobs/open.h"
#include "jit/store/measurement_store.h"
#include "jit/store/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

namespace polyloom {

namespace {

/// The digests of the file's regions, or of the one that is chosen.
Result<std::vector<std::string>> programsOf(const std::string& file, const CommonOptions& common) {
  const IslContext context;
  Result<std::vector<ScopPtr>> regions = openProgram(context.get(), file, {common.includes, common.defines});
  if (!regions)
    return std::unexpected(regions.error());
  if (common.scop > 0 || !common.function.empty()) {
    const Result<std::size_t> chosen = chooseRegion(*regions, common);
    if (!chosen)
      return std::unexpected(chosen.error());
    regions = std::vector<ScopPtr>{(*regions)[*chosen]};
  }
  std::vector<std::string> programs;
  for (const ScopPtr& region : *regions)
    programs.push_back(programDigest(*region));
  return programs;
}

/// The store's content for a file, or all of it where no file is named.
Result<std::vector<StoredMeasurement>> measurementsFor(const std::string& file, const std::filesystem::path& path,
                                                       const CommonOptions& common) {
  if (file.empty() && (common.scop > 0 || !common.function.empty()))
    return failure("usage", "--scop and --function choose a region of a file; name the file, too");
  const Result<std::vector<std::string>> programs =
      file.empty() ? std::vector<std::string>() : programsOf(file, common);
  if (!programs)
    return std::unexpected(programs.error());
  if (!std::filesystem::exists(path))
    return std::vector<StoredMeasurement>(); // to look does not make one
  const Result<MeasurementStore> store = MeasurementStore::open(path);
  if (!store)
    return std::unexpected(store.error());
  return file.empty() ? store->listAll() : store->list(*programs);
}

template <typename Value> std::string namedValues(const std::map<std::string, Value>& values) {
  std::vector<std::string> words;
  for (const auto& [name, value] : values)
    words.push_back(fmt::format("{}={}", name, value));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string figureOf(const StoredMeasurement& measurement) {
  const VariantReport report = reportOf(measurement);
  if (report.outcome != Outcome::Measured)
    return fmt::format("{}: {}", wordOf(report.outcome), report.message);
  std::string text = fmt::format("{:.3f} ms", report.timing.median * 1e3);
  if (!measurement.point.recipe.empty())
    text += fmt::format(", original {:.3f} ms, speedup {:.2f} [{:.2f} … {:.2f}], result {}",
                        median(measurement.originalSamples) * 1e3, report.speedup, report.speedupInterval.low,
                        report.speedupInterval.high, wordOf(report.result));
  return text + fmt::format(", {} runs", measurement.samples.size());
}

/// A line for the point, a line for the figure, and a line for where it was taken if that is not `here`.
std::string describe(const StoredMeasurement& measurement, const Identity& here) {
  const MeasurementPoint& point = measurement.point;
  std::string recipe = point.recipe.empty() ? "original order" : point.recipe;
  for (std::size_t at = 0; (at = recipe.find('\n', at)) != std::string::npos;)
    recipe.replace(at, 1, "; ");
  std::string text = fmt::format("{}  {}  {}", readableTime(measurement.taken), measurement.function, recipe);
  for (const std::string& values : {namedValues(point.parameters), namedValues(point.scalars)})
    text += values.empty() ? "" : "  " + values;
  text += fmt::format("  {} thread{}{}\n    {}\n", point.threads, point.threads == 1 ? "" : "s", point.reassociate ? ", reassociate" : "",
                      figureOf(measurement));
  const Identity identity{point.machine, point.compiler};
  if (identity != here || !measurement.place.empty())
    text += fmt::format("    on {}\n", placeText(measurement.place.empty() ? point.machine.host : measurement.place, identity));
  return text;
}

int measurementsCommand(const std::string& file, const CommonOptions& common) {
  const Result<std::filesystem::path> path = measurementStorePath();
  if (!path)
    return fail(path.error(), common);
  const Result<std::vector<StoredMeasurement>> measurements = measurementsFor(file, *path, common);
  if (!measurements)
    return fail(measurements.error(), common);
  nlohmann::json result = {{"store", path->string()}, {"measurements", nlohmann::json::array()}};
  const Identity here = thisIdentity();
  std::string text;
  for (const StoredMeasurement& measurement : *measurements) {
    result["measurements"].push_back(measurementToJson(measurement));
    text += describe(measurement, here);
  }
  if (text.empty())
    text = file.empty() ? "nothing has been measured yet\n" : fmt::format("nothing of {} has been measured yet\n", file);
  answer(result, text, common);
  return kFine;
}

} // namespace

void addMeasurements(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("measurements", "what has been measured, and when");
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "only this file's regions, as they are now");
  command->callback([file, &common, &exitCode] { exitCode = measurementsCommand(*file, common); });
}

} // namespace polyloom
