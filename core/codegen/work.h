// What a program computes, and what it has to move.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <cstdint>
#include <map>
#include <string>

namespace polyloom {

/// One run of a program at fixed sizes, whatever its schedule.
struct Work {
  /// Floating-point additions, subtractions, multiplications, divisions and calls of mathematical functions, each one; of
  /// a choice the side with more.
  std::int64_t floatingOperations = 0;
  /// The same without what is computed again and again from cells that the program only reads: `alpha * A[i][k]` in
  /// every iteration of j counts once. What no order of the program can do without, as it is written.
  std::int64_t neededOperations = 0;
  /// Compulsory traffic: the cells whose first value is read, and the cells that are written, each once and each way
  /// (as STREAM counts: what a cache fetches to write a cell is not in it). Locals need not leave the
  /// processor, nor need what is written to an array that nobody reads after the region.
  std::int64_t bytesRead = 0;
  std::int64_t bytesWritten = 0;

  std::int64_t bytes() const { return bytesRead + bytesWritten; }
};

/// Exact: instances times operations, and cells from the accesses and their dataflow. `parameters` replaces defaults.
/// Fails where the program is too complex to be counted ("too-complex").
Result<Work> workOf(const ScopPtr& scop, const std::map<std::string, std::int64_t>& parameters);

} // namespace polyloom
