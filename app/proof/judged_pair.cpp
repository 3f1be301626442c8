#include "app/proof/judged_pair.h"

#include "core/base/cpu_time.h"
#include "core/codegen/make_kernel.h"
#include "core/isl/context.h"
#include "core/legality/witness.h"
#include "core/oracle/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

/// The witness's parameters in the program's order; 0 for those that it does not need.
Values valuesOf(const Scop& scop, const Witness& witness) {
  Values values;
  for (const Parameter& parameter : scop.parameters) {
    const auto found = std::ranges::find(witness.parameters, parameter.name, &std::pair<std::string, std::int64_t>::first);
    values.push_back(found == witness.parameters.end() ? 0 : found->second);
  }
  return values;
}

ClaimedPair pairOf(const Scop& scop, const Witness& witness) {
  return {.source = {witness.source, witness.sourceInstance},
          .sink = {witness.sink, witness.sinkInstance},
          .sourceWrites = witness.kind != DependenceKind::Anti,
          .sinkWrites = witness.kind != DependenceKind::Flow,
          .cell = {witness.array, witness.cell},
          .parameters = valuesOf(scop, witness)};
}

/// isl's operations for the code of one schedule: some seconds.
constexpr unsigned long kMostOperations = 5'000'000;

/// Why the code executes something else than the schedule says, at the first size where it does.
std::string firstWrongTrace(const Kernel& kernel, const Schedule& schedule, const Oracle& oracle) {
  for (const Execution& execution : oracle.executions()) {
    const std::vector<Instance> expected = oracle.storage().instancesInOrder(schedule, execution.parameters);
    const std::vector<Instance> actual = traceOf(kernel, execution.parameters);
    if (actual != expected)
      return fmt::format("the code executes {} instead of {}", toText(schedule.program(), actual),
                         toText(schedule.program(), expected));
  }
  return {};
}

/// Why a verdict about changed storage is wrong; empty where nothing speaks against it. Every violation shows a case
/// that memory confirms, and at smaller values than those of all cases memory finds nothing. Counts the cases that are
/// too large to be confirmed.
std::string storageContradiction(const Schedule& schedule, const LegalityReport& report, const Oracle& oracle,
                                 int& unconfirmed) {
  std::int64_t limit = std::numeric_limits<std::int64_t>::max();
  for (const Violation& violation : report.violations) {
    const Witness witness = findWitness(violation);
    const Values values = valuesOf(*schedule.source(), witness);
    const StorageClaim claim{.source = {witness.source, witness.sourceInstance},
                             .sink = {witness.sink, witness.sinkInstance},
                             .isLostValue = violation.cause == Violation::Cause::Storage};
    const std::optional<std::string> why = oracle.storage().deniedBecause(schedule, claim, values);
    if (!why)
      ++unconfirmed;
    else if (!why->empty())
      return fmt::format("called illegal because \"{}\", but {}", witness.sentence, *why);
    limit = std::min(limit, sizeOf(values));
  }
  for (const Execution& execution : oracle.executions()) {
    if (sizeOf(execution.parameters) >= limit)
      continue;
    std::optional<std::string> fault = oracle.storage().storageFault(schedule, execution.parameters);
    if (!fault && report.verdict == Verdict::Legal)
      fault = oracle.storage().valueFault(schedule, execution.parameters);
    if (fault)
      return (report.verdict == Verdict::Legal ? "called legal, but " : "there is a smaller case: ") + *fault;
  }
  return {};
}

/// The run goes on after a bug of ours, so that it can be told with its program and recipe.
std::string brokenInvariant(const std::exception& error) { return std::string("a broken invariant: ") + error.what(); }

} // namespace

Claim claimOf(const Scop& scop, const LegalityReport& report, bool mayReassociate) {
  Claim claim{.isLegal = report.verdict == Verdict::Legal, .mayReassociate = mayReassociate, .pairs = {}};
  for (const Witness& witness : findWitnesses(report))
    claim.pairs.push_back(pairOf(scop, witness));
  return claim;
}

std::optional<std::string> orderFault(const Schedule& schedule, const Oracle& oracle) {
  try {
    const Result<Kernel> kernel = [&] {
      const IslQuota quota(schedule.program().ctx(), kMostOperations);
      return makeKernel(schedule);
    }();
    if (!kernel)
      return std::nullopt;
    return firstWrongTrace(*kernel, schedule, oracle);
  } catch (const std::exception& error) {
    return brokenInvariant(error);
  }
}

JudgedPair judgePair(const Schedule& schedule, const Dependences& dependences, const Oracle& oracle,
                     bool mayReassociate) {
  const bool relaxes = mayReassociate && schedule.hasSourceStorage(); // memory knows reductions by their order only
  JudgedPair pair{.schedule = schedule, .mayReassociate = relaxes, .disagreement = {}};
  try {
    const double start = cpuSeconds();
    const LegalityReport report = checkLegality(schedule, dependences, {.reassociate = relaxes});
    pair.verdictSeconds = cpuSeconds() - start;
    pair.verdict = report.verdict;
    if (report.verdict != Verdict::Unknown)
      pair.disagreement =
          schedule.hasSourceStorage()
              ? oracle.contradiction(schedule, claimOf(schedule.program(), report, relaxes))
              : storageContradiction(schedule, report, oracle, pair.unconfirmed);
  } catch (const std::exception& error) {
    pair.disagreement = brokenInvariant(error);
  }
  return pair;
}

} // namespace polyloom
