#include "core/schedule/steps/distribute.h"

#include "core/schedule/bodies.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Why the body of a loop, a single loop or statement, cannot be parted, and what would help.
std::unexpected<Diagnostic> refuseSingle(const TreeNode& loop, const std::string& statement) {
  const TreeNode* inner = &loop;
  while (inner->isLoop() && inner->children.front()->isLoop())
    inner = inner->children.front().get();
  const TreeNode& body = *inner->children.front();
  const bool isParted = body.kind == TreeNode::Kind::Sequence &&
                        firstHolder(body, statement) + 1 < body.children.size();
  return failure("nothing-to-distribute",
                 fmt::format("the body of {} is a single {}; {}", loop.name, inner == &loop ? "statement" : "loop",
                             isParted ? fmt::format("distribute {} after {} first", inner->name, statement)
                                      : "there is nothing to part"));
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
  if (std::optional<Diagnostic> refusal = refuseUnknownStatement(scop, statement))
    return std::unexpected(std::move(*refusal));
  if (!loop.values.contains(statement))
    return failure("not-nested", fmt::format("{} is not inside {}; the statements there are {}", statement, loop.name,
                                             joinWords(statementsBelow(loop, scop))));
  if (body->kind != TreeNode::Kind::Sequence)
    return refuseSingle(loop, statement);
  const std::vector<TreePtr>& children = body->children;
  const std::size_t at = firstHolder(*body, statement);
  if (at + 1 == children.size()) {
    const std::string reordering = reorderText(tree, {body, at, 0}, scop);
    return failure("nothing-to-distribute", fmt::format("nothing follows {} in the body of {}{}", statement, loop.name,
                                                        reordering.empty() ? "" : "; " + reordering + " first"));
  }
  const auto rest = children.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  const TreePtr first = loopOver(loop, loop.name, {children.begin(), rest});
  const TreePtr second = loopOver(loop, freshName(tree, loop.name), {rest, children.end()});
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
                          .help = "the last statement of the first part; of copies, the first"}},
          .apply = applyDistribute};
}

} // namespace polyloom
