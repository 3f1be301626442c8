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

/// Tries one more step before the first one that breaks the order (shifts by up to 2, skews by up to 2), tiles one
/// loop less, then leaves that step out; keeps what makes the whole recipe legal, the smallest change first.
/// Cost: one legality test per candidate, at most some dozens.
std::vector<Repair> findRepairs(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& steps,
                                const LegalityOptions& options = {}, std::size_t limit = 3);

} // namespace polyloom
