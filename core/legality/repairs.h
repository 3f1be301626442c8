// Small changes of a recipe that make an illegal schedule legal.
#pragma once

#include "core/legality/legality.h"
#include "core/schedule/step.h"

#include <cstddef>
#include <string>
#include <vector>

namespace polyloom {

/// A recipe that is legal as a whole, and what was changed.
struct Repair {
  std::vector<Step> steps;
  std::string sentence; ///< "shift S1 j by 1 before fuse i j"
};

/// The smallest changes found that make an illegal recipe legal, the best first: those that keep all steps before those
/// that give one up, then fewer steps changed, then smaller amounts.
///
/// Looks at the last step that turns the recipe from legal to illegal. Amounts are solved for and not tried: shifts as
/// difference constraints, skews by Farkas' lemma (see mend_shift.h, mend_skew.h). Where a later step breaks what was
/// mended, that one is mended next. Each repair has been judged as a whole.
/// Cost: at most 60 legality checks, each bounded by `options.maxOperations`; a check without an answer counts as ten.
std::vector<Repair> findRepairs(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& steps,
                                const LegalityOptions& options = {}, std::size_t limit = 3);

} // namespace polyloom
