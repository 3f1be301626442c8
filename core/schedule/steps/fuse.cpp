#include "core/schedule/steps/fuse.h"

#include "core/isl/extra.h"
#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace polyloom {

namespace {

/// The path to the sequence that has both loops as children, or a refusal.
Result<std::vector<TreePtr>> pathToCommonSequence(const ScheduleTree& tree, const std::string& first, const std::string& second) {
  const Result<std::vector<TreePtr>> firstPath = requireLoop(tree, first);
  if (!firstPath)
    return std::unexpected(firstPath.error());
  const Result<std::vector<TreePtr>> secondPath = requireLoop(tree, second);
  if (!secondPath)
    return std::unexpected(secondPath.error());
  if (first == second)
    return failure("repeated-loop", fmt::format("{} is named twice", first));
  const bool haveParents = firstPath->size() > 1 && secondPath->size() > 1;
  if (!haveParents || (*firstPath)[firstPath->size() - 2] != (*secondPath)[secondPath->size() - 2])
    return failure("not-neighbors", fmt::format("{} and {} do not stand in the same body; fuse the loops around them "
                                                "first", first, second));
  return std::vector<TreePtr>(firstPath->begin(), firstPath->end() - 1);
}

/// The largest number modulo which all values of the fused loop are congruent in one nest, as far as both strides tell:
/// 0, 2, 4 … and 1, 3, 5 … have only 1.
std::int64_t commonStride(const TreeNode& a, const TreeNode& b, const std::vector<TreePtr>& around) {
  const std::int64_t stride = std::gcd(a.stride, b.stride);
  if (stride == 1)
    return 1;
  for (const auto& [first, left] : a.values) {
    for (const auto& [second, right] : b.values) {
      const isl::set instances = a.domain.extract_set(left.domain().space());
      isl::map together = instances.product(b.domain.extract_set(right.domain().space())).unwrap();
      for (const TreePtr& node : around)
        if (node->isLoop())
          together = together.intersect(equalMap(node->values.at(first), node->values.at(second)));
      const auto modulus = static_cast<long>(stride);
      if (!together.is_subset(equalMap(left.mod(modulus), right.mod(modulus))))
        return 1;
    }
  }
  return stride;
}

TreePtr fuseLoops(const TreeNode& a, const TreeNode& b, const std::vector<TreePtr>& around) {
  std::map<std::string, isl::pw_aff> values = a.values;
  values.insert(b.values.begin(), b.values.end());
  std::map<std::string, std::vector<Quotient>> quotients;
  for (const auto& [statement, value] : values)
    quotients.emplace(statement, quotientsOf(a.values.contains(statement) ? a : b, statement));
  TreeNode fused = withQuotients(a, std::move(values), std::move(quotients));
  fused.domain = a.domain.unite(b.domain);
  fused.children = {makeSequence({a.children.front(), b.children.front()})};
  fused.stride = commonStride(a, b, around);
  fused.attributes = a.attributes == b.attributes ? a.attributes : LoopAttributes{};
  return std::make_shared<const TreeNode>(std::move(fused));
}

Result<ScheduleTree> applyFuse(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const std::string& first = step.word("first");
  const std::string& second = step.word("second");
  const Result<std::vector<TreePtr>> path = pathToCommonSequence(tree, first, second);
  if (!path)
    return std::unexpected(path.error());
  const TreePtr& parent = path->back();
  std::vector<TreePtr> children = parent->children;
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
  *a = fuseLoops(**a, **b, *path);
  children.erase(b);
  return replaceNode(tree, parent.get(), makeSequence(children));
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
          .example = "fuse i i_2",
          .peers = "Clint, LOOPer, Pluto, Polly",
          .parameters = {{.name = "first", .kind = StepParameter::Kind::Loop, .help = "the earlier loop; its name stays"},
                         {.name = "second", .kind = StepParameter::Kind::Loop, .help = "the loop right after it"}},
          .apply = applyFuse};
}

} // namespace polyloom
