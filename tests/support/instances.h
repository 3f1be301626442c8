// Programs and schedules by brute force: every instance, every dependence, the order, one by one.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/schedule.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polyloom::test {

/// Values of the program's parameters, in its order.
using Values = std::vector<std::int64_t>;

/// One execution of a statement.
struct Instance {
  int statement = 0;
  std::vector<std::int64_t> point;
  friend auto operator<=>(const Instance&, const Instance&) = default;
};

/// "S1[2, 0]", and one after the other.
std::string toText(const Scop& scop, const Instance& instance);
std::string toText(const Scop& scop, const std::vector<Instance>& instances);

/// Two instances that touch one cell, at least one writing it; indices into Execution::instances, first < second.
using Conflict = std::pair<std::size_t, std::size_t>;

/// A program at fixed parameter values, in the source's order.
struct Execution {
  Values parameters;
  std::vector<Instance> instances;
  std::vector<Conflict> conflicts;

  std::size_t indexOf(const Instance& instance) const;
};

/// Enumerates domains and accesses point by point. The order comes from the nest of loops and statements alone.
Execution execute(const Scop& scop, const Values& parameters);

/// All executions that have instances, for parameters from 0 to `bound` within the context.
std::vector<Execution> executions(const Scop& scop, int bound);

/// The set at these values of the program's parameters.
isl::set atValues(const Scop& scop, isl::set set, const Values& parameters);

/// One step on the way from the tree's root to an instance.
struct KeyElement {
  std::int64_t value = 0;
  bool isConcurrent = false; ///< a parallel or lane loop: different values have no order
  const TreeNode* loop = nullptr; ///< null: a place in a sequence
};
using Key = std::vector<KeyElement>;

/// A schedule at fixed parameter values.
class NewOrder {
public:
  NewOrder(const Schedule& schedule, const Execution& execution);
  NewOrder(const Scop& scop, const ScheduleTree& tree, const Execution& execution);

  /// Whether instance `a` surely ends before `b` starts.
  bool isBefore(std::size_t a, std::size_t b) const;
  /// The order in which one thread executes all instances, concurrent loops from their first value to their last.
  std::vector<std::size_t> sequential() const;
  const Key& keyOf(std::size_t instance) const { return keys_[instance]; }

private:
  /// A loop on the way down, or (null) a place in a sequence.
  struct PathElement {
    const TreeNode* loop = nullptr;
    std::int64_t place = 0;
  };
  void visit(const TreeNode& node, std::vector<PathElement>& path);
  void visitLeaf(int statement, const isl::set& instances, const std::vector<PathElement>& path);

  const Scop& scop_;
  const Execution& execution_;
  std::vector<Key> keys_;
};

/// The first conflict that the schedule does not keep, or nothing.
const Conflict* firstViolated(const NewOrder& order, const Execution& execution);

} // namespace polyloom::test
