#include "core/schedule/steps/distribute.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

template <typename T> void keepStatements(std::map<std::string, T>& all, const LoopValues& kept) {
  std::erase_if(all, [&](const auto& entry) { return !kept.contains(entry.first); });
}

/// The loop over some of its body's children.
TreePtr loopOver(const TreeNode& loop, const std::string& name, const std::vector<TreePtr>& children) {
  TreeNode part = loop;
  part.name = name;
  part.children = {makeSequence(children)};
  part.domain = part.children.front()->domain;
  part.values = restrictTo(loop.values, part.domain);
  keepStatements(part.bases, part.values);
  keepStatements(part.sums, part.values);
  return std::make_shared<const TreeNode>(std::move(part));
}

Result<ScheduleTree> applyDistribute(const Schedule& schedule, const Step& step) {
  const Scop& scop = schedule.program();
  const ScheduleTree& tree = schedule.tree();
  const std::string& statement = step.word("statement");
  const Result<std::vector<TreePtr>> path = requireLoop(tree, step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreeNode& loop = *path->back();
  const TreePtr& body = loop.children.front();
  if (!findStatement(scop, statement))
    return failure("unknown-statement", fmt::format("no statement is called {}", statement));
  if (body->kind != TreeNode::Kind::Sequence)
    return failure("nothing-to-distribute", fmt::format("the body of {} is a single {}; there is nothing to part",
                                                        loop.name, body->isLoop() ? "loop" : "statement"));
  const auto holds = [&](const TreePtr& child) {
    const std::vector<std::string> names = statementsBelow(*child, scop);
    return std::ranges::find(names, statement) != names.end();
  };
  const std::vector<TreePtr>& children = body->children;
  const auto at = std::ranges::find_if(children, holds);
  if (at == children.end())
    return failure("not-nested", fmt::format("{} is not inside {}", statement, loop.name));
  if (std::next(at) == children.end())
    return failure("nothing-to-distribute", fmt::format("nothing follows {} in the body of {}", statement, loop.name));
  const TreePtr first = loopOver(loop, loop.name, {children.begin(), std::next(at)});
  const TreePtr second = loopOver(loop, freshName(tree, loop.name), {std::next(at), children.end()});
  return replaceNode(tree, &loop, makeSequence({first, second}));
}

} // namespace

StepKind distributeStep() {
  return {.name = "distribute",
          .form = "distribute {loop} after {statement}",
          .summary = "One loop becomes two, one after the other.",
          .help = "The loop keeps its name for the body up to the statement; the rest gets a loop of its own. Makes room "
                  "for steps that need loops nested directly, and lets each part be vectorized or made parallel alone.",
          .before = "for i\n  S0(i)\n  S1(i)",
          .after = "for i\n  S0(i)\nfor i_2\n  S1(i_2)",
          .example = "distribute i after S0",
          .peers = "Clint, Tiramisu, Pluto, Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop to part"},
                         {.name = "statement",
                          .kind = StepParameter::Kind::Statement,
                          .help = "the last statement of the first part"}},
          .apply = applyDistribute};
}

} // namespace polyloom
