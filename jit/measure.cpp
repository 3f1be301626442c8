#include "jit/measure.h"

#include "jit/compile.h"
#include "jit/contest.h"
#include "jit/machine_lock.h"
#include "jit/prepared.h"
#include "jit/processor.h"
#include "jit/verification.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace polyloom {

namespace {

std::uint64_t machineBytes() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t bytesOf(const std::vector<ArrayShape>& shapes) {
  std::uint64_t bytes = 0;
  for (const ArrayShape& shape : shapes)
    bytes += shape.bytes;
  return bytes;
}

std::string inMebibytes(std::uint64_t bytes) { return std::to_string((bytes >> 20) + 1) + " MiB"; }

/// Every process holds its arrays; beside them stand the inputs, two sets of reference results and one of a variant.
Result<void> checkMemory(const Kernel& original, std::span<const Variant> variants, const Setting& setting) {
  const auto shapes = shapesOf(original, setting.parameters);
  if (!shapes)
    return std::unexpected(shapes.error());
  std::uint64_t needed = 6 * bytesOf(*shapes) + (setting.options.cold ? 2 * lastLevelCacheBytes() : 0);
  for (const Variant& variant : variants) {
    const auto* kernel = std::get_if<Kernel>(&variant.code);
    const auto own = kernel != nullptr ? shapesOf(*kernel, setting.parameters) : shapes;
    needed += own ? bytesOf(*own) : 0;
  }
  const std::uint64_t allowed = machineBytes() / 2;
  if (needed > allowed)
    return failure("too-much-memory", "the measurement needs " + inMebibytes(needed) + ", more than half of this " +
                                          "machine's memory (" + inMebibytes(allowed) + ")");
  return {};
}

/// The setting with its inputs, where memory admits them.
Result<Setting> readySetting(const Kernel& original, std::span<const Variant> variants, const MeasureOptions& options) {
  auto setting = makeSetting(original, options);
  if (!setting)
    return setting;
  if (const auto fits = checkMemory(original, variants, *setting); !fits)
    return std::unexpected(fits.error());
  if (const auto made = makeInputs(original, *setting); !made)
    return std::unexpected(made.error());
  return setting;
}

Result<MeasureReport> timed(Contest& contest, const MeasureOptions& options) {
  const MachineLock lock(options.stop);
  if (const auto done = contest.time(); !done)
    return std::unexpected(done.error());
  return contest.report();
}

} // namespace

std::string defaultRunnerPath() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "polyloom-runner").string();
}

Result<MeasureReport> measure(const Kernel& original, std::span<const Variant> variants,
                              const MeasureOptions& chosen) {
  const auto setting = readySetting(original, variants, chosen);
  if (!setting)
    return std::unexpected(setting.error());
  Contest contest(*setting, original, variants);
  if (const auto admitted = contest.admitOriginal(); !admitted)
    return std::unexpected(admitted.error());
  contest.admitVariants();
  return timed(contest, chosen);
}

struct PreparedMeasurement::State {
  Kernel original;
  std::vector<Variant> variants;
  Setting setting;
  std::optional<Contest> contest = {}; ///< looks at all of the above
};

PreparedMeasurement::PreparedMeasurement(std::unique_ptr<State> state) : state_(std::move(state)) {}
PreparedMeasurement::PreparedMeasurement(PreparedMeasurement&&) noexcept = default;
PreparedMeasurement& PreparedMeasurement::operator=(PreparedMeasurement&&) noexcept = default;
PreparedMeasurement::~PreparedMeasurement() = default;

Result<PreparedMeasurement> PreparedMeasurement::prepare(Kernel original, std::vector<Variant> variants,
                                                         const MeasureOptions& options) {
  auto setting = readySetting(original, variants, options);
  if (!setting)
    return std::unexpected(setting.error());
  auto state = std::make_unique<State>(State{std::move(original), std::move(variants), *std::move(setting)});
  Contest& contest = state->contest.emplace(state->setting, state->original, state->variants);
  if (const auto admitted = contest.admitOriginal(); !admitted)
    return std::unexpected(admitted.error());
  contest.admitVariants();
  return PreparedMeasurement(std::move(state));
}

Result<MeasureReport> PreparedMeasurement::time() { return timed(*state_->contest, state_->setting.options); }

Result<TrialRuns> TrialRuns::make(Kernel original, MeasureOptions options) {
  auto object = compileToObject(original);
  if (!object)
    return std::unexpected(object.error());
  return TrialRuns(std::move(original), std::move(options), *std::move(object));
}

Result<double> TrialRuns::seconds(const std::map<std::string, std::int64_t>& parameters) const {
  MeasureOptions options = options_;
  options.parameters = parameters;
  const auto setting = readySetting(original_, {}, options);
  if (!setting)
    return std::unexpected(setting.error());
  auto entrant = Entrant::start(*setting, original_, object_);
  if (!entrant)
    return failure("original-failed", "the original cannot be run: " + entrant.error().message);
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 2; ++run) { // the first one meets cold caches
    const auto totals = entrant->run(1);
    if (!totals)
      return failure("original-failed", "the original cannot be run: " + totals.error().message);
    best = std::min(best, std::chrono::duration<double>(totals->time).count());
  }
  return best;
}

} // namespace polyloom
