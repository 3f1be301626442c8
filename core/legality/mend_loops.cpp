#include "core/legality/mend_loops.h"

#include "core/program/dependences.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace polyloom {

namespace {

using Cause = Violation::Cause;

bool isConcurrent(const Step& step) { return step.kind == "parallel" || step.kind == "vectorize"; }

/// The step that lets a loop's iterations run at the same time, up to the culprit.
std::optional<std::size_t> stepFor(const Breaking& breaking, const std::string& loop) {
  for (std::size_t s = breaking.culprit + 1; s-- > 0;)
    if (isConcurrent(breaking.steps[s]) && breaking.steps[s].word("loop") == loop)
      return s;
  return std::nullopt;
}

Step withLoop(Step step, const std::string& loop) {
  step.arguments["loop"] = {loop};
  return step;
}

/// The step for a loop around or inside that carries nothing, from the inside out.
std::vector<Mends> movedElsewhere(const Breaking& breaking, std::size_t at, const std::string& loop) {
  constexpr std::size_t kMost = 3;
  const std::vector<TreePtr> path = pathToLoop(breaking.after.tree(), loop);
  std::vector<std::string> names = loopNames(ScheduleTree(path.back()));
  std::ranges::reverse(names);
  for (auto node = path.rbegin(); node != path.rend(); ++node)
    if ((*node)->isLoop())
      names.push_back((*node)->name);
  std::vector<Mends> all;
  for (const std::string& name : names)
    if (name != loop && !breaking.report.carryingLoops.contains(name) && all.size() < kMost)
      all.push_back({replacement(breaking, at, withLoop(breaking.steps[at], name), {.loss = MendCost::Loss::Weaker})});
  return all;
}

/// The loop distributed between a violated dependence's statements; both parts run as the one was asked to, or one.
Mends distributed(const Breaking& breaking, const Violation& violation, const Dependence& dependence) {
  const Step& step = breaking.step();
  const auto name = [&](int s) { return breaking.after.program().statements[static_cast<std::size_t>(s)].name; };
  if (!isConcurrent(step) || dependence.from == dependence.to || step.word("loop") != violation.loop)
    return {};
  const Step distribute{.kind = "distribute",
                        .arguments = {{"loop", {violation.loop}}, {"statement", {name(dependence.from)}}}};
  const Result<Schedule> parted = apply(breaking.before, distribute);
  if (!parted)
    return {};
  const std::vector<std::string> before = loopNames(breaking.before.tree()), after = loopNames(parted->tree());
  const auto rest = std::ranges::find_if(
      after, [&](const std::string& loop) { return std::ranges::find(before, loop) == before.end(); });
  const Mend one = insertion(breaking, {distribute}, breaking.culprit, 0);
  Mend both = one;
  const Step second = withLoop(step, *rest);
  both.steps.insert(both.steps.begin() + static_cast<std::ptrdiff_t>(breaking.culprit) + 2, second);
  both.sentence += fmt::format(", and {} after it", toText(second));
  both.cost.changed = 2;
  return {both, one};
}

} // namespace

std::vector<Mends> concurrencyMends(const Breaking& breaking) {
  std::vector<Mends> all;
  std::set<std::string> seen;
  for (const Violation& violation : breaking.report.violations) {
    if (violation.cause != Cause::Parallel && violation.cause != Cause::Lanes)
      continue;
    all.push_back(distributed(breaking, violation, violation.of));
    const std::optional<std::size_t> at = stepFor(breaking, violation.loop);
    if (!at || !seen.insert(violation.loop).second)
      continue;
    std::ranges::move(movedElsewhere(breaking, *at, violation.loop), std::back_inserter(all));
    all.push_back({omission(breaking, *at)});
  }
  return all;
}

std::vector<Mends> storageMends(const Breaking& breaking) {
  constexpr std::size_t kMost = 3;
  std::vector<Mends> all;
  std::set<std::string> seen;
  for (const Violation& violation : breaking.report.violations) {
    if (violation.cause == Cause::Storage)
      continue;
    const Dependence& dependence = violation.of;
    const std::string& array = breaking.before.program().arrays[static_cast<std::size_t>(dependence.array)].name;
    std::string line = fmt::format("expand {} along {}", array, violation.loop);
    if (dependence.kind == DependenceKind::Flow || violation.loop.empty() || !seen.insert(line).second)
      continue;
    const Result<Step> step = parseStep(line);
    if (step && apply(breaking.before, *step) && all.size() < kMost)
      all.push_back({insertion(breaking, {*step}, breaking.culprit, 0)});
  }
  return all;
}

std::vector<Mends> smallerTiles(const Breaking& breaking) {
  const Step& step = breaking.step();
  std::vector<Mends> all;
  if (step.kind != "tile" || step.words("loops").size() < 2)
    return all;
  for (std::size_t dropped = 0; dropped < step.words("loops").size(); ++dropped) {
    Step smaller = step;
    for (auto& [parameter, words] : smaller.arguments)
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(dropped));
    all.push_back({replacement(breaking, breaking.culprit, smaller, {.loss = MendCost::Loss::Weaker})});
  }
  return all;
}

} // namespace polyloom
