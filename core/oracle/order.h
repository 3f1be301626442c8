// The order that a schedule gives to instances, one by one: parallel and lane loops leave some without.
#pragma once

#include "core/oracle/execution.h"
#include "core/schedule/schedule.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polyloom {

/// A schedule as plain numbers.
class PlainSchedule {
public:
  explicit PlainSchedule(const Schedule& schedule);
  PlainSchedule(const Scop& scop, const ScheduleTree& tree);

  /// Where the tree puts an instance. `values` lead from the root to the leaf: a loop's value, or a place in a
  /// sequence; `isConcurrent` says of which loops different values have no order. Equal beginnings of `values` stand
  /// for the same node.
  struct Place {
    std::vector<std::int64_t> values;
    const std::vector<bool>* isConcurrent = nullptr;
    const std::vector<const TreeNode*>* loops = nullptr; ///< per value; null: a place in a sequence
  };
  /// Fails a check where the tree has no place or two for the instance.
  Place placeOf(const Instance& instance, const Values& parameters) const;

  /// The nodes above each leaf that holds instances of a statement, at whatever values: see Place::loops.
  std::vector<const std::vector<const TreeNode*>*> loopsAround(int statement) const;

private:
  struct Loop {
    const TreeNode* node = nullptr; ///< null: a place in a sequence
    std::int64_t place = 0;
  };
  struct Element {
    std::shared_ptr<const PointFunction> value; ///< null: a place in a sequence
    std::int64_t place = 0;
  };
  struct Leaf {
    PointSet domain;
    std::vector<Element> path;
    std::vector<bool> isConcurrent;
    std::vector<const TreeNode*> loops;
  };
  void visit(const TreeNode& node, std::vector<Loop>& path);
  void addLeaf(const isl::set& instances, const std::vector<Loop>& path);

  const Scop* scop_;
  std::vector<std::string> parameters_;
  std::vector<std::vector<Leaf>> leaves_; ///< per statement
  std::map<std::pair<const TreeNode*, std::string>, std::shared_ptr<const PointFunction>> functions_;
};

/// Whether the instance at `a` surely ends before the one at `b` starts.
bool isBefore(const PlainSchedule::Place& a, const PlainSchedule::Place& b);

/// Whether the two never run on two threads at the same time: what separates them is a place, a sequential loop, or lanes.
bool isKeptApart(const PlainSchedule::Place& a, const PlainSchedule::Place& b);

/// A schedule at fixed parameter values.
class NewOrder {
public:
  NewOrder(std::shared_ptr<const PlainSchedule> schedule, const Execution& execution);
  NewOrder(const Schedule& schedule, const Execution& execution);

  /// Whether instance `a` surely ends before `b` starts.
  bool isBefore(std::size_t a, std::size_t b) const { return polyloom::isBefore(places_[a], places_[b]); }
  const PlainSchedule& schedule() const { return *schedule_; }
  const PlainSchedule::Place& placeOf(std::size_t instance) const { return places_[instance]; }
  /// The order in which one thread executes all instances, concurrent loops from their first value to their last.
  std::vector<std::size_t> sequential() const;

private:
  std::shared_ptr<const PlainSchedule> schedule_; ///< the places refer to it
  std::vector<PlainSchedule::Place> places_;
};

/// The first conflict that the schedule does not keep, or nothing. The two of one that `isRelaxed` may come in any order,
/// or be lanes of one group, but never on two threads at the same time.
const Conflict* firstViolated(const NewOrder& order, const Execution& execution,
                              const std::function<bool(const Conflict&)>& isRelaxed = {});

} // namespace polyloom
