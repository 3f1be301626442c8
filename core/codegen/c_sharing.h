// What the threads of a parallel loop get of what stands around it, as OpenMP's clauses.
#pragma once

#include "core/codegen/kernel.h"

#include <set>
#include <string>

namespace polyloom {

/// What the code of a node names: parameters, scalars, variables of loops, arrays and what their extents name.
std::set<std::string> namesIn(const Kernel& kernel, const LoopNode& node);

/// " firstprivate(N, it, A)": parameters, scalars, loop variables around (`outer`) and arrays that are pointers, as far
/// as the loop names them. Copies of its own are what a compiler can keep in registers: through the team's record it has
/// to fetch them anew after every store. `pointers`: arrays that are such where the region stands. Empty: nothing.
std::string firstPrivate(const Kernel& kernel, const LoopNode& loop, const std::set<std::string>& outer,
                         const std::set<std::string>& pointers);

} // namespace polyloom
