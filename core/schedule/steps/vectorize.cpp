#include "core/schedule/steps/vectorize.h"

#include "core/schedule/schedule.h"
#include "core/schedule/sink.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// The first lane loop below a node, or null.
const TreeNode* lanesBelow(const TreeNode& node) {
  for (const TreePtr& child : node.children) {
    if (child->attributes.vectorWidth > 0)
      return child.get();
    if (const TreeNode* inner = lanesBelow(*child))
      return inner;
  }
  return nullptr;
}

Result<ScheduleTree> applyVectorize(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreeNode& loop = *path->back();
  if (loop.attributes.vectorWidth > 0)
    return failure("vector-lanes", fmt::format("{} is a group of vector lanes already", loop.name));
  for (const TreePtr& around : *path)
    if (around->attributes.vectorWidth > 0)
      return failure("vector-lanes", fmt::format("{} is inside the vector lanes of {}", loop.name, around->name));
  if (const TreeNode* lanes = lanesBelow(loop))
    return failure("vector-lanes", fmt::format("{} has the vector lanes of {} inside; jam or unroll it instead",
                                               loop.name, lanes->name));
  if (loop.attributes.parallel)
    return failure("parallel-loop", fmt::format("{} is parallel; vectorize it first, then make the loop over its "
                                                "groups parallel", loop.name));
  const std::int64_t width = step.integer("width");
  return stripAndSink(schedule.tree(), loop, width, {.vectorWidth = static_cast<int>(width)});
}

} // namespace

StepKind vectorizeStep() {
  return {.name = "vectorize",
          .form = "vectorize {loop} by {width}",
          .summary = "A loop's iterations become lanes of vector instructions.",
          .help = "Strip-mines the loop and moves the strip around every statement below: in each group a statement "
                  "runs for all lanes, in no order, before the body goes on. Illegal when that breaks a dependence, but "
                  "where reductions may change their order, lanes may share a sum: each adds up a part of its own, and the "
                  "parts are added when the loop over the groups ends (unroll that loop for several sums side by side). "
                  "Pays when the lanes touch neighboring cells. The loop over the groups gets the loop's name with a t.",
          .before = "for j\n  S0(j)\n  S1(j)",
          .after = "for jt\n  S0(lanes of jt)\n  S1(lanes of jt)",
          .example = "vectorize j by 8",
          .peers = "innermost loops: Pluto (as a pragma), Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "its iterations become lanes"},
                         {.name = "width",
                          .kind = StepParameter::Kind::Integer,
                          .help = "lanes per group",
                          .minimum = 2,
                          .maximum = 64,
                          .initial = "8"}},
          .apply = applyVectorize};
}

} // namespace polyloom
