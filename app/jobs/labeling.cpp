#include "app/jobs/labeling.h"

#include "app/jobs/label_program.h"
#include "app/jobs/measuring.h"
#include "jit/statistics.h"
#include "jit/store/machine.h"
#include "jit/store/measurement_store.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <latch>
#include <mutex>
#include <span>
#include <thread>

namespace polyloom {

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

/// Four digits: more would be noise, and bytes.
double rounded(double value) { return std::stod(fmt::format("{:.4g}", value)); }
json rounded(const Interval& interval) { return {rounded(interval.low), rounded(interval.high)}; }

json timesOf(const Timing& timing) {
  return {{"fastest_s", rounded(std::ranges::min(timing.samples))}, {"median_s", rounded(timing.median)}};
}

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One run over the sources.
class Labeling {
public:
  Labeling(LabelFile& file, const LabelingOptions& options, const LabelingTold& told)
      : file_(file), options_(options), told_(told) {}

  Result<LabelingProgress> run(const std::vector<LabelSource>& sources);

private:
  using Prepared = std::optional<Result<PreparedLabels>>;

  using Timed = std::optional<Result<MeasureReport>>;

  class Batch;
  Result<void> label(std::span<const LabelSource> sources);
  std::vector<Timed> time(std::span<const LabelSource> sources, Batch& batch);
  Result<void> append(const LabelSource& source, PreparedLabels& prepared, const MeasureReport& report);
  void addSchedules(const LabelSource& source, const PreparedLabels& prepared, const MeasureReport& report, json& line);
  void keepInStore(const PreparedLabels& prepared, const MeasureReport& report);
  void tellProblem(const LabelSource& source, const Diagnostic& problem);

