#include "core/schedule/steps/jam.h"

#include "core/schedule/schedule.h"
#include "core/schedule/sink.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Whether a loop below the node runs one iteration after the other.
bool hasPlainLoop(const TreeNode& node) {
  return std::ranges::any_of(node.children, [](const TreePtr& child) {
    return (child->isLoop() && child->attributes.vectorWidth == 0) || hasPlainLoop(*child);
  });
}

Result<ScheduleTree> applyJam(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreeNode& loop = *path->back();
  if (loop.attributes.vectorWidth > 0)
    return failure("vector-lanes", fmt::format("{} is a group of vector lanes; jam a loop around it", loop.name));
  if (loop.attributes.parallel)
    return failure("parallel-loop", fmt::format("{} is parallel; jam it first, then make the loop over its groups "
                                                "parallel", loop.name));
  if (!hasPlainLoop(loop))
    return failure("no-inner-loop", fmt::format("{} has no loop inside; unroll it instead", loop.name));
  return stripAndSink(schedule.tree(), loop, step.integer("factor"), {.unroll = kUnrollFull});
}

} // namespace

StepKind jamStep() {
  return {.name = "jam",
          .form = "jam {loop} by {factor}",
          .summary = "Several iterations of an outer loop go through the inner loops together.",
          .help = "Unroll-and-jam: strip-mines the loop and moves the strip, unrolled, around every statement below. "
                  "Pays when iterations of the outer loop use the same data in the inner one: a cell is loaded once "
                  "for all of them. The loop over the groups gets the loop's name with a t. Illegal when the new order "
                  "breaks a dependence.",
          .before = "for i\n  for k\n    S(i, k)",
          .after = "for it step 2\n  for k\n    S(it, k); S(it+1, k)",
          .example = "jam i by 4",
          .peers = "Pluto",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "a loop with a loop inside"},
                         {.name = "factor",
                          .kind = StepParameter::Kind::Integer,
                          .help = "iterations that run together",
                          .minimum = 2,
                          .maximum = 64,
                          .initial = "4"}},
          .apply = applyJam};
}

} // namespace polyloom
