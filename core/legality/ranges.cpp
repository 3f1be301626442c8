#include "core/legality/ranges.h"

#include "core/isl/context.h"
#include "core/legality/mend_skew.h"
#include "core/legality/pending.h"
#include "core/legality/stage_dependences.h"
#include "core/legality/witness.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

/// The verdicts of one question, each value judged once.
class Verdicts {
public:
  Verdicts(const ScopPtr& scop, const Dependences& dependences, const RangeQuestion& question,
           const LegalityOptions& options)
      : dependences_(dependences), question_(question), options_(options) {
    Replay replayed = replay(scop, question_.before);
    if (replayed.refusal)
      fail(*replayed.refusal);
    else
      before_ = std::move(replayed.schedule);
  }

  bool isLegal(std::int64_t value) {
    const auto known = known_.find(value);
    if (known != known_.end())
      return known->second.verdict == Verdict::Legal;
    return judge(value).verdict == Verdict::Legal;
  }

  /// What a value that is not legal breaks.
  std::string reason(std::int64_t value) {
    isLegal(value);
    const LegalityReport& report = known_.at(value);
    if (report.violations.empty())
      return report.reason;
    return findWitness(report.violations.front()).sentence;
  }

  /// The first refusal, unknown verdict or spent bound so far.
  const std::optional<Diagnostic>& failed() const { return failed_; }

  /// The schedule that the open step starts from; nothing where a step before it is refused. Shared by all values, so
  /// that what is known of its stages is found out once.
  const std::optional<Schedule>& before() const { return before_; }

private:
  const LegalityReport& judge(std::int64_t value) {
    std::vector<Step> steps = {question_.open.with(value)};
    steps.insert(steps.end(), question_.after.begin(), question_.after.end());
    LegalityReport& report = known_[value];
    report = {.verdict = Verdict::Unknown, .reason = "too many values would have to be tried"};
    if (budget_-- <= 0) {
      fail({"unknown", report.reason});
      return report;
    }
    const Replay replayed = replay(*before_, steps);
    if (replayed.refusal) {
      report.reason = replayed.refusal->message;
      fail(*replayed.refusal);
      return report;
    }
    report = checkLegality(replayed.schedule, dependences_, options_);
    if (report.verdict == Verdict::Unknown)
      fail({"unknown", report.reason});
    return report;
  }

  void fail(Diagnostic diagnostic) {
    if (!failed_)
      failed_ = std::move(diagnostic);
  }

  const Dependences& dependences_;
  const RangeQuestion& question_;
  LegalityOptions options_;
  std::optional<Schedule> before_;
  int budget_ = 100;
  std::map<std::int64_t, LegalityReport> known_;
  std::optional<Diagnostic> failed_;
};

/// The shifts that the distances at the loop allow; where no number will do, nothing.
std::vector<std::int64_t> shiftEnds(const Schedule& schedule, const Dependences& dependences, const Step& step,
                                    bool reassociate) {
  const std::string& statement = step.word("statement");
  const std::vector<TreePtr> path = pathToLoop(schedule.tree(), step.word("loop"));
  std::optional<std::int64_t> low, high;
  for (const PendingPairs& pairs : pendingAt(schedule, dependences, path, reassociate)) {
    if ((pairs.source == statement) == (pairs.sink == statement))
      continue;
    const auto least = minimumOf(distanceSet(pairs.pairs, {sidesOf(*path.back(), pairs)}), 0);
    if (!least)
      continue;
    if (pairs.sink == statement)
      low = std::max(low.value_or(-*least), -*least);
    else
      high = std::min(high.value_or(*least), *least);
  }
  std::vector<std::int64_t> ends;
  if (low)
    ends.insert(ends.end(), {*low, *low + 1});
  if (high)
    ends.insert(ends.end(), {*high, *high - 1});
  return ends;
}

/// The factor that the next step's nest needs along this loop.
std::vector<std::int64_t> skewEnds(const Schedule& schedule, const Dependences& dependences,
                                   const RangeQuestion& question, bool reassociate) {
  std::vector<std::int64_t> ends;
  const Step& step = question.open.step;
  for (const Step& later : question.after) {
    const std::vector<std::string> band = bandOf(schedule, later);
    if (band.size() < 2)
      continue;
    for (const Step& skew : skewsForBand(schedule, dependences, band, reassociate))
      if (skew.words("loop") == step.words("loop") && skew.words("along") == step.words("along"))
        ends.push_back(skew.integer("factor"));
  }
  return ends;
}

