// Repairs that change how a loop runs: its threads and lanes, the storage it reuses, its parts.
#pragma once

#include "core/legality/mend.h"

namespace polyloom {

class Dependences;

/// Where iterations that run at the same time depend on each other: the loop in parts, another loop that carries
/// nothing, or no threads and lanes there.
std::vector<Mends> concurrencyMends(const Breaking& breaking);

/// A cell per iteration for an array that orders a loop only because it is used again.
std::vector<Mends> storageMends(const Breaking& breaking);

/// `tile i j by 2 3` without one of its loops, for each of them.
std::vector<Mends> smallerTiles(const Breaking& breaking);

} // namespace polyloom
