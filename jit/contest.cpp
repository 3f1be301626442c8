#include "jit/contest.h"

#include "jit/measure_text.h"
#include "jit/team_warning.h"
#include "jit/timing.h"
#include "jit/verification.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace polyloom {

namespace {

using Kind = RunFailure::Kind;

/// A sample shorter than this says more about the clock than about the kernel.
constexpr double kShortestSampleSeconds = 0.2e-3;
constexpr std::uint64_t kMostRunsPerSample = 2000;
constexpr std::uint64_t kMostColdRunsPerSample = 10; ///< emptying the caches takes milliseconds
constexpr double kLongestChoice = 12e-3; ///< no more runs than these seconds hold, to choose the fastest of
constexpr int kCalibrations = 4;
constexpr int kFewestRounds = 3;

double secondsOf(RunnerProcess::Duration duration) { return std::chrono::duration<double>(duration).count(); }

Outcome outcomeOf(Kind kind) {
  switch (kind) {
  case Kind::Crashed: return Outcome::Crashed;
  case Kind::TimedOut: return Outcome::TimedOut;
  default: return Outcome::Refused;
  }
}

double relativeWidth(double value, const Interval& interval) { return (interval.high - interval.low) / value; }

std::string wrongResult(double error) {
  return std::isfinite(error) ? "its results differ from the original's by up to " + std::to_string(error) +
                                    " relative to their size"
                              : "its results hold values that are not numbers";
}

} // namespace

Contest::Contest(const Setting& setting, const Kernel& original, std::span<const Variant> variants)
    : setting_(setting), original_(original), variants_(variants), lanes_(variants.size() + 1),
      reports_(variants.size()) {
  for (const KernelArray& array : original.arrays)
    elements_[array.name] = array.element;
  for (std::size_t i = 0; i < variants.size(); ++i)
    reports_[i].name = variants[i].name;
}

void Contest::tell(const std::string& activity, double fraction) const {
  if (setting_.options.progress)
    setting_.options.progress(activity, fraction);
}

const Kernel& Contest::layoutOf(const Variant& variant) const {
  const auto* kernel = std::get_if<Kernel>(&variant.code);
  return kernel != nullptr ? *kernel : original_;
}

RunResult<Entrant> Contest::startAndRun(const Kernel& layout, const Variant& variant, bool contract) const {
  const auto start = std::chrono::steady_clock::now();
  const auto code = codeOf(variant, {.contract = contract, .reassociate = setting_.options.reassociate});
  if (!code)
    return std::unexpected(RunFailure{Kind::Refused, code.error().message});
  const double compiling = secondsOf(std::chrono::steady_clock::now() - start);
  auto entrant = Entrant::start(setting_, layout, *code);
  if (!entrant)
    return entrant;
  if (std::holds_alternative<Kernel>(variant.code))
    entrant->setCompileTime(compiling);
  if (const auto time = entrant->runForResults(); !time)
    return std::unexpected(time.error());
  return entrant;
}

Result<void> Contest::handleFailure(std::size_t lane, const RunFailure& reason) {
  if (reason.kind == Kind::Cancelled)
    return failure("canceled", "the measurement was canceled");
  if (lane == 0)
    return failure("original-failed", "the original cannot be measured: " + reason.message);
  eliminate(lane - 1, reason);
  return {};
}

void Contest::eliminate(std::size_t index, const RunFailure& reason) {
  reports_[index].outcome = outcomeOf(reason.kind);
  reports_[index].message = reason.message;
  lanes_[index + 1].entrant.reset();
}

Result<void> Contest::admitOriginal() {
  tell("running the original", 0);
  auto entrant = startAndRun(original_, {"original", original_}, true);
  if (!entrant)
    return handleFailure(0, entrant.error());
  if (holdsNaN(elements_, *entrant))
    return failure("original-failed", "the original computes values that are not numbers, so nothing can be compared");
  lanes_[0].entrant = std::move(*entrant);
  const bool hasKernels = std::ranges::any_of(
      variants_, [](const Variant& variant) { return std::holds_alternative<Kernel>(variant.code); });
  return hasKernels && setting_.options.strict && !setting_.options.reassociate ? keepStrictResults() : Result<void>{};
}

Result<void> Contest::keepStrictResults() {
  auto strict = startAndRun(original_, {"original", original_}, false);
  if (!strict)
    return handleFailure(0, strict.error());
  strict->endProcess();
  strict_ = std::move(*strict);
  return {};
}

