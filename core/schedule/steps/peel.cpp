#include "core/schedule/steps/peel.h"

#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/schedule/cut.h"
#include "core/schedule/loop_range.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

constexpr unsigned long kPeelOperations = 5'000'000;

/// The instances of the last loop of a path that stay in its first part when `count` iterations are peeled.
///
/// The bound between the parts is the loop's first value (or last, where the end is peeled) at the same values of the
/// loops around, over all statements, and `count` iterations on: exact, whatever the shape of the domains.
isl::union_set firstPart(const std::vector<TreePtr>& path, bool atStart, std::int64_t count) {
  const TreeNode& loop = *path.back();
  const isl::map range = rangeOf(path);
  const isl::pw_multi_aff extreme = atStart ? range.lexmin_pw_multi_aff() : range.lexmax_pw_multi_aff();
  const std::int64_t distance = atStart ? count * loop.stride : (1 - count) * loop.stride;
  const isl::pw_aff bound = extreme.at(0).add_constant(static_cast<long>(distance));
  isl::union_set part = isl::union_set::empty(loop.domain.ctx());
  loop.domain.foreach_set([&](const isl::set& instances) {
    const isl::pw_aff here = bound.pullback(aroundOf(path, instances).as_pw_multi_aff());
    const isl::set below = loop.values.at(tupleName(instances)).lt_set(here);
    part = part.unite(isl::union_set(instances.intersect(below)));
  });
  return part;
}

Result<ScheduleTree> applyPeel(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const Result<std::vector<TreePtr>> path = requireLoop(tree, step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreePtr& loop = path->back();
  const std::string& end = step.word("end");
  try {
    const IslQuota quota(schedule.program().ctx(), kPeelOperations);
    const CutLoop parts = cutLoop(tree, loop, firstPart(*path, end == "first", step.integer("count")));
    if (parts.first == nullptr || parts.second == nullptr)
      return failure("nothing-left", fmt::format("{} has no more than {} iterations: nothing is left to peel from; its "
                                                 "values are {}", loop->name, step.word("count"),
                                                 rangeText(*path, schedule.program())));
    return replaceNode(tree, loop.get(), makeSequence({parts.first, parts.second}));
  } catch (const isl::exception_quota&) {
    return failure("too-complex", fmt::format("the {} value of {} is too complicated a function of the loops around; "
                                              "split it at a value instead", end, loop->name));
  }
}

} // namespace

StepKind peelStep() {
  return {.name = "peel",
          .form = "peel {loop} {end} {count}",
          .summary = "A loop's first or last iterations become a loop of their own.",
          .help = "The later part gets a name with a suffix: the rest where the first iterations are peeled, the peeled "
                  "ones where it is the last. The order stays as it is, so this is always legal. Pays when the "
                  "iterations at a border are what keeps the others from being fused, tiled or vectorized.",
          .before = "for i = 0 .. N-1\n  S(i)",
          .after = "for i = 0 .. c-1\n  S(i)\nfor i_2 = c .. N-1\n  S(i_2)",
          .example = "peel i first 1",
          .peers = "Clay",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to peel"},
                         {.name = "end",
                          .kind = StepParameter::Kind::Choice,
                          .help = "which end",
                          .initial = "first",
                          .choices = {"first", "last"}},
                         {.name = "count",
                          .kind = StepParameter::Kind::Integer,
                          .help = "iterations to peel",
                          .minimum = 1,
                          .maximum = 1'000'000,
                          .initial = "1"}},
          .apply = applyPeel};
}

} // namespace polyloom
