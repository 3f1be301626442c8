#include "core/legality/repairs.h"

#include "core/isl/context.h"
#include "core/legality/mend_loops.h"
#include "core/legality/mend_shift.h"
#include "core/legality/mend_skew.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

/// A mend inserts one more shift (or skew) of something that a step up to the culprit shifts already: that step gets
/// another amount instead. No mend at all where nothing is left of the step: leaving it out is a repair of its own.
std::optional<Mends> mergedInto(const Breaking& breaking, const Step& inserted, std::int64_t size) {
  const char* amount = inserted.kind == "shift" ? "amount" : "factor";
  if (inserted.word(amount).find_first_not_of("-0123456789") != std::string::npos)
    return std::nullopt;
  for (std::size_t s = breaking.culprit + 1; s-- > 0;) {
    Step changed = breaking.steps[s];
    if (changed.kind != inserted.kind)
      continue;
    const std::string old = changed.word(amount);
    changed.arguments[amount] = inserted.words(amount);
    if (changed != inserted || old.find_first_not_of("-0123456789") != std::string::npos)
      continue;
    const std::int64_t sum = std::stoll(old) + std::stoll(inserted.word(amount));
    if (sum == 0)
      return Mends{};
    changed.arguments[amount] = {fmt::format("{}", sum)};
    return Mends{replacement(breaking, s, changed, {.amount = size})};
  }
  return std::nullopt;
}

/// One search for repairs of one recipe.
class Search {
public:
  Search(const ScopPtr& scop, const Dependences& dependences, const LegalityOptions& options)
      : scop_(scop), dependences_(dependences), options_(options) {}

  void run(const std::vector<Step>& steps) {
    constexpr std::size_t kMostStages = 4;
    pending_.push_back({steps, {}, {.changed = 0}});
    for (std::size_t stage = 0; stage < kMostStages && !pending_.empty() && budget_ > 0; ++stage) {
      const auto best = std::ranges::min_element(pending_, {}, &Mend::cost);
      const Mend next = std::move(*best);
      pending_.erase(best);
      if (std::optional<Breaking> breaking = breakingOf(next.steps))
        mend(*breaking, next);
    }
  }

  std::vector<Repair> take(std::size_t limit) {
    std::ranges::stable_sort(found_, {}, &Mend::cost);
    std::vector<Repair> repairs;
    for (Mend& mend : found_) {
      const bool isKnown = std::ranges::find(repairs, mend.steps, &Repair::steps) != repairs.end();
      if (repairs.size() < limit && !isKnown)
        repairs.push_back({std::move(mend.steps), std::move(mend.sentence)});
    }
    return repairs;
  }

private:
  LegalityReport judge(const Schedule& schedule) {
    if (budget_ <= 0)
      return {.verdict = Verdict::Unknown};
    LegalityReport report = checkLegality(schedule, dependences_, options_);
    budget_ -= report.verdict == Verdict::Unknown ? 10 : 1;
    return report;
  }

  /// Goes back from the end to the last prefix that is legal. Nothing where the whole is legal, refused, or unknown.
  std::optional<Breaking> breakingOf(const std::vector<Step>& steps) {
    std::vector<Schedule> schedules = {Schedule::original(scop_)};
    for (const Step& step : steps) {
      Result<Schedule> next = apply(schedules.back(), step);
      if (!next)
        return std::nullopt;
      schedules.push_back(std::move(*next));
    }
    LegalityReport report = judge(schedules.back());
    for (std::size_t s = steps.size(); s-- > 0 && report.verdict == Verdict::Illegal;) {
      LegalityReport before = s == 0 ? LegalityReport{} : judge(schedules[s]);
      if (before.verdict == Verdict::Legal)
        return Breaking{steps, s, std::move(schedules[s]), std::move(schedules[s + 1]), std::move(report)};
      report = std::move(before);
    }
    return std::nullopt;
  }

  void mend(const Breaking& breaking, const Mend& soFar) {
    for (const Mends& mends : allMends(breaking))
      for (const Mend& mend : mends)
        if (keeps(breaking, mend, soFar))
          break;
  }

