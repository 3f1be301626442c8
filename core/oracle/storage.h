// Schedules with changed storage by brute force: memory cell by memory cell, in every stage.
#pragma once

#include "core/oracle/execution.h"
#include "core/schedule/schedule.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// Two instances of which it is said that a schedule with changed storage breaks what they have with each other.
struct StorageClaim {
  Instance source, sink;
  bool isLostValue = false; ///< the sink no longer finds what the source has written; else they are out of order
};

/// Asks about schedules of one program at fixed parameter values. Remembers what the stages of recent schedules do, so
/// that schedules that share them cost little. One thread.
class StorageOracle {
public:
  explicit StorageOracle(ScopPtr source);
  ~StorageOracle();

  /// What is wrong with a schedule; nothing where all is well.
  ///
  /// Runs every stage's program in the order that the stage begins with, on memory whose cells remember which
  /// instance's value they hold (copies hand it on). Each read has to find the instance that it finds in the source,
  /// and the arrays that are results have to end the same. Each stage's own order has to keep every pair that touches
  /// one cell; the last one's with parallel loops and lanes, but each thread has buffers of its own.
  std::optional<std::string> storageFault(const Schedule& schedule, const Values& parameters);

  /// Whether the schedule's present order, run on one thread, gives every read and every result the source's values.
  std::optional<std::string> valueFault(const Schedule& schedule, const Values& parameters);

  /// All instances, copies included, in the order in which one thread executes the schedule.
  std::vector<Instance> instancesInOrder(const Schedule& schedule, const Values& parameters);

  /// Why the claim is false; empty if it is true.
  std::string deniedBecause(const Schedule& schedule, const StorageClaim& claim, const Values& parameters);

private:
  class Stages;
  std::unique_ptr<Stages> stages_;
};

} // namespace polyloom
