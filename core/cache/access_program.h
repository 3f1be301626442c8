// A kernel reduced to what it reads and writes, in a form that runs fast.
#pragma once

#include "core/base/diagnostic.h"
#include "core/cache/array_places.h"
#include "core/cache/index_code.h"
#include "core/codegen/kernel.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A `for` of the kernel.
struct AccessLoop {
  std::string variable;
  std::string loop; ///< the schedule's loop that it comes from; empty for none
  int parent = -1;  ///< index of the `for` around it
  int depth = 0;
};

/// A read or write as it stands in the kernel's text.
struct AccessSite {
  int array = 0;
  int statement = 0;
  bool isWrite = false;
  int loop = -1;          ///< index of the innermost `for` around it
  bool isAssumed = false; ///< data decide whether it happens: it is taken to
};

/// How a site finds its cell.
struct SiteCode {
  std::uint32_t site = 0;
  bool isWrite = false;
  IndexCode address;
  std::optional<IndexCode> condition; ///< the access happens where it holds
  std::uint64_t lowest = 0, end = 0; ///< an assumed access outside of these does not happen
};

/// A node of the program; the kinds are LoopNode's.
struct AccessNode {
  LoopNode::Kind kind = LoopNode::Kind::Block;
  // For
  std::size_t slot = 0; ///< of the loop's variable
  std::uint32_t loop = 0;
  IndexCode first, last;
  std::int64_t step = 1;
  /// Each iteration makes the same accesses, each of them a constant number of bytes further: those of `accesses`.
  bool isSteady = false;
  // If, and Call where the instance may be computed in vain
  std::vector<IndexCode> conditions;
  std::vector<SiteCode> accesses; ///< Call: in the order of evaluation
  // Call
  std::uint32_t statement = 0;      ///< the kernel's
  std::vector<IndexCode> iterators; ///< which instance of it
  std::vector<AccessNode> children;
};

/// Everything a kernel accesses at fixed parameter values, on one thread.
///
/// Each execution of a statement reads its operands from left to right, each cell once, and then writes. What C evaluates conditionally
/// is read where the condition holds, if indices and parameters decide it; where data decide it, it counts as read.
/// Cells in registers are left out: variables local to the region, and register blocks. A compiler may hold more.
struct AccessProgram {
  AccessNode body;
  std::size_t slots = 0;
  std::vector<AccessLoop> loops;  ///< outer ones first, in textual order
  std::vector<AccessSite> sites;  ///< in textual order
  ArrayPlaces places;
};

/// `parameters` replaces defaults. Fails as `placeArrays` does, and with "no-value" for a statement that has none.
Result<AccessProgram> accessProgram(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters);

/// How many accesses of the program one execution of the kernel's statement makes, at most.
std::int64_t accessesOf(const KernelStatement& statement, const ArrayPlaces& places);

/// Whether each execution of each statement makes all of them.
bool alwaysMakesAll(const AccessNode& node);

} // namespace polyloom
