#include "core/legality/mend_skew.h"

#include "core/legality/pending.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <span>

namespace polyloom {

namespace {

Step skewStep(const std::string& loop, std::int64_t factor, const std::string& along) {
  return {.kind = "skew", .arguments = {{"loop", {loop}}, {"factor", {fmt::format("{}", factor)}}, {"along", {along}}}};
}

/// Names in the step that are loops of the schedule.
std::vector<std::string> namedLoops(const Schedule& schedule, const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  const std::vector<std::string> all = loopNames(schedule.tree());
  std::vector<std::string> named;
  for (const auto& [parameter, words] : step.arguments) {
    const StepParameter* declared = kind->parameter(parameter);
    if (declared->kind != StepParameter::Kind::Loop && declared->kind != StepParameter::Kind::Loops)
      continue;
    for (const std::string& word : words)
      if (std::ranges::find(all, word) != all.end())
        named.push_back(word);
  }
  return named;
}

std::vector<TreePtr> innermostPath(const Schedule& schedule, const std::vector<std::string>& loops) {
  std::vector<TreePtr> deepest;
  for (const std::string& loop : loops)
    if (std::vector<TreePtr> path = pathToLoop(schedule.tree(), loop); path.size() > deepest.size())
      deepest = std::move(path);
  return deepest;
}

/// The loops as nodes of the schedule's present tree.
std::vector<TreePtr> nodesOf(const Schedule& schedule, std::span<const std::string> loops) {
  std::vector<TreePtr> nodes;
  for (const std::string& loop : loops)
    nodes.push_back(pathToLoop(schedule.tree(), loop).back());
  return nodes;
}

std::int64_t amountOf(const std::vector<Step>& skews) {
  std::int64_t amount = 0;
  for (const Step& skew : skews)
    amount += std::abs(skew.integer("factor"));
  return amount;
}

} // namespace

std::vector<std::string> bandOf(const Schedule& schedule, const Step& step) {
  const std::vector<std::string> named = namedLoops(schedule, step);
  const std::vector<TreePtr> path = innermostPath(schedule, named);
  std::vector<std::string> band;
  for (const TreePtr& node : path) {
    const bool isNamed = node->isLoop() && std::ranges::find(named, node->name) != named.end();
    if (!isNamed && band.empty())
      continue;
    if (!node->isLoop())
      return {}; // something stands between the loops
    band.push_back(node->name);
  }
  if (named.size() == 1 && !path.empty())
    for (TreePtr node = path.back()->children.front(); node->isLoop(); node = node->children.front())
      band.push_back(node->name);
  const bool isNest = std::ranges::all_of(named, [&](const std::string& loop) {
    return std::ranges::find(band, loop) != band.end();
  });
  return isNest ? band : std::vector<std::string>{};
}

std::vector<Step> skewsForBand(const Schedule& schedule, const Dependences& dependences,
                               const std::vector<std::string>& loops, bool reassociate) {
  const std::vector<PendingPairs> pending =
      pendingAt(schedule, dependences, pathToLoop(schedule.tree(), loops.front()), reassociate);
  if (pending.empty())
    return {};
  std::vector<Step> skews;
  Schedule current = schedule;
  for (std::size_t inner = 1; inner < loops.size(); ++inner) {
    const isl::set distances = distancesAt(nodesOf(current, std::span(loops).first(inner + 1)), pending);
    if (const auto least = minimumOf(distances, static_cast<unsigned>(inner)); least && *least >= 0)
      continue;
    const auto factors = factorsToReach(0, distances);
    if (!factors)
      return {};
    for (std::size_t outer = inner; outer-- > 0;) {
      if ((*factors)[outer] == 0)
        continue;
      skews.push_back(skewStep(loops[inner], (*factors)[outer], loops[outer]));
      Result<Schedule> next = apply(current, skews.back());
      if (!next)
        return {};
      current = std::move(*next);
    }
  }
  return skews;
}

std::vector<Mends> wavefrontMends(const Breaking& breaking, const Dependences& dependences, bool reassociate) {
  const Step& step = breaking.step();
  if (step.kind != "parallel")
    return {};
  const std::vector<TreePtr> path = pathToLoop(breaking.before.tree(), step.word("loop"));
  const TreePtr& inner = path.back()->children.front();
  const std::vector<PendingPairs> pending = pendingAt(breaking.before, dependences, path, reassociate);
  if (!inner->isLoop() || pending.empty() || !breaking.report.carryingLoops.contains(inner->name))
    return {}; // an inner loop that carries nothing can be parallel itself
  // With the inner loop outside, every pair has to be carried there.
  const auto factors = factorsToReach(1, distancesAt({path.back(), inner}, pending));
  if (!factors)
    return {};
  const std::string& outer = step.word("loop");
  const Step interchange{.kind = "interchange", .arguments = {{"first", {outer}}, {"second", {inner->name}}}};
  std::vector<Step> steps = {interchange};
  if (factors->front() != 0)
    steps.insert(steps.begin(), skewStep(inner->name, factors->front(), outer));
  return {{insertion(breaking, steps, breaking.culprit, std::abs(factors->front()))}};
}

std::vector<Mends> skewMends(const Breaking& breaking, const Dependences& dependences, bool reassociate) {
  const std::vector<std::string> band = bandOf(breaking.before, breaking.step());
  if (band.size() < 2)
    return {};
  const std::vector<Step> all = skewsForBand(breaking.before, dependences, band, reassociate);
  if (all.empty())
    return {};
  // A step may need less than all of its loops to be permutable.
  Mends mends;
  for (std::size_t without = 0; all.size() > 1 && without < all.size(); ++without) {
    std::vector<Step> fewer = all;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(without));
    mends.push_back(insertion(breaking, fewer, breaking.culprit, amountOf(fewer)));
  }
  mends.push_back(insertion(breaking, all, breaking.culprit, amountOf(all)));
  return {mends};
}

} // namespace polyloom
