#include "core/schedule/steps/skew.h"

#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

Result<ScheduleTree> applySkew(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const Result<std::vector<TreePtr>> alongPath = requireLoop(schedule.tree(), step.word("along"));
  if (!alongPath)
    return std::unexpected(alongPath.error());
  const TreeNode& loop = *path->back();
  const TreeNode& along = *alongPath->back();
  const bool encloses = &loop != &along && std::any_of(path->begin(), path->end(), [&](const TreePtr& node) {
    return node.get() == &along;
  });
  if (!encloses) {
    const bool isInside = &loop != &along && std::ranges::find(*alongPath, path->back()) != alongPath->end();
    return failure("not-enclosing", fmt::format("{} does not enclose {}; a loop is skewed along one around it{}",
                                                along.name, loop.name,
                                                isInside ? fmt::format(": interchange {} {} first", loop.name, along.name)
                                                         : ""));
  }
  const LoopTerm terms[] = {{1, &loop}, {step.integer("factor"), &along}};
  TreeNode skewed = withCombination(loop, terms);
  return replaceNode(schedule.tree(), &loop, std::make_shared<const TreeNode>(std::move(skewed)));
}

} // namespace

StepKind skewStep() {
  return {.name = "skew",
          .form = "skew {loop} by {factor} {along}",
          .summary = "A loop's values grow with an outer loop's.",
          .help = "`skew j by f i` sets j := j + f·i. Always legal by itself: it turns dependences that point backwards "
                  "along j into forward ones, so that the band can be tiled or interchanged afterwards.",
          .before = "for i\n  for j = 0 .. N-1\n    S(i, j)",
          .after = "for i\n  for j = f*i .. N-1+f*i\n    S(i, j - f*i)",
          .example = "skew j by 2 i",
          .peers = "Clint, Tiramisu, LOOPer, Pluto, Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop whose values change"},
                         {.name = "factor",
                          .kind = StepParameter::Kind::Integer,
                          .help = "how much it moves per value of the outer loop",
                          .minimum = -1000,
                          .maximum = 1000,
                          .initial = "1"},
                         {.name = "along", .kind = StepParameter::Kind::Loop, .help = "a loop around it", .place = StepParameter::Place::Around}},
          .apply = applySkew};
}

} // namespace polyloom
