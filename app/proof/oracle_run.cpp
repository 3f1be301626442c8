#include "app/proof/oracle_run.h"

#include "app/proof/judged_pair.h"
#include "core/base/cpu_time.h"
#include "core/frontend/extract.h"
#include "core/generate/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

/// Conflicts of all small sizes of a program together; beyond them no larger size is taken.
constexpr std::size_t kEnoughConflicts = 4'000;
/// isl's work for the dependences of one program.
constexpr unsigned long kMostOperations = 4'000'000;

std::set<std::string> kindsOf(const Schedule& schedule) {
  std::set<std::string> kinds;
  for (const Step& step : schedule.recipe())
    kinds.insert(step.kind);
  return kinds;
}

void addSlow(std::vector<SlowVerdict>& slowest, SlowVerdict verdict) {
  constexpr std::size_t kMost = 5;
  const auto place = std::ranges::upper_bound(slowest, verdict.seconds, std::ranges::greater{}, &SlowVerdict::seconds);
  slowest.insert(place, std::move(verdict));
  if (slowest.size() > kMost)
    slowest.pop_back();
}

void merge(OracleRunReport& into, const OracleRunReport& from) {
  into.programs += from.programs;
  into.pairs += from.pairs;
  into.legal += from.legal;
  into.illegal += from.illegal;
  into.unknown += from.unknown;
  into.relaxed += from.relaxed;
  into.traced += from.traced;
  into.unconfirmed += from.unconfirmed;
  into.tooCostly += from.tooCostly;
  into.idle += from.idle;
  for (const auto& [kind, count] : from.withStep)
    into.withStep[kind] += count;
  for (const auto& [kind, count] : from.tracedWithStep)
    into.tracedWithStep[kind] += count;
  for (const SlowVerdict& verdict : from.slowest)
    addSlow(into.slowest, verdict);
  for (const auto& [phase, seconds] : from.phaseSeconds)
    into.phaseSeconds[phase] += seconds;
  into.verdictSeconds.insert(into.verdictSeconds.end(), from.verdictSeconds.begin(), from.verdictSeconds.end());
  into.costlyCode.insert(into.costlyCode.end(), from.costlyCode.begin(), from.costlyCode.end());
  into.disagreements.insert(into.disagreements.end(), from.disagreements.begin(), from.disagreements.end());
}

/// All pairs of one program, in a context of its own.
class ProgramRun {
public:
  ProgramRun(const OracleRunOptions& options, std::uint64_t seed, int pairs)
      : options_(options), seed_(seed), text_(generateProgram(seed)), pairs_(pairs) {}

private:
  /// What the work gives; its CPU time counts for the phase.
  template <typename Work> auto timed(const char* phase, const Work& work) {
    const double start = cpuSeconds();
    auto result = work();
    report_.phaseSeconds[phase] += cpuSeconds() - start;
    return result;
  }

public:
  /// As `run`; an exception outside of a verdict is a disagreement, too.
  OracleRunReport runToEnd() {
    try {
      return run();
    } catch (const std::exception& error) {
      disagree("", false, std::string("a broken invariant: ") + error.what());
      return std::move(report_);
    }
  }

  OracleRunReport run() {
    const IslContext context;
    const Result<std::vector<ScopPtr>> scops =
        timed("front-end", [&] { return extractText(context.get(), "generated.c", text_); });
    if (!scops && scops.error().code == "empty-region") { // guards that nothing passes
      report_.idle = 1;
      return std::move(report_);
    }
    if (!scops) {
      disagree("", false, "the program is refused: " + toText(scops.error()));
      return std::move(report_);
    }
    const ScopPtr scop = scops->front();
    const Result<Dependences> dependences =
        timed("dependences", [&] { return boundedDependences(*scop, kMostOperations); });
    if (!dependences) {
      report_.tooCostly = 1;
      return std::move(report_);
    }
    const Oracle oracle = timed("executions", [&] { return Oracle(scop, options_.bound, kEnoughConflicts); });
    if (oracle.executions().empty()) {
      report_.idle = 1;
      return std::move(report_);
    }
    report_.programs = 1;
    RandomRecipes recipes(seed_, 2, 6);
    const auto staysLegal = [&](const Schedule& schedule) { return oracle.keepsConflicts(schedule); };
    for (int p = 0; p < pairs_; ++p) {
      const Schedule schedule =
          timed("recipes", [&] { return p % 2 == 0 ? recipes.draw(scop, staysLegal) : recipes.draw(scop); });
      const bool mayReassociate = options_.reassociate || p % 4 == 3;
      note(timed("verdicts and brute force",
                 [&] { return judgePair(schedule, *dependences, oracle, mayReassociate); }));
      if (isTraced(p))
        trace(schedule, timed("traces", [&] { return orderFault(schedule, oracle); }));
    }
    return std::move(report_);
  }

private:
  void disagree(const std::string& recipe, bool reassociate, const std::string& sentence) {
    report_.disagreements.push_back({seed_, text_, recipe, reassociate, sentence});
  }

