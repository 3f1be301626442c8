// Declarations of arrays in generated C.
#pragma once

#include "core/codegen/kernel.h"

#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// How an array comes and goes.
struct ArrayText {
  std::string declaration;
  std::string release = {}; ///< empty: with its block
};

/// A plain declaration for what the source declared in the region. What a step of the recipe made is aligned to 64
/// bytes; on the heap (aligned_alloc, free) unless it is known to be small.
ArrayText storageText(const KernelArray& array);

/// What has to stand before and after a region's code: its locals (unless they are arguments of the function) and what
/// a step made, unless only the threads of parallel loops use it.
struct RegionStorage {
  std::vector<std::string> declarations, releases;
  bool hasGenerated = false; ///< some step made an array: its name may hide another one's
};
RegionStorage regionStorage(const Kernel& kernel, bool localsAreArguments = false);

/// The arrays that some statement uses outside of the parallel loops whose threads have them for themselves.
std::set<int> sharedArrays(const Kernel& kernel);

} // namespace polyloom
