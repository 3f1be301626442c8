// Data that goes from one thread's caches to another's.
#pragma once

#include "models/features/cache_model.h"

#include <vector>

namespace polyloom {

/// Per statement, over the whole run, the lines that it finds in another thread's caches: where parallel loops (or code
/// beside them) come back to an array and share it out differently, as after reversing or interchanging one of them. The iterations
/// of a parallel loop go to threads in equal parts, the first part always to the same thread;
/// what does not fit a second-level cache is in none.
std::vector<double> exchangedLines(const NestOutline& outline, const Traffic& traffic, const MachineFacts& machine, int threads);

} // namespace polyloom
