// One program and one recipe: the verdict, and what brute force says about it.
#pragma once

#include "core/generate/random_recipe.h"
#include "core/legality/legality.h"
#include "core/oracle/oracle.h"
#include "core/program/dependences.h"

#include <optional>
#include <string>

namespace polyloom {

/// The verdict as a claim: for an illegal schedule the witness of each violated dependence.
Claim claimOf(const Scop& scop, const LegalityReport& report, bool mayReassociate);

/// Why generated code does not execute the schedule's instances in its order; empty where it does at all sizes of the
/// oracle. Nothing where generating the code takes more of isl's operations than a trace is worth.
std::optional<std::string> orderFault(const Schedule& schedule, const Oracle& oracle);

/// What became of a pair.
struct JudgedPair {
  Schedule schedule;
  LegalityReport::Verdict verdict = LegalityReport::Verdict::Legal;
  bool mayReassociate = false;
  double verdictSeconds = 0; ///< of CPU time
  int unconfirmed = 0; ///< witnesses at values that are too large for brute force
  std::string disagreement; ///< empty: brute force agrees
};

/// Judges a schedule and lets the oracle look at the verdict. An exception is a disagreement, too.
JudgedPair judgePair(const Schedule& schedule, const Dependences& dependences, const Oracle& oracle,
                     bool mayReassociate);

} // namespace polyloom
