#include "core/schedule/steps/interchange.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

namespace polyloom {

namespace {

Result<ScheduleTree> applyInterchange(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const std::string& first = step.word("first");
  const std::string& second = step.word("second");
  const Result<std::vector<TreePtr>> firstPath = requireLoop(tree, first);
  const Result<std::vector<TreePtr>> secondPath = requireLoop(tree, second);
  if (!firstPath)
    return std::unexpected(firstPath.error());
  if (!secondPath)
    return std::unexpected(secondPath.error());
  const bool firstIsOuter = firstPath->size() <= secondPath->size();
  const std::vector<TreePtr>& path = firstIsOuter ? *secondPath : *firstPath;
  const std::size_t outerDepth = (firstIsOuter ? firstPath : secondPath)->size() - 1;

  // Every loop from the outer to the inner one has to be alone in its parent's body.
  std::vector<std::string> chain = {firstIsOuter ? first : second};
  for (std::size_t depth = outerDepth + 1; depth < path.size(); ++depth)
    if (path[depth]->isLoop())
      chain.push_back(path[depth]->name);
  if (chain.size() == 1)
    chain.push_back(firstIsOuter ? second : first);
  const Result<std::vector<TreePtr>> nest = requireDirectNest(tree, chain, schedule.program());
  if (!nest)
    return std::unexpected(nest.error());

  TreePtr rebuilt = nest->back()->children.front();
  rebuilt = withChild(*nest->front(), rebuilt);
  for (std::size_t depth = nest->size() - 2; depth > 0; --depth)
    rebuilt = withChild(*(*nest)[depth], rebuilt);
  rebuilt = withChild(*nest->back(), rebuilt);
  return replaceNode(tree, nest->front().get(), rebuilt);
}

} // namespace

StepKind interchangeStep() {
  return {.name = "interchange",
          .form = "interchange {first} {second}",
          .summary = "Two loops of a nest trade places.",
          .help = "The loops keep their names. Pays when the new inner loop walks memory with stride one, or when the "
                  "new outer loop is parallel. All loops between the two must be nested directly.",
          .before = "for i\n  for k\n    S(i, k)",
          .after = "for k\n  for i\n    S(i, k)",
          .example = "interchange i k",
          .peers = "Clint, Tiramisu, LOOPer, Pluto, Polly",
          .parameters = {{.name = "first", .kind = StepParameter::Kind::Loop, .help = "one loop"},
                         {.name = "second", .kind = StepParameter::Kind::Loop, .help = "the loop it trades places with",
                          .place = StepParameter::Place::Inside}},
          .apply = applyInterchange};
}

} // namespace polyloom
