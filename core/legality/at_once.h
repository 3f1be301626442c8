// Instances that a reader would like to run at the same time: which steps make them so?
#pragma once

#include "core/legality/legality.h"
#include "core/schedule/step.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// Chosen places in the present order: one row per instance (or per line of instances) with its values of these loops.
struct ChosenPlaces {
  std::vector<std::string> loops; ///< of one direct nest, outermost first; at most 4 with the loops between them
  std::vector<std::vector<std::int64_t>> rows;
};

/// Steps to append to the recipe.
struct AtOnce {
  std::vector<Step> steps;
  std::string loop; ///< the parallel one
  std::string sentence;
};

/// The steps that put the chosen places into the iterations of one parallel loop, with equal values of all loops around
/// it: a unimodular change of the nest, then `parallel`. Loops inside the nest stay as they are; whatever one chosen place
/// holds runs there in order.
///
/// The differences of the rows span the directions that are to run at once; the outer loops of the new nest are the small
/// integer rows orthogonal to all of them, the simplest first, of which the first that is legal wins. With two loops that
/// is the wavefront orthogonal to the chosen line (Lamport, CACM 17(2), 1974), also where the line is steep.
/// Refuses a single place, loops that are not nested directly, and what no such order can do, with the dependence
/// that is in the way. Cost: at most 40 legality checks.
Result<AtOnce> runAtOnce(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& recipe,
                         const ChosenPlaces& chosen, const LegalityOptions& options = {});

} // namespace polyloom
