#include "core/schedule/steps/unroll.h"

#include "core/schedule/loop_range.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

Result<ScheduleTree> applyUnroll(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  TreeNode unrolled = *path->back();
  if (unrolled.attributes.vectorWidth > 0)
    return failure("vector-lanes", fmt::format("{} is a group of vector lanes; unroll the loop around it",
                                               unrolled.name));
  if (unrolled.attributes.parallel)
    return failure("parallel-loop", fmt::format("{} is parallel; unroll a loop inside it", unrolled.name));
  if (step.word("factor") == "full" && !hasConstantLength(*path))
    return failure("not-constant", fmt::format("{} has no constant number of iterations; unroll it by a number, or tile "
                                               "it and unroll the point loop", unrolled.name));
  unrolled.attributes.unroll =
      step.word("factor") == "full" ? kUnrollFull : static_cast<int>(step.integer("factor"));
  return replaceNode(schedule.tree(), path->back().get(), std::make_shared<const TreeNode>(std::move(unrolled)));
}

} // namespace

StepKind unrollStep() {
  return {.name = "unroll",
          .form = "unroll {loop} by {factor}",
          .summary = "Several iterations in one.",
          .help = "The order stays as it is, so this is always legal. Pays in short loops whose overhead shows, and "
                  "where neighboring iterations share loads. `full` dissolves the loop; it needs a constant number of "
                  "iterations.",
          .before = "for k\n  S(k)",
          .after = "for k step 4\n  S(k); S(k+1); S(k+2); S(k+3)",
          .example = "unroll k by 4",
          .peers = "Clay, Tiramisu, LOOPer, Pluto, partly Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to unroll"},
                         {.name = "factor",
                          .kind = StepParameter::Kind::Factor,
                          .help = "iterations per round, or full",
                          .minimum = 2,
                          .maximum = 64,
                          .initial = "4"}},
          .apply = applyUnroll};
}

} // namespace polyloom
