#include "core/schedule/steps/wavefront.h"

#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

Result<ScheduleTree> applyWavefront(const Schedule& schedule, const Step& step) {
  const std::vector<std::string>& loops = step.words("loops");
  if (loops.size() < 2)
    return failure("wrong-count", fmt::format("a wavefront takes two loops or more; {} alone has nothing to be added "
                                              "to it", loops.front()));
  const Result<std::vector<TreePtr>> nest = requireDirectNest(schedule.tree(), loops, schedule.program());
  if (!nest)
    return std::unexpected(nest.error());
  if (const Result<void> plain = requireNoLanes(*nest); !plain)
    return std::unexpected(plain.error());
  std::vector<LoopTerm> terms;
  for (const TreePtr& loop : *nest)
    terms.push_back({1, loop.get()});
  const TreeNode& first = *nest->front();
  return replaceNode(schedule.tree(), &first, std::make_shared<const TreeNode>(withCombination(first, terms)));
}

} // namespace

StepKind wavefrontStep() {
  return {.name = "wavefront",
          .form = "wavefront {loops}",
          .summary = "The first loop of a nest counts the sum of all.",
          .help = "The first loop becomes the sum of all loops named, the others stay. Where every dependence points "
                  "forward along each of them (a band that can be tiled), what has the same sum is independent: the "
                  "other loops can be parallel. Usually for tile loops, after `tile`.",
          .before = "for it\n  for jt\n    S(it, jt)",
          .after = "for it = it + jt\n  for jt, parallel\n    S(it - jt, jt)",
          .example = "wavefront it jt",
          .peers = "Pluto",
          .parameters = {{.name = "loops",
                          .kind = StepParameter::Kind::Loops,
                          .help = "two or more, nested directly, from the outside in"}},
          .apply = applyWavefront};
}

} // namespace polyloom