  /// Everything that may help at this step, cheap questions first.
  std::vector<Mends> allMends(const Breaking& breaking) {
    std::vector<Mends> all = storageMends(breaking);
    const auto add = [&](std::vector<Mends> more) { std::ranges::move(more, std::back_inserter(all)); };
    const bool reassociate = options_.reassociate;
    if (breaking.before.programPtr() == breaking.after.programPtr()) { // the distances are those of one storage
      const Dependences& present = breaking.report.dependences;
      add(bounded([&] { return skewMends(breaking, present, reassociate); }));
      add(bounded([&] { return wavefrontMends(breaking, present, reassociate); }));
      add(bounded([&] {
        return shiftMends(breaking, present, reassociate, [this](const Schedule& s) { return judge(s); });
      }));
    }
    for (std::size_t m = 0, count = all.size(); m < count; ++m)
      addMerged(breaking, all[m]);
    add(concurrencyMends(breaking));
    add(smallerTiles(breaking));
    all.push_back({omission(breaking, breaking.culprit)});
    return all;
  }

  /// What a solver finds before its share of isl's work is spent.
  template <typename Solver> std::vector<Mends> bounded(const Solver& solver) {
    try {
      const IslQuota quota(scop_->ctx(), options_.maxOperations);
      return solver();
    } catch (const isl::exception_quota&) {
      budget_ -= 10;
      return {};
    }
  }

  /// Where a single inserted step only corrects an amount, that correction takes its place.
  static void addMerged(const Breaking& breaking, Mends& mends) {
    if (mends.empty() || mends.back().steps.size() != breaking.steps.size() + 1)
      return;
    const Mend& mend = mends.back();
    const auto [changed, original] = std::ranges::mismatch(mend.steps, breaking.steps);
    if (changed->kind != "shift" && changed->kind != "skew")
      return;
    if (std::optional<Mends> merged = mergedInto(breaking, *changed, mend.cost.amount))
      mends = std::move(*merged);
  }

  /// Whether the recipe is legal now, or breaks only at a later step, which is then mended, too.
  bool keeps(const Breaking& breaking, const Mend& mend, const Mend& soFar) {
    const Replay replayed = replay(scop_, mend.steps);
    if (replayed.refusal)
      return false;
    Mend whole = mend;
    whole.cost = {std::max(mend.cost.loss, soFar.cost.loss), mend.cost.changed + soFar.cost.changed,
                  mend.cost.amount + soFar.cost.amount};
    if (!soFar.sentence.empty())
      whole.sentence = fmt::format("{}; {}", soFar.sentence, mend.sentence);
    const Verdict verdict = judge(replayed.schedule).verdict;
    if (verdict == Verdict::Legal)
      found_.push_back(std::move(whole));
    else if (verdict == Verdict::Illegal && mend.cost.loss == MendCost::Loss::None && mendsCulprit(breaking, mend))
      pending_.push_back(std::move(whole));
    else
      return false;
    return true;
  }

  /// Whether the recipe up to the culprit is legal after the change.
  bool mendsCulprit(const Breaking& breaking, const Mend& mend) {
    const std::size_t after = breaking.steps.size() - breaking.culprit - 1;
    if (after == 0)
      return false;
    const std::vector<Step> prefix(mend.steps.begin(), mend.steps.end() - static_cast<std::ptrdiff_t>(after));
    const Replay replayed = replay(scop_, prefix);
    return !replayed.refusal && judge(replayed.schedule).verdict == Verdict::Legal;
  }

  const ScopPtr& scop_;
  const Dependences& dependences_;
  LegalityOptions options_;
  int budget_ = 60; ///< legality checks left
  std::deque<Mend> pending_;
  std::vector<Mend> found_;
};

} // namespace

std::vector<Repair> findRepairs(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& steps,
                                const LegalityOptions& options, std::size_t limit) {
  Search search(scop, dependences, options);
  search.run(steps);
  return search.take(limit);
}

} // namespace polyloom
