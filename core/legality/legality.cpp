#include "core/legality/legality.h"

#include "core/isl/context.h"
#include "core/legality/order_walk.h"
#include "core/legality/stage_cache.h"
#include "core/legality/stage_dependences.h"
#include "core/legality/storage_checks.h"
#include "core/schedule/private_storage.h"
#include "core/schedule/tree_edit.h"

#include <algorithm>

namespace polyloom {

namespace {

/// No answer, with the reason: nothing is known to be parallel then.
LegalityReport unknown(const Schedule& schedule, const Dependences& dependences, std::string reason) {
  LegalityReport report;
  report.verdict = LegalityReport::Verdict::Unknown;
  report.reason = std::move(reason);
  report.dependences = dependences;
  report.carriers.resize(dependences.all().size());
  for (const std::string& loop : loopNames(schedule.tree()))
    report.carryingLoops.insert(loop);
  return report;
}

/// The running stage's order, with parallel loops and lanes.
LegalityReport judgeLast(const Schedule& schedule, const Dependences& dependences, const LegalityOptions& options) {
  OrderQuestion question{.program = schedule.programPtr(), .firstStage = schedule.firstStage().program, .tree = schedule.tree(),
                         .dependences = currentDependences(schedule, dependences),
                         .comparisons = cacheOf(schedule.stage()).comparisons,
                         .reassociate = options.reassociate, .strictArrays = contractedArrays(schedule)};
  for (const Buffer& buffer : schedule.stage().buffers) {
    const std::vector<const TreeNode*> loops = loopsAroundUses(schedule, buffer.array);
    question.privateLoops[buffer.array] = {loops.begin(), loops.end()};
  }
  return judgeOrder(question);
}

LegalityReport judge(const Schedule& schedule, const Dependences& dependences, const LegalityOptions& options) {
  const EarlierVerdict earlier = judgeEarlier(schedule, dependences, options.reassociate);
  LegalityReport report = judgeLast(schedule, dependences, options);
  report.relaxedReductions = report.relaxedReductions || earlier.relaxedReductions;
  report.violations.insert(report.violations.begin(), earlier.violations.begin(), earlier.violations.end());
  if (!report.violations.empty())
    report.verdict = LegalityReport::Verdict::Illegal;
  return report;
}

} // namespace

LegalityReport checkLegality(const Schedule& schedule, const Dependences& dependences,
                             const LegalityOptions& options) {
  const IslQuota quota(schedule.program().ctx(), options.maxOperations);
  try {
    return judge(schedule, dependences, options);
  } catch (const isl::exception_quota&) {
    return unknown(schedule, dependences, "the question needs more work than a verdict may cost");
  } catch (const isl::exception_abort&) {
    return unknown(schedule, dependences, "the question was canceled");
  }
}

} // namespace polyloom
