// Which parameter values keep the accesses inside their arrays. Pure mathematics: free of Clang.
#pragma once

#include "core/program/scop.h"

#include <isl/cpp.h>

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// An access while its region is read: sets and values are over the parameters, among them the iterators.
struct PendingAccess {
  bool isWrite = false;
  int array = 0;
  std::vector<isl::pw_aff> subscripts;
  isl::set reached;                   ///< the instances that execute it
  std::vector<std::string> iterators; ///< the parameters that are iterators
  std::string text;
  SourceRange range;
};

/// One more than the largest value of a subscript over all accesses to the array.
isl::pw_aff inferExtent(isl::ctx ctx, const std::vector<PendingAccess>& accesses, int array, std::size_t dimension = 0);

/// What must hold of the parameters so that an access stays inside.
struct BoundsAnswer {
  bool alwaysLeaves = false;
  isl::set stays; ///< a parameter set; says nothing about values that do not execute the access
};
BoundsAnswer checkBounds(const PendingAccess& access, const std::vector<isl::pw_aff>& extents);

/// The condition that `bad` does not hold, in as few words as possible; free where `relevant` does not hold.
isl::set avoid(const isl::set& bad, const isl::set& relevant);

/// Collects conditions and drops those that others imply.
class Assumptions {
public:
  explicit Assumptions(isl::ctx ctx);

  void add(const isl::set& condition, const std::string& reason);

  /// All conditions together.
  const isl::set& context() const { return context_; }
  /// Those that no others imply.
  std::vector<Assumption> finish() const;

private:
  isl::set context_;
  std::vector<Assumption> all_;
};

} // namespace polyloom
