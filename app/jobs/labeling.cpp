#include "app/jobs/labeling.h"

#include "app/jobs/label_program.h"
#include "app/jobs/measuring.h"
#include "jit/store/machine.h"
#include "jit/store/measurement_store.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
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

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One run over the sources.
class Labeling {
public:
  Labeling(LabelFile& file, const LabelingOptions& options, const LabelingTold& told)
      : file_(file), options_(options), told_(told) {}

  Result<LabelingProgress> run(const std::vector<LabelSource>& sources);

private:
  using Prepared = std::optional<Result<PreparedLabels>>;

  class Batch;
  Result<void> time(const LabelSource& source, PreparedLabels& prepared);
  void addSchedules(const LabelSource& source, const PreparedLabels& prepared, const MeasureReport& report, json& line);
  void keepInStore(const PreparedLabels& prepared, const MeasureReport& report);
  void tellProblem(const LabelSource& source, const Diagnostic& problem);

  LabelFile& file_;
  const LabelingOptions& options_;
  const LabelingTold& told_;
  LabelingProgress progress_;
};

/// Programs that are prepared at the same time. The threads stay until all is timed: a runner dies with the thread that
/// has started it.
class Labeling::Batch {
public:
  Batch(std::span<const LabelSource> sources, const LabelingOptions& options, const LabelFile& file)
      : file_(file), prepared_(sources.size()), ready_(static_cast<std::ptrdiff_t>(sources.size())) {
    for (std::size_t s = 0; s < sources.size(); ++s)
      team_.emplace_back([this, s, &options, source = sources[s]] {
        prepare(s, source, options);
        ready_.count_down();
        timed_.wait();
      });
    ready_.wait();
  }
  ~Batch() { timed_.count_down(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  Prepared& operator[](std::size_t number) { return prepared_[number]; }

private:
  void prepare(std::size_t number, const LabelSource& source, const LabelingOptions& options) {
    const auto isKnown = [&](const std::string& canonical) {
      const std::scoped_lock lock(mutex_);
      return file_.hasProgram(canonical) || !here_.insert(canonical).second;
    };
    try {
      prepared_[number] = prepareLabels(source, options, isKnown);
    } catch (const std::exception& error) { // one program's trouble is not the others'
      prepared_[number] = failure("not-prepared", error.what());
    }
  }

  const LabelFile& file_;
  std::mutex mutex_;
  std::unordered_set<std::string> here_; ///< canonical hashes of this batch
  std::vector<Prepared> prepared_;
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
    const bool isNear = LabelFile::isNearOne(variant.speedup);
    if (isNear && 5 * (nearOne + 1) > labels + 1) {
      ++leftOut["near_one"];
      continue;
    }
    ++labels;
    nearOne += isNear ? 1 : 0;
    schedules.push_back({{"recipe", prepared.recipes[v]}, {"median_s", rounded(variant.timing.median)},
                         {"interval_s", rounded(variant.timing.interval)}, {"speedup", rounded(variant.speedup)},
                         {"speedup_interval", rounded(variant.speedupInterval)}});
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

Result<void> Labeling::time(const LabelSource& source, PreparedLabels& prepared) {
  const Result<MeasureReport> report = prepared.measurement.time();
  if (!report) {
    tellProblem(source, report.error());
    return {};
  }
  json line = std::move(prepared.line);
  line["original"] = {{"median_s", rounded(report->original.median)}, {"interval_s", rounded(report->original.interval)}};
  line["rounds"] = report->runs;
  addSchedules(source, prepared, *report, line);
  const std::size_t count = line["schedules"].size();
  if (options_.keep)
    keepInStore(prepared, *report);
  ++progress_.programs;
  progress_.schedules += count;
  return file_.append(line);
}

Result<LabelingProgress> Labeling::run(const std::vector<LabelSource>& sources) {
  std::vector<LabelSource> wanted;
  for (const LabelSource& source : sources)
    if (!file_.hasSource(source.name()))
      wanted.push_back(source);
  progress_.skipped = sources.size() - wanted.size();
  const auto start = Clock::now();
  const auto atOnce = static_cast<std::size_t>(std::max(options_.preparers, 1));
  for (std::size_t first = 0; first < wanted.size(); first += atOnce) {
    const std::span<const LabelSource> batch(wanted.data() + first, std::min(atOnce, wanted.size() - first));
    const auto before = Clock::now();
    Batch prepared(batch, options_, file_);
    progress_.preparing += secondsSince(before);
    for (std::size_t s = 0; s < batch.size(); ++s) {
      if (!*prepared[s])
        tellProblem(batch[s], prepared[s]->error());
      else if (const Result<void> done = time(batch[s], **prepared[s]); !done)
        return std::unexpected(done.error());
      prepared[s].reset(); // its processes end before anybody else is timed
      progress_.left = wanted.size() - first - s - 1;
      progress_.seconds = secondsSince(start);
      if (told_.progress)
        told_.progress(progress_);
    }
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
