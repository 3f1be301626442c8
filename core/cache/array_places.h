// Where a kernel's arrays lie in memory.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// One array, at numbers for extents.
struct ArrayPlace {
  std::uint64_t base = 0;
  std::uint64_t bytes = 0;
  std::vector<std::int64_t> strides; ///< per dimension, in bytes
  bool isInMemory = true;            ///< else in registers: none of its accesses reaches a cache
};

/// All arrays, and the end of the memory that they lie in.
struct ArrayPlaces {
  std::vector<ArrayPlace> arrays; ///< in the kernel's order
  std::uint64_t end = 0;
};

/// Places the arrays as the runner does: each one ends with a page, between two unused ones, so that its beginning is
/// aligned to 64 bytes; later arrays lie below earlier ones, as Linux hands out memory. In registers are local variables
/// without dimensions and the arrays of register blocks. What a parallel loop allocates anew each time has one place.
/// Fails ("array-too-large") beyond 2 GiB in all, ("unknown-parameter") where an extent names something else.
Result<ArrayPlaces> placeArrays(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters);

} // namespace polyloom
