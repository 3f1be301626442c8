#include "core/legality/repairs.h"

#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

bool isLegal(const Schedule& schedule, const Dependences& dependences, const LegalityOptions& options) {
  return checkLegality(schedule, dependences, options).verdict == LegalityReport::Verdict::Legal;
}

/// The schedule before the first step after which the order is broken, and that step's number.
struct Breaking {
  Schedule before;
  std::size_t step;
};

std::optional<Breaking> firstBreaking(const ScopPtr& scop, const Dependences& dependences,
                                      const std::vector<Step>& steps, const LegalityOptions& options) {
  Schedule schedule = Schedule::original(scop);
  for (std::size_t s = 0; s < steps.size(); ++s) {
    Result<Schedule> next = apply(schedule, steps[s]);
    if (!next)
      return std::nullopt;
    if (checkLegality(*next, dependences, options).verdict == LegalityReport::Verdict::Illegal)
      return Breaking{std::move(schedule), s};
    schedule = std::move(*next);
  }
  return std::nullopt;
}

/// Shifts of every statement along the loops around it, and skews of every loop along those around it.
void addCandidates(const TreePtr& node, std::vector<std::string>& outer, const Scop& scop, int amount,
                   std::vector<std::string>& lines) {
  if (node->isLoop()) {
    for (const std::string& statement : statementsBelow(*node, scop))
      lines.push_back(fmt::format("shift {} {} by {}", statement, node->name, amount));
    for (const std::string& along : outer)
      lines.push_back(fmt::format("skew {} by {} {}", node->name, amount, along));
    outer.push_back(node->name);
  }
  for (const TreePtr& child : node->children)
    addCandidates(child, outer, scop, amount, lines);
  if (node->isLoop())
    outer.pop_back();
}

/// Steps that might help when they come first, the smallest amounts first.
std::vector<Step> candidates(const Schedule& schedule) {
  constexpr std::size_t kMost = 80;
  std::vector<std::string> lines;
  for (const int amount : {1, 2, -1, -2}) {
    std::vector<std::string> outer;
    addCandidates(schedule.tree().root(), outer, schedule.program(), amount, lines);
  }
  lines.resize(std::min(lines.size(), kMost));
  std::vector<Step> steps;
  for (const std::string& line : lines)
    steps.push_back(*parseStep(line));
  return steps;
}

/// `tile i j by 2 3` without one of its loops, for each of them.
std::vector<Step> smallerTiles(const Step& step) {
  std::vector<Step> smaller;
  if (step.kind != "tile" || step.words("loops").size() < 2)
    return smaller;
  for (std::size_t dropped = 0; dropped < step.words("loops").size(); ++dropped) {
    smaller.push_back(step);
    for (auto& [parameter, words] : smaller.back().arguments)
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(dropped));
  }
  return smaller;
}

} // namespace

std::vector<Repair> findRepairs(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& steps,
                                const LegalityOptions& options, std::size_t limit) {
  std::vector<Repair> repairs;
  const std::optional<Breaking> breaking = firstBreaking(scop, dependences, steps, options);
  if (!breaking)
    return repairs;
  const auto at = static_cast<std::ptrdiff_t>(breaking->step);
  const auto consider = [&](std::vector<Step> changed, std::string sentence) {
    const Replay replayed = replay(scop, changed);
    if (repairs.size() < limit && !replayed.refusal && isLegal(replayed.schedule, dependences, options))
      repairs.push_back({std::move(changed), std::move(sentence)});
  };
  const Step& culprit = steps[breaking->step];
  for (const Step& step : candidates(breaking->before)) {
    if (repairs.size() == limit)
      return repairs;
    std::vector<Step> changed = steps;
    changed.insert(changed.begin() + at, step);
    consider(std::move(changed), fmt::format("{} before {}", toText(step), toText(culprit)));
  }
  for (const Step& step : smallerTiles(culprit)) {
    std::vector<Step> changed = steps;
    changed[breaking->step] = step;
    consider(std::move(changed), fmt::format("{} instead of {}", toText(step), toText(culprit)));
  }
  std::vector<Step> without = steps;
  without.erase(without.begin() + at);
  consider(std::move(without), fmt::format("leave out {}", toText(culprit)));
  return repairs;
}

} // namespace polyloom
