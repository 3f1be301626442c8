// Shifts of statements that keep dependences in order along a loop.
#pragma once

#include "core/legality/mend.h"

namespace polyloom {

class Dependences;

/// Shifts along the loops where the order breaks, solved as difference constraints: per dependence the sink's shift is at
/// least the source's plus the largest distance backwards (Bellman and Ford); once with sinks moved later, once with
/// sources moved earlier. A loop whose iterations run at the same time needs distances of exactly zero. Then inner
/// loops in turn. Where the distance grows with a parameter, the one violated dependence's sink is shifted by it.
std::vector<Mends> shiftMends(const Breaking& breaking, const Dependences& dependences, bool reassociate,
                              const Judge& judge);

} // namespace polyloom
