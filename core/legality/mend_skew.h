// Skews that make a band's dependences point forward before a step that needs them to.
#pragma once

#include "core/legality/mend.h"

namespace polyloom {

class Dependences;

/// The smallest skews after which no dependence points backwards along any of these loops (a nest, outermost first):
/// then the nest can be tiled, its loops can trade places. Solved loop by loop from the outside in: the factors of an
/// inner loop along all loops before it at once, by Farkas' lemma. Empty where none are needed or none exist.
std::vector<Step> skewsForBand(const Schedule& schedule, const Dependences& dependences,
                               const std::vector<std::string>& loops, bool reassociate);

/// Skews before a step that names the loops of a nest (tile, interchange), without those that are not needed.
std::vector<Mends> skewMends(const Breaking& breaking, const Dependences& dependences, bool reassociate);

/// For a parallel loop that carries dependences: the next loop inside skewed until it carries them all, and moved
/// outside (L. Lamport, The parallel execution of DO loops, 1974).
std::vector<Mends> wavefrontMends(const Breaking& breaking, const Dependences& dependences, bool reassociate);

/// The loops of the nest that a step's loop names span, outermost first, within a schedule: from the outermost to the
/// innermost named; below a single one all that are nested directly. Empty where they are not one nest.
std::vector<std::string> bandOf(const Schedule& schedule, const Step& step);

} // namespace polyloom