void Contest::admitVariants() {
  for (std::size_t i = 0; i < variants_.size(); ++i) {
    if (setting_.options.stop.stop_requested())
      return;
    tell("checking " + variants_[i].name, static_cast<double>(i + 1) / static_cast<double>(variants_.size() + 1) / 2);
    admit(i);
  }
}

void Contest::admit(std::size_t index) {
  const Variant& variant = variants_[index];
  VariantReport& report = reports_[index];
  const Kernel& layout = layoutOf(variant);
  if (const std::string unknown = unknownName(setting_, layout); !unknown.empty())
    return eliminate(index, {Kind::Refused, unknown});
  const auto shapes = shapesOf(layout, setting_.parameters);
  const std::string obstacle = shapes ? incompatibility(*shapesOf(original_, setting_.parameters), *shapes)
                                      : shapes.error().message;
  if (!obstacle.empty())
    return eliminate(index, {Kind::Refused, obstacle});
  auto entrant = startAndRun(layout, variant, true);
  if (!entrant)
    return eliminate(index, entrant.error());
  report.code = entrant->codeTimes();
  const Agreement agreement = compareResults(elements_, *lanes_[0].entrant, *entrant);
  entrant->dropResults();
  report.maxRelativeError = agreement.maxRelativeError;
  const bool isRight = agreement.isWithinTolerance ? !setting_.options.strict || agreesBitByBit(index, variant)
                                                   : differsByContraction(index, variant);
  if (!isRight && !report.message.empty())
    return; // its second build failed in its own way
  report.result = !isRight                ? ResultCheck::Different
                  : agreement.isIdentical ? ResultCheck::Equal
                                          : ResultCheck::WithinTolerance;
  report.outcome = isRight ? Outcome::Measured : Outcome::WrongResult;
  if (isRight)
    lanes_[index + 1].entrant = std::move(*entrant);
  else
    report.message = agreement.isWithinTolerance
                         ? "its results differ from the original's in their last bits, so operations were regrouped"
                         : wrongResult(agreement.maxRelativeError);
}

/// Rounding must not hide a reordering: without contraction both orders compute the same bits. Code of another
/// compiler has no such second build.
bool Contest::agreesBitByBit(std::size_t index, const Variant& variant) {
  if (!strict_ || std::holds_alternative<SharedObject>(variant.code))
    return true;
  const auto entrant = startAndRun(layoutOf(variant), variant, false);
  if (!entrant) {
    eliminate(index, entrant.error());
    return false;
  }
  return compareResults(elements_, *strict_, *entrant).isIdentical;
}

/// A kernel that amplifies rounding (durbin on inputs that are far from definite) leaves the tolerance because of one fused
/// operation. Only the builds without contraction can tell.
bool Contest::differsByContraction(std::size_t index, const Variant& variant) {
  if (setting_.options.reassociate || std::holds_alternative<SharedObject>(variant.code))
    return false;
  if (!strict_)
    if (const auto kept = keepStrictResults(); !kept)
      return false;
  return agreesBitByBit(index, variant);
}

Result<void> Contest::takeSample(std::size_t lane) {
  Lane& self = lanes_[lane];
  if (!self.entrant)
    return {};
  const auto totals = self.entrant->run(self.runsPerSample);
  if (!totals)
    return handleFailure(lane, totals.error());
  const auto runs = static_cast<double>(self.runsPerSample);
  self.samples.push_back(setting_.options.fastestOf > 0 ? secondsOf(totals->fastest) : secondsOf(totals->time) / runs);
  EventCounts& events = self.events.emplace_back(totals->events);
  for (const auto event : EventCounts::kAll)
    if (events.*event)
      *(events.*event) /= runs;
  return {};
}

/// Chooses how often each kernel runs per sample, which also warms it up.
Result<void> Contest::calibrate() {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
    if (const auto done = calibrate(lane); !done)
      return done;
  return {};
}

/// The first runs may be far slower than those that follow (caches, threads that wake): asked again until it is settled.
Result<void> Contest::calibrate(std::size_t lane) {
  Lane& self = lanes_[lane];
  for (int attempt = 0; attempt < kCalibrations; ++attempt) {
    if (const auto taken = takeSample(lane); !taken || !self.entrant)
      return taken;
    const double once = std::max(self.samples.back(), 1e-9);
    self.samples.clear();
    self.events.clear();
    if (const int most = setting_.options.fastestOf; most > 0) {
      self.runsPerSample = static_cast<std::uint64_t>(std::clamp(kLongestChoice / once, 1.0, static_cast<double>(most)));
      return {};
    }
    const auto wanted = static_cast<std::uint64_t>(std::ceil(kShortestSampleSeconds / once));
    if (wanted <= 2 * self.runsPerSample)
      return {};
    self.runsPerSample = std::min(wanted, setting_.options.cold ? kMostColdRunsPerSample : kMostRunsPerSample);
  }
  return {};
}

