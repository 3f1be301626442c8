#include "core/schedule/steps/split.h"

#include "core/isl/extra.h"
#include "core/schedule/cut.h"
#include "core/schedule/loop_range.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Refuses a name in the position that is neither a parameter nor a loop around the one to split.
Result<AffineAmount> positionOf(const Step& step, const std::vector<TreePtr>& path, const Scop& scop) {
  Result<AffineAmount> position = parseAffineAmount(step.word("position"));
  if (!position)
    return position;
  std::vector<std::string> around;
  for (const TreePtr& node : path)
    if (node->isLoop() && node != path.back())
      around.push_back(node->name);
  for (const auto& [name, factor] : position->factors) {
    if (findParameter(scop, name) || std::ranges::find(around, name) != around.end())
      continue;
    return failure("unknown-parameter",
                   fmt::format("{} is neither a parameter of {} nor a loop around {}{}", name, scop.function,
                               path.back()->name, around.empty() ? "" : fmt::format(" ({})", joinWords(around))));
  }
  return position;
}

/// The instances of the last loop of a path whose value is below the position.
Result<isl::union_set> instancesBefore(const AffineAmount& position, const std::vector<TreePtr>& path,
                                       const Scop& scop) {
  const TreeNode& loop = *path.back();
  isl::union_set before = isl::union_set::empty(scop.ctx());
  for (const auto& [statement, value] : loop.values) {
    std::map<std::string, isl::pw_aff> around;
    for (const TreePtr& node : path)
      if (node->isLoop() && node != path.back())
        around.emplace(node->name, node->values.at(statement));
    const isl::space space = value.space().domain();
    const Result<isl::pw_aff> bound = amountOn(position, space, scop, around);
    if (!bound)
      return std::unexpected(bound.error());
    before = before.unite(isl::union_set(loop.domain.extract_set(space).intersect(value.lt_set(*bound))));
  }
  return before;
}

Result<ScheduleTree> applySplit(const Schedule& schedule, const Step& step) {
  const Scop& scop = schedule.program();
  const ScheduleTree& tree = schedule.tree();
  const Result<std::vector<TreePtr>> path = requireLoop(tree, step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const Result<AffineAmount> position = positionOf(step, *path, scop);
  if (!position)
    return std::unexpected(position.error());
  const Result<isl::union_set> before = instancesBefore(*position, *path, scop);
  if (!before)
    return std::unexpected(before.error());
  const TreePtr& loop = path->back();
  const CutLoop parts = cutLoop(tree, loop, *before);
  if (parts.first == nullptr || parts.second == nullptr)
    return failure("nothing-to-split",
                   fmt::format("no value of {} is {} {}; its values are {}", loop->name,
                               parts.first == nullptr ? "below" : "at or above", step.word("position"),
                               rangeText(*path, scop)));
  return replaceNode(tree, loop.get(), makeSequence({parts.first, parts.second}));
}

} // namespace

StepKind splitStep() {
  return {.name = "split",
          .form = "split {loop} at {position}",
          .summary = "One loop becomes two, one after the other, at a value.",
          .help = "The loop keeps the values below the position; the position and what follows go to a copy after it. "
                  "The order stays as it is, so this is always legal. Makes room for steps that pay, or are legal, on "
                  "one part only. The position counts in the loop's values; it may use parameters and loops around.",
          .before = "for i = 0 .. N-1\n  S(i)",
          .after = "for i = 0 .. p-1\n  S(i)\nfor i_2 = p .. N-1\n  S(i_2)",
          .example = "split i at N-4",
          .peers = "Clint (index-set splitting)",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to split"},
                         {.name = "position",
                          .kind = StepParameter::Kind::Affine,
                          .help = "the first value of the second part",
                          .initial = "1"}},
          .apply = applySplit};
}

} // namespace polyloom
