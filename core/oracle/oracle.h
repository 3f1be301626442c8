// Whether a claim about a schedule's legality is true, by brute force. Knows nothing of how the claim was found.
#pragma once

#include "core/oracle/order.h"
#include "core/oracle/storage.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace polyloom {

/// Two instances that, it is said, have to stay in order and do not.
struct ClaimedPair {
  Instance source, sink;
  bool sourceWrites = false, sinkWrites = false; ///< else they read
  Cell cell;
  Values parameters;
};

/// What a verdict says.
struct Claim {
  bool isLegal = false;
  bool mayReassociate = false;     ///< reductions were allowed to change their order
  std::vector<ClaimedPair> pairs; ///< of an illegal one: one for each reason
};

/// A program with its instances and conflicts at all small parameter values. One thread.
class Oracle {
public:
  /// Parameters go up to `bound`, or less: no further size is taken once all executions together have
  /// `enoughConflicts`.
  Oracle(const ScopPtr& scop, int bound, std::size_t enoughConflicts = SIZE_MAX);

  const std::vector<Execution>& executions() const { return executions_; }
  /// For schedules with changed storage.
  StorageOracle& storage() const { return *storage_; }

  /// Why the claim is false, in words; empty where nothing speaks against it. A legal schedule keeps all conflicts at
  /// all small values. Of an illegal one every claimed pair exists, conflicts on its cell, and is out of order at its
  /// parameter values; and at values smaller than those of all pairs no conflict is out of order.
  std::string contradiction(const Schedule& schedule, const Claim& claim) const;

  /// Whether a schedule keeps all conflicts at the small values.
  bool keepsConflicts(const Schedule& schedule, bool mayReassociate = false) const;

private:
  /// Whether the two are updates of one cell by one reduction.
  bool isRelaxed(const Instance& a, const Instance& b, const Values& parameters) const;
  std::string refute(const PlainSchedule& order, const ClaimedPair& pair, bool mayReassociate) const;
  std::string firstViolation(const std::shared_ptr<const PlainSchedule>& order, std::int64_t limit,
                             bool mayReassociate) const;

  PlainProgram program_;
  std::vector<Execution> executions_;
  std::vector<bool> isReduction_; ///< per statement
  std::unique_ptr<StorageOracle> storage_;
};

} // namespace polyloom