  void note(const JudgedPair& pair) {
    ++report_.pairs;
    ++(pair.verdict == Verdict::Legal ? report_.legal : pair.verdict == Verdict::Illegal ? report_.illegal : report_.unknown);
    report_.relaxed += pair.mayReassociate ? 1 : 0;
    report_.unconfirmed += pair.unconfirmed;
    report_.verdictSeconds.push_back(pair.verdictSeconds);
    addSlow(report_.slowest, {pair.verdictSeconds, seed_, recipeText(pair.schedule, "; "), pair.mayReassociate});
    for (const std::string& kind : kindsOf(pair.schedule))
      ++report_.withStep[kind];
    if (!pair.disagreement.empty())
      disagree(recipeText(pair.schedule, "\n"), pair.mayReassociate, pair.disagreement);
  }

  bool isTraced(int pair) const {
    return options_.traceEvery > 0 &&
           pair % options_.traceEvery == static_cast<int>(seed_ % static_cast<unsigned>(options_.traceEvery));
  }

  void trace(const Schedule& schedule, const std::optional<std::string>& fault) {
    if (!fault) {
      report_.costlyCode.push_back({seed_, text_, recipeText(schedule, "\n"), false, "its code costs too much"});
      return;
    }
    ++report_.traced;
    for (const std::string& kind : kindsOf(schedule))
      ++report_.tracedWithStep[kind];
    if (!fault->empty())
      disagree(recipeText(schedule, "\n"), false, *fault);
  }

  const OracleRunOptions& options_;
  std::uint64_t seed_;
  std::string text_;
  int pairs_;
  OracleRunReport report_;
};

/// Hands programs to threads and collects their reports in the programs' order.
class Pool {
public:
  explicit Pool(const OracleRunOptions& options)
      : options_(options), pairsPerProgram_(std::min(options.recipesPerProgram, options.pairs)) {}

  OracleRunReport run() {
    std::vector<std::jthread> threads;
    for (int t = 0; t < options_.threads; ++t)
      threads.emplace_back([this] { work(); });
    threads.clear();
    OracleRunReport all;
    for (const auto& [number, report] : reports_)
      merge(all, report);
    std::ranges::sort(all.verdictSeconds);
    return all;
  }

private:
  /// Takes the next program's number, until there are pairs enough.
  void work() {
    for (;;) {
      int number = 0;
      {
        const std::lock_guard lock(mutex_);
        if (promised_ >= options_.pairs)
          return;
        number = next_++;
        promised_ += pairsPerProgram_;
      }
      OracleRunReport report =
          ProgramRun(options_, options_.seed + static_cast<std::uint64_t>(number), pairsPerProgram_).runToEnd();
      const std::lock_guard lock(mutex_);
      done_ += report.pairs;
      promised_ -= pairsPerProgram_ - report.pairs; // a program that was left out is made up for
      reports_.emplace(number, std::move(report));
      if (options_.progress)
        options_.progress(done_);
    }
  }

  const OracleRunOptions& options_;
  int pairsPerProgram_; ///< the same for all, so that the order in which they end changes nothing
  std::mutex mutex_;
  int next_ = 0, promised_ = 0, done_ = 0;
  std::map<int, OracleRunReport> reports_;
};

} // namespace

OracleRunReport runOracle(const OracleRunOptions& options) { return Pool(options).run(); }

} // namespace polyloom