  LabelFile& file_;
  const LabelingOptions& options_;
  const LabelingTold& told_;
  LabelingProgress progress_;
};

/// Programs that are timed in turn. The threads that have prepared them stay until all is timed: a runner dies with the
/// thread that has started it.
class Labeling::Batch {
public:
  Batch(std::span<const LabelSource> sources, const LabelingOptions& options, const LabelFile& file)
      : sources_(sources), options_(options), file_(file), prepared_(sources.size()),
        ready_(static_cast<std::ptrdiff_t>(sources.size())) {
    for (int preparer = 0; preparer < std::max(options.preparers, 1); ++preparer)
      team_.emplace_back([this] {
        for (std::size_t number = next_++; number < sources_.size(); number = next_++) {
          prepare(number);
          ready_.count_down();
        }
        timed_.wait();
      });
    ready_.wait();
  }
  ~Batch() { timed_.count_down(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  Prepared& operator[](std::size_t number) { return prepared_[number]; }

private:
  void prepare(std::size_t number) {
    const auto isKnown = [&](const std::string& canonical) {
      const std::scoped_lock lock(mutex_);
      return file_.hasProgram(canonical) || !here_.insert(canonical).second;
    };
    try {
      prepared_[number] = prepareLabels(sources_[number], options_, isKnown);
    } catch (const std::exception& error) { // one program's trouble is not the others'
      prepared_[number] = failure("not-prepared", error.what());
    }
  }

  std::span<const LabelSource> sources_;
  const LabelingOptions& options_;
  const LabelFile& file_;
  std::mutex mutex_;
  std::unordered_set<std::string> here_; ///< canonical hashes of this batch
  std::vector<Prepared> prepared_;
  std::atomic<std::size_t> next_ = 0;
  std::latch ready_;
  std::latch timed_{1};
  std::vector<std::jthread> team_; ///< goes first
};

void Labeling::tellProblem(const LabelSource& source, const Diagnostic& problem) {
  ++progress_.skipped;
  if (told_.problem && problem.code != "known-program")
    told_.problem(fmt::format("{}: {}", source.name(), problem.message));
}

void Labeling::addSchedules(const LabelSource& source, const PreparedLabels& prepared, const MeasureReport& report,
                            json& line) {
  json schedules = json::array();
  std::map<std::string, int> leftOut;
  std::size_t labels = file_.labels(), nearOne = file_.nearOne();
  for (std::size_t v = 0; v < report.variants.size(); ++v) {
    const VariantReport& variant = report.variants[v];
    if (variant.outcome == Outcome::WrongResult && told_.wrongResult)
      told_.wrongResult(fmt::format("{}: a legal schedule computes something else ({}):\n{}", source.name(), variant.message,
                                    prepared.recipes[v]));
    if (variant.outcome != Outcome::Measured) {
      ++leftOut[variant.outcome == Outcome::WrongResult ? "wrong" : variant.outcome == Outcome::TimedOut ? "slow" : "failed"];
      continue;
    }
    const Ratio speedup = ratioOfFastest(report.original.samples, variant.timing.samples, kLabelVisits);
    const bool isNear = LabelFile::isNearOne(speedup.value);
    if (isNear && 5 * (nearOne + 1) > labels + 1) {
      ++leftOut["near_one"];
      continue;
    }
    ++labels;
    nearOne += isNear ? 1 : 0;
    json schedule = timesOf(variant.timing);
    schedule.update({{"recipe", prepared.recipes[v]}, {"speedup", rounded(speedup.value)},
                     {"speedup_interval", rounded(speedup.interval)}});
    schedules.push_back(std::move(schedule));
  }
  line["schedules"] = std::move(schedules);
  line["left_out"] = leftOut;
}

void Labeling::keepInStore(const PreparedLabels& prepared, const MeasureReport& report) {
  MeasureAnswer answer{.report = report, .taken = nowInUtc(), .identity = thisIdentity()};
  const Result<void> kept = keepFigures(*prepared.scop, prepared.recipes, prepared.measure, answer);
  if (!kept && told_.problem)
    told_.problem(kept.error().message);
}

std::vector<Labeling::Timed> Labeling::time(std::span<const LabelSource> sources, Batch& batch) {
  std::vector<Timed> reports(sources.size());
  for (int visit = 0; visit < kLabelVisits; ++visit)
    for (std::size_t s = 0; s < sources.size(); ++s)
      if (*batch[s] && (visit == 0 || *reports[s]))
        reports[s] = (*batch[s])->measurement.time();
  return reports;
}

Result<void> Labeling::append(const LabelSource& source, PreparedLabels& prepared, const MeasureReport& report) {
  json line = std::move(prepared.line);
  line["original"] = timesOf(report.original);
  line["rounds"] = report.runs;
  addSchedules(source, prepared, report, line);
  const std::size_t count = line["schedules"].size();
  if (options_.keep)
    keepInStore(prepared, report);
  ++progress_.programs;
  progress_.schedules += count;
  return file_.append(line);
}

Result<void> Labeling::label(std::span<const LabelSource> sources) {
  const auto before = Clock::now();
  Batch batch(sources, options_, file_);
  progress_.preparing += secondsSince(before);
  const std::vector<Timed> reports = time(sources, batch);
  for (std::size_t s = 0; s < sources.size(); ++s)
    if (!*batch[s])
      tellProblem(sources[s], batch[s]->error());
    else if (!*reports[s])
      tellProblem(sources[s], reports[s]->error());
    else if (const Result<void> done = append(sources[s], **batch[s], **reports[s]); !done)
      return done;
  return {};
}

Result<LabelingProgress> Labeling::run(const std::vector<LabelSource>& sources) {
  std::vector<LabelSource> wanted;
  for (const LabelSource& source : sources)
    if (!file_.hasSource(source.name()))
      wanted.push_back(source);
  progress_.skipped = sources.size() - wanted.size();
  const auto start = Clock::now();
  const auto atOnce = static_cast<std::size_t>(std::max(options_.batch, 1));
  for (std::size_t first = 0; first < wanted.size(); first += atOnce) {
    const std::span<const LabelSource> batch(wanted.data() + first, std::min(atOnce, wanted.size() - first));
    if (const Result<void> done = label(batch); !done)
      return std::unexpected(done.error());
    progress_.left = wanted.size() - first - batch.size();
    progress_.seconds = secondsSince(start);
    if (told_.progress)
      told_.progress(progress_);
  }
  return progress_;
}

} // namespace

std::string LabelSource::name() const { return file.empty() ? fmt::format("{}/{}", level, seed) : file; }

double LabelingProgress::secondsLeft() const {
  const std::size_t tried = programs + skipped;
  return programs > 0 ? seconds * static_cast<double>(left) / static_cast<double>(tried) : 0;
}

json labelConditions(const LabelingOptions& options) {
  const Identity identity = thisIdentity();
  return {{"version", LabelFile::kVersion}, {"kind", "machine"}, {"cpu", identity.machine.cpu},
          {"cores", identity.machine.cores}, {"compiler", identity.compiler}, {"threads", options.threads}};
}

Result<LabelingProgress> labelPrograms(const std::vector<LabelSource>& sources, LabelFile& file,
                                       const LabelingOptions& options, const LabelingTold& told) {
  return Labeling(file, options, told).run(sources);
}

} // namespace polyloom
