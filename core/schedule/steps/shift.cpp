#include "core/schedule/steps/shift.h"

#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <numeric>

namespace polyloom {

namespace {

Result<ScheduleTree> applyShift(const Schedule& schedule, const Step& step) {
  const Scop& scop = schedule.program();
  const std::string& statement = step.word("statement");
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreeNode& loop = *path->back();
  const auto value = loop.values.find(statement);
  if (value == loop.values.end()) {
    if (std::optional<Diagnostic> refusal = refuseUnknownStatement(scop, statement))
      return std::unexpected(std::move(*refusal));
    return failure("not-nested", fmt::format("{} is not inside {}; the statements there are {}", statement,
                                             loop.name, joinWords(statementsBelow(loop, scop))));
  }
  if (loop.tileSize > 0)
    return failure("tile-loop", fmt::format("{} counts tiles; shift the point loop before tiling it", loop.name));
  const Result<AffineAmount> amount = parseAffineAmount(step.word("amount"));
  if (!amount)
    return std::unexpected(amount.error());
  const Result<isl::pw_aff> offset = amountOn(*amount, value->second.space().domain(), scop);
  if (!offset)
    return std::unexpected(offset.error());
  TreeNode shifted = withOffset(loop, statement, *offset);
  const bool isMultiple = amount->factors.empty() && amount->constant % shifted.stride == 0;
  if (!isMultiple)
    shifted.stride = 1;
  return replaceNode(schedule.tree(), &loop, std::make_shared<const TreeNode>(std::move(shifted)));
}

} // namespace

StepKind shiftStep() {
  return {.name = "shift",
          .form = "shift {statement} {loop} by {amount}",
          .summary = "One statement runs later (or earlier) along a loop.",
          .help = "The statement's value of the loop grows by the amount: 2, -1, N or N-1. The step that makes fusion "
                  "legal when a producer has to stay ahead of its consumer.",
          .before = "for i = 0 .. N-1\n  S0(i)\n  S1(i)",
          .after = "for i = 0 .. N-1+c\n  S0(i)\n  S1(i - c)",
          .example = "shift S1 i by 2",
          .peers = "Clint, LOOPer (solved for, when it fuses), Pluto, Polly",
          .parameters = {{.name = "statement", .kind = StepParameter::Kind::Statement, .help = "what moves"},
                         {.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop it moves along"},
                         {.name = "amount",
                          .kind = StepParameter::Kind::Affine,
                          .help = "loop values to move by; positive is later",
                          .initial = "1"}},
          .apply = applyShift};
}

} // namespace polyloom
