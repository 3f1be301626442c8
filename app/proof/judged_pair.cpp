#include "app/proof/judged_pair.h"

#include "core/codegen/make_kernel.h"
#include "core/legality/witness.h"
#include "core/oracle/trace.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

ClaimedPair pairOf(const Scop& scop, const Witness& witness) {
  ClaimedPair pair{.source = {witness.source, witness.sourceInstance},
                   .sink = {witness.sink, witness.sinkInstance},
                   .sourceWrites = witness.kind != DependenceKind::Anti,
                   .sinkWrites = witness.kind != DependenceKind::Flow,
                   .cell = {witness.array, witness.cell},
                   .parameters = {}};
  for (const Parameter& parameter : scop.parameters) {
    const auto found = std::ranges::find(witness.parameters, parameter.name, &std::pair<std::string, std::int64_t>::first);
    pair.parameters.push_back(found == witness.parameters.end() ? 0 : found->second);
  }
  return pair;
}

/// Why the code executes something else than the schedule says, at the first size where it does.
std::string firstWrongTrace(const Schedule& schedule, const Oracle& oracle) {
  const Result<Kernel> kernel = makeKernel(schedule);
  if (!kernel)
    return "no code: " + kernel.error().message;
  const auto order = std::make_shared<const PlainSchedule>(schedule);
  for (const Execution& execution : oracle.executions()) {
    std::vector<Instance> expected;
    for (const std::size_t index : NewOrder(order, execution).sequential())
      expected.push_back(execution.instances[index]);
    const std::vector<Instance> actual = traceOf(*kernel, execution.parameters);
    if (actual != expected)
      return fmt::format("the code executes {} instead of {}", toText(schedule.program(), actual),
                         toText(schedule.program(), expected));
  }
  return {};
}

/// The run goes on after a bug of ours, so that it can be told with its program and recipe.
std::string brokenInvariant(const std::exception& error) { return std::string("a broken invariant: ") + error.what(); }

} // namespace

Claim claimOf(const Scop& scop, const Dependences& dependences, const LegalityReport& report, bool mayReassociate) {
  Claim claim{.isLegal = report.verdict == Verdict::Legal, .mayReassociate = mayReassociate, .pairs = {}};
  for (const Witness& witness : findWitnesses(scop, dependences, report))
    claim.pairs.push_back(pairOf(scop, witness));
  return claim;
}

std::string orderFault(const Schedule& schedule, const Oracle& oracle) {
  try {
    return firstWrongTrace(schedule, oracle);
  } catch (const std::exception& error) {
    return brokenInvariant(error);
  }
}

JudgedPair judgePair(const Schedule& schedule, const Dependences& dependences, const Oracle& oracle,
                     bool mayReassociate) {
  JudgedPair pair{.schedule = schedule, .mayReassociate = mayReassociate, .disagreement = {}};
  try {
    const auto start = std::chrono::steady_clock::now();
    const LegalityReport report = checkLegality(schedule, dependences, {.reassociate = mayReassociate});
    pair.verdictTime = std::chrono::steady_clock::now() - start;
    pair.verdict = report.verdict;
    if (report.verdict != Verdict::Unknown)
      pair.disagreement = oracle.contradiction(schedule, claimOf(schedule.program(), dependences, report, mayReassociate));
  } catch (const std::exception& error) {
    pair.disagreement = brokenInvariant(error);
  }
  return pair;
}

} // namespace polyloom
