#include "core/schedule/steps/reorder.h"

#include "core/schedule/bodies.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// The loops below which the two statements name one place each: "in i", "in i_2".
std::vector<std::string> scopesThatTell(const ScheduleTree& tree, const std::string& first, const std::string& second) {
  std::vector<std::string> scopes;
  for (const std::string& loop : loopNames(tree))
    if (findSharedBody(pathToLoop(tree, loop).back(), first, second))
      scopes.push_back("in " + loop);
  return scopes;
}

Result<SharedBody> requireSharedBody(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const std::string& first = step.word("first");
  const std::string& second = step.word("second");
  for (const std::string& statement : {first, second})
    if (std::optional<Diagnostic> refusal = refuseUnknownStatement(schedule.program(), statement))
      return std::unexpected(std::move(*refusal));
  if (first == second)
    return failure("repeated-statement", fmt::format("{} is named twice", first));
  TreePtr scope = tree.root();
  if (step.has("loop")) {
    const Result<std::vector<TreePtr>> path = requireLoop(tree, step.word("loop"));
    if (!path)
      return std::unexpected(path.error());
    scope = path->back();
  }
  for (const std::string& statement : {first, second})
    if (!statementsIn(scope->domain).contains(statement))
      return failure("not-nested", step.has("loop") ? fmt::format("{} is not inside {}", statement, scope->name)
                                                    : fmt::format("{} never runs", statement));
  const Result<SharedBody> places = findSharedBody(scope, first, second);
  if (places)
    return places;
  const std::vector<std::string> scopes = scopesThatTell(tree, first, second);
  if (scopes.empty())
    return failure("copies", fmt::format("{} and {} share no body in which each stands once: {} has several copies",
                                         first, second, places.error().message));
  return failure("copies", fmt::format("{} has several copies; name a loop around the ones meant: {}",
                                       places.error().message, joinWords(scopes, "or")));
}

Result<ScheduleTree> applyReorder(const Schedule& schedule, const Step& step) {
  const Result<SharedBody> places = requireSharedBody(schedule, step);
  if (!places)
    return std::unexpected(places.error());
  const auto [sequence, first, second] = *places;
  if (first + 1 == second)
    return failure("in-order", fmt::format("{} comes directly before {} already", step.word("first"),
                                           step.word("second")));
  std::vector<TreePtr> children = sequence->children;
  const TreePtr moved = children[first];
  children.erase(children.begin() + static_cast<std::ptrdiff_t>(first));
  const std::size_t target = first < second ? second - 1 : second;
  children.insert(children.begin() + static_cast<std::ptrdiff_t>(target), moved);
  return replaceNode(schedule.tree(), sequence.get(), makeSequence(children));
}

} // namespace

StepKind reorderStep() {
  return {.name = "reorder",
          .form = "reorder {first} {second} [in {loop}]",
          .summary = "A part of a body moves directly before another one.",
          .help = "A statement stands for the part that contains it, in the innermost body that both share. Brings "
                  "together what is to be fused, or parts what is to be distributed. Where a statement has copies, "
                  "`in` names a loop around the ones meant. Illegal when the new order breaks a dependence.",
          .before = "for i\n  S0(i)\n  S1(i)",
          .after = "for i\n  S1(i)\n  S0(i)",
          .example = "reorder S1 S0",
          .peers = "Clint",
          .parameters = {{.name = "first", .kind = StepParameter::Kind::Statement, .help = "what moves"},
                         {.name = "second",
                          .kind = StepParameter::Kind::Statement,
                          .help = "what it comes directly before"},
                         {.name = "loop", .kind = StepParameter::Kind::Loop, .help = "a loop around both"}},
          .apply = applyReorder};
}

} // namespace polyloom
