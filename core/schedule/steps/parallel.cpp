#include "core/schedule/steps/parallel.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

Result<ScheduleTree> applyParallel(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  TreeNode parallel = *path->back();
  if (parallel.attributes.vectorWidth > 0)
    return failure("vector-lanes", fmt::format("{} is a group of vector lanes; make the loop around it parallel",
                                               parallel.name));
  if (parallel.attributes.unroll != 0)
    return failure("unrolled-loop", fmt::format("{} is unrolled; unroll a loop inside it instead", parallel.name));
  parallel.attributes.parallel = true;
  return replaceNode(schedule.tree(), path->back().get(), std::make_shared<const TreeNode>(std::move(parallel)));
}

} // namespace

StepKind parallelStep() {
  return {.name = "parallel",
          .form = "parallel {loop}",
          .summary = "A loop's iterations run on several threads.",
          .help = "Legal when no dependence is carried by the loop. Pays when each iteration has much to do: the "
                  "threads meet at the end of the loop, every time it runs. Inside another parallel loop it changes "
                  "nothing.",
          .before = "for i\n  S(i)",
          .after = "parallel for i\n  S(i)",
          .example = "parallel i",
          .peers = "Tiramisu, LOOPer, Pluto, Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to share out"}},
          .apply = applyParallel};
}

} // namespace polyloom
