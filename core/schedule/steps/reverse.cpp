#include "core/schedule/steps/reverse.h"

#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

namespace polyloom {

namespace {

Result<ScheduleTree> applyReverse(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const LoopTerm terms[] = {{-1, path->back().get()}};
  TreeNode reversed = withCombination(*path->back(), terms);
  return replaceNode(schedule.tree(), path->back().get(), std::make_shared<const TreeNode>(std::move(reversed)));
}

} // namespace

StepKind reverseStep() {
  return {.name = "reverse",
          .form = "reverse {loop}",
          .summary = "A loop runs from its last value to its first.",
          .help = "The loop's value is negated. Rarely faster by itself; it can make a later fusion or interchange "
                  "legal.",
          .before = "for i = 0 .. N-1\n  S(i)",
          .after = "for i = -(N-1) .. 0\n  S(-i)",
          .example = "reverse i",
          .peers = "Clint, LOOPer",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to reverse"}},
          .apply = applyReverse};
}

} // namespace polyloom
