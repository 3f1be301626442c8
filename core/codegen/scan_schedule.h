// A schedule made easy for isl's AST generator: quotients become dimensions.
#pragma once

#include "core/schedule/schedule.h"

#include <isl/cpp.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// The same order over extended instances.
///
/// An instance S0[t, i] under tile loops becomes S0[tt, it, t, i] with size · tt <= t < size · tt + size: the values of
/// tile loops, and sums of them, are then affine. A statement's copies share the dimensions; one that no loop around a
/// copy uses is 0 there. With the divisions left in the schedule the generator needs minutes
/// for a wavefront of tiles. (Supernodes: Irigoin and Triolet, POPL 1988.)
class ScanSchedule {
public:
  explicit ScanSchedule(const Schedule& schedule);

  const isl::schedule& order() const { return order_; }

  /// { S0[tt, it, t, i] -> S0[t, i] }.
  const isl::pw_multi_aff& instanceOf(const std::string& statement) const { return instances_.at(statement); }

  /// Whether some tile loop counts tiles along a sum of iterators.
  bool hasSkewedTiles() const;

private:
  void collect(const TreeNode& node, std::vector<const TreeNode*>& around);
  void extend(const Statement& statement);
  isl::pw_aff valueOf(const TreeNode& loop, const std::string& statement) const;
  isl::union_set domainOf(const TreeNode& leaf) const;
  isl::set boundsOf(const std::string& statement, std::size_t quotient) const;

  std::map<std::string, std::vector<Quotient>> quotients_; ///< the distinct ones per statement
  std::map<const TreeNode*, std::set<std::size_t>> used_;  ///< per leaf: those of the loops around it
  std::map<std::string, isl::pw_multi_aff> instances_;
  isl::schedule order_;
};

} // namespace polyloom