Result<void> Contest::runRound(int round) {
  for (std::size_t turn = 0; turn < lanes_.size(); ++turn) {
    if (setting_.options.stop.stop_requested())
      return failure("canceled", "the measurement was canceled");
    const std::size_t lane = (turn + static_cast<std::size_t>(round)) % lanes_.size();
    if (const auto taken = takeSample(lane); !taken)
      return taken;
  }
  return {};
}

Result<void> Contest::time() {
  const auto start = std::chrono::steady_clock::now();
  if (setting_.options.stop.stop_requested())
    return failure("canceled", "the measurement was canceled");
  if (rounds_ == 0) {
    if (const auto ready = calibrate(); !ready)
      return ready;
    if (setting_.options.teamCosts)
      gatherFacts();
  }
  std::optional<Ending> ending;
  while (!ending) {
    tell("timing", 0.5 + 0.5 * rounds_ / setting_.options.runs);
    if (const auto done = runRound(rounds_); !done)
      return done;
    ending = whyEnough(++rounds_, std::chrono::steady_clock::now() - start);
  }
  ending_ = *ending;
  return {};
}

std::optional<Ending> Contest::whyEnough(int rounds, std::chrono::nanoseconds spent) {
  const MeasureOptions& options = setting_.options;
  const bool isLast = rounds >= options.runs;
  // Looks grow rarer: the more often one looks, the likelier a narrow interval is there by chance.
  if (isLast || (rounds >= options.fewestRuns && rounds >= nextLook_)) {
    nextLook_ = rounds + 1 + rounds / 10;
    if (widestInterval() < options.narrowWidth)
      return Ending::Narrow;
  }
  if (isLast)
    return Ending::RoundsUsed;
  if (rounds >= kFewestRounds && spent > options.totalBudget)
    return Ending::BudgetUsed;
  return std::nullopt;
}

double Contest::widestInterval() const {
  const std::vector<double>& original = lanes_[0].samples;
  double widest = 0;
  bool hasVariant = false;
  for (std::size_t lane = 1; lane < lanes_.size(); ++lane) {
    if (!lanes_[lane].entrant)
      continue;
    const Ratio ratio = ratioOfMedians(original, lanes_[lane].samples);
    widest = std::max(widest, relativeWidth(ratio.value, ratio.interval));
    hasVariant = true;
  }
  return hasVariant ? widest : relativeWidth(median(original), medianInterval(original));
}

void Contest::gatherFacts() {
  for (Lane& lane : lanes_)
    if (lane.entrant)
      lane.facts = lane.entrant->facts().value_or(RunnerFacts{}); // one that is lost is noticed by its next run
}

MeasureReport Contest::report() const {
  MeasureReport report;
  report.threads = setting_.options.threads;
  report.memory = {.isCold = setting_.options.cold,
                   .wantsHugePages = setting_.options.hugePages,
                   .hugeBytes = lanes_[0].facts.hugeBytes,
                   .arrayBytes = lanes_[0].entrant ? lanes_[0].entrant->arrayBytes() : 0};
  report.countersMissing = countersSentence(lanes_[0].facts.counterError);
  report.forkJoin = secondsOf(lanes_[0].facts.forkJoin);
  report.runs = rounds_;
  report.ending = ending_;
  report.widestInterval = widestInterval();
  report.original = timingOf(lanes_[0].samples);
  report.originalCode = lanes_[0].entrant ? lanes_[0].entrant->codeTimes() : CodeTimes{};
  report.original.events = medians(lanes_[0].events);
  report.variants = reports_;
  for (std::size_t i = 0; i < variants_.size(); ++i) {
    VariantReport& variant = report.variants[i];
    if (variant.outcome != Outcome::Measured)
      continue;
    const Lane& lane = lanes_[i + 1];
    addTimes(variant, lanes_[0].samples, lane.samples);
    variant.timing.events = medians(lane.events);
    const TeamCost cost = {secondsOf(lane.facts.forkJoin),
                           secondsOf(lane.facts.wake) / static_cast<double>(lane.runsPerSample)};
    if (const auto* kernel = std::get_if<Kernel>(&variants_[i].code); kernel != nullptr && report.threads > 1 && setting_.options.teamCosts)
      variant.warning = teamWarning(*kernel, setting_.parameters, cost, variant.timing.median);
  }
  report.ended = endingSentence(report, setting_.options);
  return report;
}

} // namespace polyloom
