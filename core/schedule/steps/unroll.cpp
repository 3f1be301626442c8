#include "core/schedule/steps/unroll.h"

#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Whether the loop's range, at any values of the loops around it and of the parameters, is within one constant.
bool hasConstantLength(const std::vector<TreePtr>& path) {
  const TreeNode& loop = *path.back();
  bool isConstant = true;
  loop.domain.foreach_set([&](const isl::set& instances) {
    const std::string statement = tupleName(instances);
    isl::pw_aff_list around(instances.ctx(), 0);
    for (const TreePtr& node : path)
      if (node->isLoop() && node.get() != &loop)
        around = around.add(node->values.at(statement));
    const isl::map outer = mapToVector(instances, around);
    const isl::map value = mapToVector(instances, isl::pw_aff_list(loop.values.at(statement)));
    const isl::map values = outer.reverse().apply_range(value); // { [around] -> [value] }
    const isl::set distances = values.reverse().apply_range(values).deltas();
    isConstant = isConstant && isBounded(distances.project_out_all_params());
  });
  return isConstant;
}

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
