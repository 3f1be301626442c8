#include "core/schedule/steps/fuse.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace polyloom {

namespace {

/// The sequence that has both loops as children, or a refusal.
Result<TreePtr> commonSequence(const ScheduleTree& tree, const std::string& first, const std::string& second) {
  const Result<std::vector<TreePtr>> firstPath = requireLoop(tree, first);
  if (!firstPath)
    return std::unexpected(firstPath.error());
  const Result<std::vector<TreePtr>> secondPath = requireLoop(tree, second);
  if (!secondPath)
    return std::unexpected(secondPath.error());
  if (first == second)
    return failure("repeated-loop", fmt::format("{} is named twice", first));
  const bool haveParents = firstPath->size() > 1 && secondPath->size() > 1;
  const TreePtr parent = haveParents ? (*firstPath)[firstPath->size() - 2] : nullptr;
  if (parent == nullptr || parent != (*secondPath)[secondPath->size() - 2])
    return failure("not-neighbors", fmt::format("{} and {} do not stand in the same body; fuse the loops around them "
                                                "first", first, second));
  return parent;
}

TreePtr fuseLoops(const TreeNode& a, const TreeNode& b) {
  TreeNode fused = a;
  fused.domain = a.domain.unite(b.domain);
  fused.values.insert(b.values.begin(), b.values.end());
  fused.children = {makeSequence({a.children.front(), b.children.front()})};
  fused.stride = std::gcd(a.stride, b.stride);
  fused.attributes = a.attributes == b.attributes ? a.attributes : LoopAttributes{};
  const bool sameTiles = a.tileSize > 0 && a.tileSize == b.tileSize;
  fused.tileSize = sameTiles ? a.tileSize : 0;
  fused.bases = sameTiles ? a.bases : decltype(fused.bases){};
  if (sameTiles)
    fused.bases.insert(b.bases.begin(), b.bases.end());
  return std::make_shared<const TreeNode>(std::move(fused));
}

Result<ScheduleTree> applyFuse(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const std::string& first = step.word("first");
  const std::string& second = step.word("second");
  const Result<TreePtr> parent = commonSequence(tree, first, second);
  if (!parent)
    return std::unexpected(parent.error());
  std::vector<TreePtr> children = (*parent)->children;
  const auto named = [](const std::string& name) {
    return [&name](const TreePtr& node) { return node->isLoop() && node->name == name; };
  };
  const auto a = std::ranges::find_if(children, named(first));
  const auto b = std::ranges::find_if(children, named(second));
  if (a > b)
    return failure("not-neighbors", fmt::format("{} runs after {}; name the earlier loop first", first, second));
  if (std::next(a) != b) {
    const TreeNode& between = **std::next(a);
    return failure("not-neighbors",
                   fmt::format("{} stands between {} and {}",
                               between.isLoop() ? "loop " + between.name
                                                : joinWords(statementsBelow(between, schedule.program())),
                               first, second));
  }
  for (const auto& [statement, value] : (*a)->values)
    if ((*b)->values.contains(statement))
      return failure("split-statement", fmt::format("{} has a part in both {} and {}", statement, first, second));
  *a = fuseLoops(**a, **b);
  children.erase(b);
  return replaceNode(tree, parent->get(), makeSequence(children));
}

} // namespace

StepKind fuseStep() {
  return {.name = "fuse",
          .form = "fuse {first} {second}",
          .summary = "Two neighboring loops become one.",
          .help = "Equal loop values meet in one iteration; the first loop's body runs first. Bounds may differ: the "
                  "fused loop covers both ranges and each statement keeps its own. Pays when the second loop reads "
                  "what the first has just written. Shift the second one where it would run too early.",
          .before = "for i\n  S0(i)\nfor j\n  S1(j)",
          .after = "for i\n  S0(i)\n  S1(i)",
          .parameters = {{.name = "first", .kind = StepParameter::Kind::Loop, .help = "the earlier loop; its name stays"},
                         {.name = "second", .kind = StepParameter::Kind::Loop, .help = "the loop right after it"}},
          .apply = applyFuse};
}

} // namespace polyloom