/// The last value that is legal from `from` on in the direction of `far`; nothing where that is `far` itself.
std::optional<std::int64_t> lastLegal(Verdicts& verdicts, std::int64_t from, std::int64_t far,
                                      const std::vector<std::int64_t>& likely) {
  const std::int64_t sign = far > from ? 1 : -1;
  if (verdicts.isLegal(far))
    return std::nullopt;
  for (const std::int64_t value : likely)
    if (value * sign >= from * sign && value != far && verdicts.isLegal(value) && !verdicts.isLegal(value + sign))
      return value;
  std::int64_t legal = from, distance = 1;
  while ((from + sign * distance) * sign < far * sign && verdicts.isLegal(from + sign * distance)) {
    legal = from + sign * distance;
    distance *= 2;
  }
  std::int64_t illegal = sign > 0 ? std::min(far, from + distance) : std::max(far, from - distance);
  while ((illegal - legal) * sign > 1) {
    const std::int64_t middle = legal + (illegal - legal) / 2;
    (verdicts.isLegal(middle) ? legal : illegal) = middle;
  }
  return legal;
}

class RangeSolver {
public:
  RangeSolver(Verdicts& verdicts, const Schedule& before, const Dependences& dependences,
              const RangeQuestion& question, const LegalityOptions& options)
      : verdicts_(verdicts), before_(before), dependences_(dependences), question_(question), options_(options) {
    range_.parameter = question.open.parameter;
  }

  LegalRange solve() {
    if (question_.open.minimum >= 1)
      solveSizes();
    else
      solveAmounts();
    if (question_.open.step.kind == "skew")
      addTilable();
    return std::move(range_);
  }

private:
  void solveAmounts() {
    constexpr std::int64_t kFar = 1'000'000;
    const std::int64_t least = std::max(question_.open.minimum, -kFar), most = std::min(question_.open.maximum, kFar);
    const std::vector<std::int64_t> likely = likelyEnds();
    const std::optional<std::int64_t> start = someLegal(likely);
    if (!start) {
      range_.isEmpty = true;
      range_.sentence = fmt::format("no {} that was tried is legal: with 0, {}", range_.parameter, verdicts_.reason(0));
      return;
    }
    range_.values = {lastLegal(verdicts_, *start, least, likely), lastLegal(verdicts_, *start, most, likely)};
    range_.sentence = sentenceOf(range_.values);
  }

  std::vector<std::int64_t> likelyEnds() {
    try {
      const IslQuota quota(before_.program().ctx(), options_.maxOperations);
      if (question_.open.step.kind == "shift")
        return shiftEnds(before_, dependences_, question_.open.step, options_.reassociate);
      if (question_.open.step.kind == "skew")
        return skewEnds(before_, dependences_, question_, options_.reassociate);
    } catch (const isl::exception_quota&) { // the search goes on without
    }
    return {};
  }

  /// The first legal value: the recipe's own, likely ones, then those near 0.
  std::optional<std::int64_t> someLegal(const std::vector<std::int64_t>& likely) {
    std::vector<std::int64_t> values = likely;
    if (question_.present)
      values.insert(values.begin(), *question_.present);
    values.push_back(0);
    for (const std::int64_t magnitude : {1, 2, 3, 4, 5, 6, 8, 12, 16, 32, 64})
      values.insert(values.end(), {magnitude, -magnitude});
    const auto legal = std::ranges::find_if(values, [&](std::int64_t value) {
      return value >= question_.open.minimum && value <= question_.open.maximum && verdicts_.isLegal(value);
    });
    return legal == values.end() ? std::nullopt : std::optional(*legal);
  }

  std::string sentenceOf(const IntegerRange& values) {
    if (!values.minimum && !values.maximum)
      return fmt::format("every {} is legal", range_.parameter);
    std::string text = values.minimum == values.maximum ? fmt::format("only {} is legal", *values.minimum)
                       : !values.maximum                ? fmt::format("legal from {} on", *values.minimum)
                       : !values.minimum                ? fmt::format("legal up to {}", *values.maximum)
                                         : fmt::format("legal from {} to {}", *values.minimum, *values.maximum);
    if (values.minimum)
      text += fmt::format("; with {}, {}", *values.minimum - 1, verdicts_.reason(*values.minimum - 1));
    if (values.maximum)
      text += fmt::format("; with {}, {}", *values.maximum + 1, verdicts_.reason(*values.maximum + 1));
    return text;
  }

