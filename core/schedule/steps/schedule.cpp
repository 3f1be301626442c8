#include "core/schedule/steps/schedule.h"

#include "core/isl/extra.h"
#include "core/schedule/from_isl.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

std::optional<isl::schedule> parse(isl::ctx ctx, std::string text) {
  std::ranges::replace(text, '\'', '"');
  try {
    return isl::schedule(ctx, text);
  } catch (const isl::exception_abort&) {
    throw;
  } catch (const isl::exception_quota&) {
    throw;
  } catch (const isl::exception&) {
    return std::nullopt;
  }
}

Result<ScheduleTree> applySchedule(const Schedule& schedule, const Step& step) {
  const Scop& scop = schedule.program();
  const std::optional<isl::schedule> parsed = parse(scop.ctx(), step.text("tree"));
  if (!parsed)
    return failure("bad-schedule", "the text is not a schedule tree in isl's notation, which is "
                                   "{ domain: '…', child: { schedule: '…', child: … } }");
  const Result<ScheduleTree> tree = treeFromIsl(*parsed, scop);
  if (!tree)
    return std::unexpected(tree.error());
  return withLoopNames(*tree, step.words("names"));
}

} // namespace

StepKind scheduleStep() {
  return {.name = "schedule",
          .form = "schedule {tree} as {names}",
          .summary = "Any order, as a schedule tree in isl's notation.",
          .help = "The last resort, for orders that no other steps lead to: the tree replaces the whole order, whatever "
                  "steps came before, and drops threads, lanes and unrolling. Inside the double quotes stands isl's text "
                  "on one line, with ' where isl writes \". Every member of a band is a loop, the names are for the loops "
                  "in textual order, an outer one before those inside. Domain, band, sequence, set, filter and mark nodes "
                  "are read; `polyloom-cli emit --as isl` writes such trees.",
          .before = "for i\n  S(i)",
          .after = "for c = -(N-1) .. 0\n  S(-c)",
          .example = "schedule \"{ domain: '[N] -> { S0[i] : 0 <= i < N }', child: { schedule: '[{ S0[i] -> [-i] }]' } "
                     "}\" as c",
          .parameters = {{.name = "tree", .kind = StepParameter::Kind::Text, .help = "the schedule tree"},
                         {.name = "names", .kind = StepParameter::Kind::NewNames, .help = "one per loop of the tree"}},
          .apply = applySchedule};
}

Step makeScheduleStep(const ScheduleTree& tree) {
  std::string text = islText(tree.toIsl());
  std::ranges::replace(text, '"', '\'');
  return {.kind = "schedule", .arguments = {{"tree", {"\"" + text + "\""}}, {"names", loopNames(tree)}}};
}

} // namespace polyloom
