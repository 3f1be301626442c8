#include "core/schedule/steps/tile.h"

#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

Result<std::vector<std::string>> tileNames(const ScheduleTree& tree, const Step& step) {
  const std::vector<std::string>& loops = step.words("loops");
  std::vector<std::string> names;
  if (!step.has("names")) {
    std::set<std::string> taken;
    for (const std::string& loop : loops) {
      names.push_back(freshName(tree, loop + "t", taken));
      taken.insert(names.back());
    }
    return names;
  }
  const std::vector<std::string> existing = loopNames(tree);
  for (const std::string& name : step.words("names")) {
    const auto isTaken = [&](const std::vector<std::string>& all) { return std::ranges::find(all, name) != all.end(); };
    if (isTaken(existing) || isTaken(names))
      return failure("name-taken", fmt::format("{} is a loop already", name));
    names.push_back(name);
  }
  return names;
}

/// Lanes stay around their statement, and what is unrolled is no loop to be counted any more.
Result<void> requirePlainLoops(const std::vector<TreePtr>& nest) {
  for (const TreePtr& loop : nest) {
    if (loop->attributes.vectorWidth > 0)
      return failure("vector-lanes", fmt::format("{} is a group of vector lanes; tile the loop around it", loop->name));
    if (loop->attributes.unroll != 0)
      return failure("unrolled-loop", fmt::format("{} is unrolled; tile it first, then unroll it", loop->name));
  }
  return {};
}

Result<ScheduleTree> applyTile(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const Result<std::vector<TreePtr>> nest = requireDirectNest(tree, step.words("loops"), schedule.program());
  if (!nest)
    return std::unexpected(nest.error());
  if (const Result<void> plain = requirePlainLoops(*nest); !plain)
    return std::unexpected(plain.error());
  const Result<std::vector<std::string>> names = tileNames(tree, step);
  if (!names)
    return std::unexpected(names.error());
  const std::vector<std::int64_t> sizes = step.integers("sizes");
  TreePtr result = nest->front();
  for (std::size_t depth = nest->size(); depth-- > 0;) {
    Result<TreeNode> tile = tileLoopOver(*(*nest)[depth], sizes[depth], (*names)[depth], result);
    if (!tile)
      return std::unexpected(std::move(tile.error()));
    result = std::make_shared<const TreeNode>(std::move(*tile));
  }
  return replaceNode(tree, nest->front().get(), result);
}

} // namespace

StepKind tileStep() {
  return {.name = "tile",
          .form = "tile {loops} by {sizes} [as {names}]",
          .summary = "The nest runs block by block.",
          .help = "New loops over the tiles go outside all the given ones, which must be nested directly. Tiles are "
                  "aligned to 0; sizes count iterations. Pays when a block's data stays in a cache until it is used "
                  "again. A tile loop gets the loop's name with a t.",
          .before = "for i\n  for j\n    S(i, j)",
          .after = "for it\n  for jt\n    for i in tile it\n      for j in tile jt\n        S(i, j)",
          .example = "tile i j by 32 64",
          .peers = "Clint, Tiramisu, LOOPer (two or three loops), Pluto and Polly (also at two levels)",
          .parameters = {{.name = "loops", .kind = StepParameter::Kind::Loops, .help = "from the outside in"},
                         {.name = "sizes",
                          .kind = StepParameter::Kind::Integers,
                          .help = "iterations per tile, one number per loop",
                          .minimum = 1,
                          .maximum = 1'000'000,
                          .initial = "32"},
                         {.name = "names", .kind = StepParameter::Kind::NewNames, .help = "names of the tile loops"}},
          .apply = applyTile};
}

} // namespace polyloom