  void solveSizes() {
    const std::int64_t least = question_.open.minimum;
    std::vector<std::int64_t> legal;
    std::optional<std::int64_t> illegal;
    for (const std::int64_t size : {1, 2, 3, 4, 5, 7, 8, 16, 32, 64}) {
      if (size < least || size > question_.open.maximum)
        continue;
      if (!verdicts_.isLegal(size)) {
        illegal = size;
        break;
      }
      legal.push_back(size);
    }
    if (legal.empty()) {
      range_.isEmpty = true;
      range_.sentence = fmt::format("no {} are legal: with {}, {}", range_.parameter, least, verdicts_.reason(least));
    } else if (illegal) {
      std::int64_t last = legal.back();
      while (last + 1 < *illegal && verdicts_.isLegal(last + 1))
        ++last;
      range_.values = {least, last};
      range_.sentence = fmt::format("legal up to {}; with {}, {}", last, last + 1, verdicts_.reason(last + 1));
    } else {
      range_.values = {least, std::nullopt};
      range_.sentence = isPermutable() ? "every size is legal: no dependence points backwards along these loops"
                                       : fmt::format("legal for all sizes that were tried: {}", fmt::join(legal, ", "));
    }
  }

  /// Whether the step's loops, all of one nest, may be tiled by any sizes.
  bool isPermutable() {
    const std::vector<std::string> band = bandOf(before_, question_.open.step);
    if (question_.open.step.kind != "tile" || band.empty() || !question_.after.empty())
      return false;
    const auto pending = pendingAt(before_, dependences_, pathToLoop(before_.tree(), band.front()), options_.reassociate);
    return std::ranges::all_of(question_.open.step.words("loops"), [&](const std::string& loop) {
      const isl::set distances = distancesAt({pathToLoop(before_.tree(), loop).back()}, pending);
      return distances.is_null() || minimumOf(distances, 0).value_or(-1) >= 0;
    });
  }

  void addTilable() {
    const Step& step = question_.open.step;
    const std::vector<TreePtr> inner = pathToLoop(before_.tree(), step.word("loop"));
    const std::vector<TreePtr> outer = pathToLoop(before_.tree(), step.word("along"));
    std::vector<PendingPairs> pending = pendingAt(before_, dependences_, outer, options_.reassociate);
    std::erase_if(pending, [&](const PendingPairs& pairs) {
      return !inner.back()->values.contains(pairs.source) || !inner.back()->values.contains(pairs.sink);
    });
    if (pending.empty())
      return;
    const auto factors = factorRange(distancesAt({outer.back(), inner.back()}, pending));
    if (!factors)
      return;
    range_.tilable = IntegerRange{factors->first, factors->second};
    range_.sentence += fmt::format("; no dependence points backwards along {} with {}", step.word("loop"),
                                   toText(*range_.tilable));
  }

  Verdicts& verdicts_;
  const Schedule& before_;
  const Dependences& dependences_;
  const RangeQuestion& question_;
  const LegalityOptions& options_;
  LegalRange range_;
};

/// Those of the schedule's own storage; nothing where they take too much work.
std::optional<Dependences> presentDependences(const Schedule& schedule, const Dependences& source,
                                              const LegalityOptions& options) {
  const IslQuota quota(schedule.program().ctx(), options.maxOperations);
  try {
    return currentDependences(schedule, source);
  } catch (const isl::exception_quota&) {
    return std::nullopt;
  }
}

} // namespace

Result<LegalRange> legalRange(const ScopPtr& scop, const Dependences& dependences, const RangeQuestion& question,
                              const LegalityOptions& options) {
  Verdicts verdicts(scop, dependences, question, options);
  const std::optional<Schedule>& before = verdicts.before();
  if (before) {
    if (const Result<Schedule> next = apply(*before, question.open.step); !next)
      return std::unexpected(next.error());
    const std::optional<Dependences> present = presentDependences(*before, dependences, options);
    if (!present)
      return failure("unknown", "the dependences of the changed arrays need more work than an answer may cost");
    LegalRange range = RangeSolver(verdicts, *before, *present, question, options).solve();
    if (!verdicts.failed())
      return range;
  }
  return std::unexpected(*verdicts.failed());
}

} // namespace polyloom
