#include "core/snapshot/make_drops.h"

#include "core/legality/legality.h"
#include "core/schedule/schedule.h"
#include "core/snapshot/make_snapshot.h"

namespace polyloom {

namespace {

constexpr unsigned long kDropOperations = 200'000;

DropInfo judge(const Schedule& before, const Dependences& dependences, const std::string& lines, bool reassociate) {
  const Result<Recipe> steps = parseRecipe(lines);
  if (!steps)
    return {lines, DropInfo::Verdict::Refused, steps.error().message};
  const Replay replayed = replay(before, steps->steps);
  if (replayed.refusal)
    return {lines, DropInfo::Verdict::Refused, replayed.refusal->message};
  const LegalityReport report =
      checkLegality(replayed.schedule, dependences, {.reassociate = reassociate, .maxOperations = kDropOperations});
  const DropInfo::Verdict verdict = report.verdict == LegalityReport::Verdict::Legal     ? DropInfo::Verdict::Legal
                                    : report.verdict == LegalityReport::Verdict::Illegal ? DropInfo::Verdict::Illegal
                                                                                         : DropInfo::Verdict::Unknown;
  return {lines, verdict, makeVerdict(report).sentence};
}

} // namespace

void judgeDrops(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                std::span<const std::string> candidates, bool reassociate, const std::function<bool(const DropInfo&)>& tell) {
  const Replay before = replay(scop, recipe.steps);
  for (const std::string& lines : candidates)
    if (!tell(judge(before.schedule, dependences, lines, reassociate)))
      return;
}

} // namespace polyloom
